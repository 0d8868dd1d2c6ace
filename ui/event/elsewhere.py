"""What is said of a clause that does not apply where the reader is: whose practice it is, and no more than is true.

That the texts of the reader's place are silent is said only where they are: no clause of the same step applies there,
and a search for the matter in that place finds nothing that answers, as the comparison of places judges it.
"""

from collections.abc import Sequence
from functools import lru_cache

from assistant.composition.answer_blocks import name_of
from assistant.messages import Messages, messages
from assistant.service import Assistant
from corpus.clause import Clause
from corpus.places.gazetteer import lies_within, load_gazetteer
from ui.compare.columns import compare
from ui.document.narrowing import applies_in

_KEPT = 4096  # pairs of clause and place; each takes as long as an answer


class Elsewhere:
    """The words for clauses of other places. Holds the assistant of one edition. Safe from several threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._is_silent = lru_cache(_KEPT)(self._look)

    def place(self, name: str) -> str:
        """The place of this name as the documents call it; empty for a name of none, or of several."""
        found = load_gazetteer().named(name) if name else ()
        return found[0].name if len(found) == 1 else ""

    def is_held(self, place: str) -> bool:
        """Whether some clause says that it applies there."""
        return any(clause.jurisdiction and applies_in(clause, place) for clause in self._assistant.corpus.clauses)

    def label(self, clause: Clause, step: Sequence[Clause], place: str, words: Messages) -> str:
        """What is said of a clause of this step to a reader in this place; empty where it applies there."""
        if applies_in(clause, place):
            return ""
        others = words.places(clause.jurisdiction)
        if any(lies_within(one, place) for one in clause.jurisdiction):  # the province's reader, a city's practice
            return words("event.practice", others=others)
        if any(applies_in(one, place) for one in step) or not self._is_silent(clause.id, place):
            return words("event.practice", others=others)
        same = any(one.document_id == clause.document_id for one in self._of_place(place))
        return words(f"event.silent{'_here' if same else ''}", others=others, place=words.place(place))

    def _of_place(self, place: str) -> Sequence[Clause]:
        return [one for one in self._assistant.corpus.clauses if one.jurisdiction and applies_in(one, place)]

    def _look(self, clause_id: str, place: str) -> bool:
        corpus, words = self._assistant.corpus, messages("zh")
        record = corpus.plain.get(clause_id)
        matter = name_of(record, words) if record else corpus.clause(clause_id).title
        return not compare(matter, (place,), self._assistant, words).columns
