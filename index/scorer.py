"""What a leg is to the fusion: positions of clauses with raw scores, and how high such a score can get."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.clause_table import ClauseTable, Positions
from index.query import Query
from index.retriever import Hit, LegScore, Retriever, Scope, Source

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """A leg's view of one query; clauses are positions in the `ClauseTable`, higher scores are better."""

    top: Positions  # [found] best first, in the total order
    values: Values  # [found] their scores
    upper_bound: float  # the highest score that any text could get; 0 where no word of the query is worth anything
    score_clauses: Callable[[Positions], Values]  # of any clauses; NaN for those that the leg does not cover
    source: Callable[[int], Source]  # of the score of one clause


# The `limit` best clauses inside a scope, in the total order, and a way to score any others.
Ranker = Callable[[int, Scope], Scores]


class Scorer(Protocol):
    """Scores clauses for a query so that scores can be compared across queries."""

    def open(self, query: Query) -> Ranker:
        """The query as this leg reads it. What does not depend on the scope is worked out once for all scopes."""


class Leg(Scorer, Retriever, Protocol):
    """A scorer that is a retriever of its own."""

    name: str


class LegScores(Mapping[str, LegScore]):
    """What each leg said of one clause, by the leg's name: those that list it near the top. Read on demand."""

    __slots__ = ("_legs", "_position")

    def __init__(self, legs: Mapping[str, Scores], position: int) -> None:
        self._legs = legs
        self._position = position

    def __getitem__(self, name: str) -> LegScore:
        scores = self._legs[name]
        (found,) = np.nonzero(scores.top == self._position)
        if not len(found):
            raise KeyError(name)
        rank = int(found[0])
        return LegScore(rank + 1, float(scores.values[rank]), partial(scores.source, self._position))

    def __iter__(self) -> Iterator[str]:
        return (name for name, scores in self._legs.items() if self._position in scores.top)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))


def as_hits(table: ClauseTable, name: str, scores: Scores) -> list[Hit]:
    """What the leg alone would answer."""
    legs = {name: scores}
    return [
        Hit(table.clauses[position], value, LegScores(legs, position))
        for position, value in zip(scores.top.tolist(), scores.values.tolist(), strict=True)
    ]
