"""What is said of a clause that does not apply where the reader is: whose practice it is, and no more than is true.

That the texts of the reader's place are silent is said only where neither those who wrote the events nor the search
know better: no clause that stands beside this one in a step of any event applies there, and of what is found there for
its matter nothing comes near it.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from assistant.messages import Messages
from assistant.service import Assistant
from corpus.clause import Clause
from corpus.places.gazetteer import lies_within, load_gazetteer
from ui.document.narrowing import applies_in

_KEPT = 4096  # pairs of clause and place; each takes as long as an answer
_JUDGED = 6  # hits that are looked at


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
        return bool(self._of_place(place))

    def label(self, clause: Clause, place: str, words: Messages) -> str:
        """What is said of a clause to a reader in this place; empty where it applies there."""
        if applies_in(clause, place):
            return ""
        others = words.places(clause.jurisdiction)
        above = any(lies_within(one, place) for one in clause.jurisdiction)  # the province's reader, a city's practice
        if above or not self._is_silent(clause.id, place):
            return words("event.practice", others=others)
        same = any(one.document_id == clause.document_id for one in self._of_place(place))
        key = "event.silent_here" if same else "event.silent"
        return words(key, others=others, place=words.place(place))

    def _of_place(self, place: str) -> Sequence[Clause]:
        return [one for one in self._assistant.corpus.browsable.clauses if one.jurisdiction and applies_in(one, place)]

    def _look(self, clause_id: str, place: str) -> bool:
        corpus = self._assistant.corpus
        if any(applies_in(corpus.clause(id_), place) for id_ in self._beside.get(clause_id, ())):
            return False
        record = corpus.plain.get(clause_id)
        matter = record.name if record else corpus.clause(clause_id).title
        result = self._assistant.look_up(matter, jurisdiction=[place]).result
        near = self._assistant.thresholds.off_topic
        return not any(
            applies_in(hit.clause, place) and self._assistant.judge.confidence(result, hit) >= near
            for hit in result.hits[:_JUDGED]
        )

    @cached_property
    def _beside(self) -> Mapping[str, frozenset[str]]:
        """By the id of a clause, those of the clauses that share a step with it."""
        found: dict[str, frozenset[str]] = {}
        for event in self._assistant.services.events:
            for step in event.steps:
                for id_ in step.clauses:
                    found[id_] = found.get(id_, frozenset()).union(step.clauses)
        return found
