"""How sure a result answers its question."""

from collections.abc import Container

from assistant.confidence.calibration import Calibration
from assistant.confidence.model import load_model
from assistant.confidence.signals import EVERY, Signals, signals
from assistant.retrieval.owed import means_other_debt
from assistant.retrieval.result import RetrievalResult
from assistant.retrieval.rows import names_another_row
from assistant.retrieval.scope_article import only_says_where
from index.index import Index
from index.retriever import Hit

# Ways of asking that every clause has at least of those on which the model with records was fitted; one that somebody
# begins to write has fewer.
FULLY_ASKED = 17


class Judge:
    """Judges results over one index. Safe from several threads."""

    def __init__(self, index: Index, calibration: Calibration | None = None) -> None:
        self._index = index
        self._model = load_model()
        self._calibration = calibration or Calibration()

    def signals(self, found: RetrievalResult, hit: Hit | None = None, *, counted: Container[str] = EVERY) -> Signals:
        """The evidence for one hit, the first unless another is given; see `signals` for what is `counted`."""
        return signals(found, hit or found.hits[0], self._index, self._model.wording, counted=counted)

    def confidence(self, found: RetrievalResult, hit: Hit | None = None) -> float:
        """Probability that the first hit, or the given one, answers, 0..1.

        1 for a clause asked for by its number; 0 where it names another row of a table than the one found, or is owed
        what the clause is not about.
        """
        if found.place_not_covered or not found.hits:
            return 0.0
        if found.reading.references.ids:
            return 1.0
        judged = hit or found.hits[0]
        if means_other_debt(found.reading.normal, judged.clause) or only_says_where(found, judged.clause):
            return 0.0
        # what was said before names a row too
        if names_another_row(found.reading.in_context or found.query, judged.clause, self._index):
            return 0.0
        records = self._index.has_records(judged.clause)
        few = records and self._index.ways_of_asking(judged.clause) < FULLY_ASKED
        evidence = self.signals(found, judged, counted=self._model.counted(records=records, few=few))
        return self._calibration(self._model.probability(evidence.named(), records=records, few=few))
