"""The terms of a query in a term × clause matrix of weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Term(NamedTuple):
    """The postings of one term of a query."""

    clauses: NDArray[np.int32]  # [postings] positions, ascending
    weights: NDArray[np.float32]  # [postings] above 0
    times: float  # how often the query holds it
    highest: float  # the most that it adds to a score: times × its largest weight

    def added(self) -> NDArray[np.float32]:
        """What each posting adds to a score, [postings]."""
        return self.weights if self.times == 1 else self.weights * np.float32(self.times)


class TermArrays(NamedTuple):
    """All terms of a query as compiled code takes them."""

    clauses: NDArray[np.int32]  # [postings of the matrix]
    weights: NDArray[np.float32]  # [postings of the matrix]
    starts: NDArray[np.int64]  # [terms]
    ends: NDArray[np.int64]  # [terms]
    times: NDArray[np.float32]  # [terms]
    highest: NDArray[np.float64]  # [terms]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """All terms of a query, in their order: where each lies in the matrix."""

    clauses: NDArray[np.int32]  # [postings of the matrix] positions, ascending within a term
    weights: NDArray[np.float32]  # [postings of the matrix]
    starts: Sequence[int]  # [terms] the first posting of each
    ends: Sequence[int]  # [terms] the one behind its last
    times: Sequence[float]  # [terms] how often the query holds it
    highest: Sequence[float]  # [terms] the most that it adds to a score: times × its largest weight

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def postings(self) -> int:
        """Of all terms together."""
        return sum(self.ends) - sum(self.starts)

    def lists(self) -> list[Term]:
        """Each with its postings."""
        return [
            Term(self.clauses[start:end], self.weights[start:end], times, highest)
            for start, end, times, highest in zip(self.starts, self.ends, self.times, self.highest, strict=True)
        ]

    def arrays(self) -> TermArrays:
        """The same in arrays."""
        return TermArrays(
            self.clauses,
            self.weights,
            np.array(self.starts, np.int64),
            np.array(self.ends, np.int64),
            np.array(self.times, np.float32),
            np.array(self.highest, np.float64),
        )
