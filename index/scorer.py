"""What a leg is to the fusion: clauses with raw scores, and how high such a score can get."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from corpus.clause import Clause
from index.retriever import EVERYTHING, Hit, LegScore, Retriever, Scope


class Scored(NamedTuple):
    """One clause as a leg scored it; higher is better."""

    score: float
    clause: Clause
    part_id: str | None = None  # the part that scored best, where the leg looks at parts
    field: str | None = None  # which of the clause's texts scored best


class Scores(NamedTuple):
    """A leg's view of one query."""

    found: list[Scored]  # best first, in the total order
    ceiling: float  # the highest score any text could get; 0 where no word of the query is worth anything
    of: Callable[[Sequence[Clause]], list[Scored]]  # of any clauses, less those that the leg does not cover


class Scorer(Protocol):
    """Scores clauses for a query so that scores can be compared across queries."""

    def score(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> Scores: ...


class Leg(Scorer, Retriever, Protocol):
    """A scorer that is a retriever of its own."""

    name: str


def as_hits(name: str, scores: Scores) -> list[Hit]:
    """What the leg alone would answer."""
    return [
        Hit(one.clause, one.score, {name: LegScore(rank, one.score, one.part_id, one.field)})
        for rank, one in enumerate(scores.found, 1)
    ]
