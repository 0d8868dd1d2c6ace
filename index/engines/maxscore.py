"""The best clauses for many terms without adding up every posting: MaxScore, term by term.

A term can add no more than its largest weight. Terms are added up from those that say much in few postings; as soon
as all others together could not lift a clause that has none of the first into the best, only clauses that are ahead
are looked up in the long lists of the others. Turtle & Flood, "Query Evaluation: Strategies and Optimizations"
(Information Processing & Management, 1995). What is found is exact.

Where numba is installed, `compiled` does the same by machine code, two to three times as fast; what is found is equal.
"""

from collections.abc import Sequence
from functools import cache
from threading import local
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from index.clause_table import Positions
from index.engines.terms import Term, Terms

_FIRST = 4096  # postings after which a threshold is looked for; then whenever they are four times as many
_LIKELY = 0.6  # of the highest score that a clause could have: the limit-th best is hardly ever above
_LOOKED_UP = 25  # postings that are added up while one clause is looked up
_ROUNDING = 1 - 1e-4  # sums are kept in float32 here, so that a bound has to allow for as much


class _Sums(local):
    """One array a thread, zero whenever nobody uses it: a new one of a million would be paid for page by page."""

    def __init__(self) -> None:
        self._kept = np.zeros(0, np.float32)

    def of(self, size: int) -> NDArray[np.float32]:
        """Zeros, [size]; whoever takes them fills them with zeros again."""
        if len(self._kept) < size:
            self._kept = np.zeros(size, np.float32)
        return self._kept[:size]


_sums = _Sums()


@cache
def compiled() -> ModuleType | None:
    """The compiled functions; None where numba is not installed. Loading takes half a second and 120 megabytes."""
    try:
        from index.engines import compiled as found  # noqa: PLC0415
    except ImportError:
        return None
    return found


def warm_up(terms: Terms) -> None:
    """Compile for arrays like these, which takes ten seconds once and half a second from then on."""
    if compiled():
        exact_scores(terms, best_clauses(terms, 1, int(terms.clauses[: max(terms.ends)].max()) + 1, None))


def exact_scores(terms: Terms, positions: Positions) -> NDArray[np.float64]:
    """The sum of what the terms add, in their order, float64 [positions].

    Equal to the last bit to what `np.bincount` makes of all their postings.
    """
    if kernels := compiled():
        scores: NDArray[np.float64] = kernels.exact_scores(terms.arrays(), positions.astype(np.int64))
        return scores
    return _sums_of(terms.lists(), positions)


def best_clauses(terms: Terms, limit: int, size: int, marks: NDArray[np.bool_] | None) -> Positions:
    """Positions that hold the `limit` best of `size` clauses and all that tie with the last, ascending.

    All clauses that hold a term where there are fewer. With marks, only clauses that are marked, bool [size]. Weights
    are above 0.
    """
    sums = _sums.of(size)
    if kernels := compiled():
        inside = np.ones(0, np.bool_) if marks is None else marks
        found: Positions = kernels.best_clauses(terms.arrays(), limit, sums, inside)
        return found
    try:
        return _Search(terms.lists(), limit, sums, marks).best().astype(np.intp)
    finally:
        sums.fill(0)


class _Search:
    """One search; each step takes over where the one before it ends."""

    def __init__(
        self, terms: Sequence[Term], limit: int, sums: NDArray[np.float32], marks: NDArray[np.bool_] | None
    ) -> None:
        self._left = sorted(terms, key=lambda term: term.highest / max(len(term.clauses), 1))  # the next one is last
        self._bound = self._highest = sum(term.highest for term in terms)  # of what the terms that are left can add
        self._limit = limit
        self._sums = sums
        self._marks = marks
        self._threshold = 0.0  # a score that at least `limit` clauses reach
        self._ahead = 0.0  # a sum that at least `limit` clauses have already; 0 for not known

    def best(self) -> NDArray[np.int32]:
        """The positions."""
        self._add_until_the_others_are_known()
        needed = self._needed()
        chosen = np.flatnonzero(self._sums >= needed if needed > 0 else self._sums > 0).astype(np.int32)
        return self._look_up(self._add_while_cheaper(chosen))

    def _needed(self) -> np.float32:
        """The sum without which no clause can be among the best."""
        return np.float32(self._threshold * _ROUNDING - max(self._bound, 0.0))

    def _add(self, term: Term) -> int:
        """Add a term up; returns how many postings it had inside."""
        clauses, weights = term.clauses, term.weights
        if self._marks is not None:
            inside = np.flatnonzero(self._marks.take(clauses))
            clauses, weights = clauses.take(inside), weights.take(inside)
        np.add.at(self._sums, clauses, weights if term.times == 1 else weights * np.float32(term.times))
        self._bound -= term.highest
        return len(clauses)

    def _add_until_the_others_are_known(self) -> None:
        """Until no clause beside those that have a sum can be among the best."""
        postings, due = 0, _FIRST
        while self._left and self._bound >= self._threshold * _ROUNDING:
            postings += self._add(self._left.pop())
            if postings >= due and self._bound < _LIKELY * self._highest:
                self._raise_threshold()
                due = 4 * postings

    def _raise_threshold(self) -> None:
        """Of the clauses that are ahead, what the last one has when the terms that are left are added."""
        found = np.flatnonzero(self._sums >= self._ahead if self._ahead else self._sums > 0)
        sums, limit = self._sums.take(found), self._limit
        if len(found) < limit:
            return
        chosen = np.argpartition(sums, len(sums) - limit)[len(sums) - limit :]
        self._ahead = float(sums[chosen[0]])
        scores = _sums_of(self._left, np.sort(found[chosen]))
        self._threshold = max(self._threshold, float((scores + self._sums[np.sort(found[chosen])]).min()))

    def _add_while_cheaper(self, chosen: NDArray[np.int32]) -> NDArray[np.int32]:
        """Those of the chosen clauses that can be among the best when some more terms are added for all clauses."""
        while self._left and len(self._left[-1].clauses) < _LOOKED_UP * len(chosen):
            self._add(self._left.pop())
            sums = self._sums.take(chosen)
            if len(sums) > self._limit:
                last = float(np.partition(sums, len(sums) - self._limit)[len(sums) - self._limit])
                self._threshold = max(self._threshold, last)
            chosen = chosen[sums >= self._needed()]
        return chosen

    def _look_up(self, chosen: NDArray[np.int32]) -> NDArray[np.int32]:
        """Those of the chosen clauses that can be among the best when the terms that are left are looked up."""
        scores, limit = self._sums.take(chosen).astype(np.float64), self._limit
        for term in sorted(self._left, key=lambda term: -term.highest):
            scores += _added(term, chosen)
            self._bound -= term.highest
            if len(scores) > 2 * limit:
                last = float(np.partition(scores, len(scores) - limit)[len(scores) - limit])
                self._threshold = max(self._threshold, last)
                kept = scores >= self._needed()
                chosen, scores = chosen[kept], scores[kept]
        return chosen


def _sums_of(terms: Sequence[Term], some: NDArray[np.integer]) -> NDArray[np.float64]:
    """What the terms add to each of some clauses, [some]."""
    scores, wanted = np.zeros(len(some)), some.astype(np.int32)
    for term in terms:
        scores += _added(term, wanted)
    return scores


def _added(term: Term, some: NDArray[np.int32]) -> NDArray[np.float32]:
    """What the term adds to each of some clauses, [some]; 0 where they do not hold it."""
    if not len(term.clauses):
        return np.zeros(len(some), np.float32)
    at = term.clauses.searchsorted(some)
    found = term.clauses.take(at, mode="clip") == some
    weights = term.weights.take(at, mode="clip") * found
    added: NDArray[np.float32] = weights if term.times == 1 else weights * np.float32(term.times)
    return added
