"""MaxScore in machine code, by numba: the best clauses for many terms, and the scores of any.

As `maxscore` does it with arrays. There a query of forty terms is some hundred small calls, which take longer than the
work itself. Only `maxscore` imports this, where numba is there.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from index.engines.terms import Pace, TermArrays

_LEAST = np.float32(1e-30)  # of a sum of any weights
_STRIDE = 512  # sums that are compared at once

Compiled = TypeVar("Compiled", bound=Callable[..., object])


def _jit(function: Compiled) -> Compiled:
    """Compiled when first called; kept on disk where there is a place for it, for the next process."""
    try:
        compiled = numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:  # numba finds no folder that it may write to
        compiled = numba.njit(nogil=True)(function)
    return cast("Compiled", compiled)


@_jit
def _reach(clauses: NDArray[np.int32], at: int, end: int, wanted: int) -> int:
    """The first posting from `at` on whose clause is not before the wanted one: by steps that double, then halve."""
    low, step = at, 1
    while at < end and clauses[at] < wanted:
        low = at + 1
        at += step
        step *= 2
    high = min(at, end)
    while low < high:
        middle = (low + high) >> 1
        if clauses[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@_jit
def exact_scores(terms: TermArrays, positions: NDArray[np.int64]) -> NDArray[np.float64]:
    """As `maxscore.exact_scores`; fastest where positions ascend."""
    return _scores(terms, np.arange(len(terms.starts)), positions)


@_jit
def _scores(terms: TermArrays, some: NDArray[np.int64], positions: NDArray[np.int64]) -> NDArray[np.float64]:
    """What some of the terms add, in this order."""
    scores = np.zeros(len(positions), np.float64)
    for term in some:
        at, end, before = terms.starts[term], terms.ends[term], 0
        for place, clause in enumerate(positions):
            if clause < before:
                at = terms.starts[term]
            before = clause
            at = _reach(terms.clauses, at, end, clause)
            if at < end and terms.clauses[at] == clause:
                scores[place] += np.float32(terms.weights[at] * terms.times[term])
    return scores


@_jit
def _add(terms: TermArrays, term: int, sums: NDArray[np.float32], marks: NDArray[np.bool_]) -> None:
    """Add all of a term to the sums, [clauses]; where there are marks, [clauses], only to what is marked."""
    times = terms.times[term]
    for posting in range(terms.starts[term], terms.ends[term]):
        clause = terms.clauses[posting]
        if not len(marks) or marks[clause]:
            sums[clause] += terms.weights[posting] * times


@_jit
def _look_up(terms: TermArrays, term: int, some: NDArray[np.int64], sums: NDArray[np.float32]) -> None:
    """The same for some clauses alone, ascending."""
    at, end, times = terms.starts[term], terms.ends[term], terms.times[term]
    for clause in some:
        at = _reach(terms.clauses, at, end, clause)
        if at < end and terms.clauses[at] == clause:
            sums[clause] += terms.weights[at] * times


@_jit
def _number_reaching(sums: NDArray[np.float32], least: np.float32) -> int:
    """How many sums are not below the least; some at once, in a few processor instructions."""
    number = 0
    for place in range(len(sums)):
        number += sums[place] >= least
    return number


@_jit
def _reaching(sums: NDArray[np.float32], least: np.float32) -> NDArray[np.int64]:
    """The clauses whose sum is not below the least."""
    found, amount = np.empty(_number_reaching(sums, least), np.int64), 0
    for first in range(0, len(sums), _STRIDE):
        stretch = sums[first : first + _STRIDE]
        if _number_reaching(stretch, least):
            for place in range(len(stretch)):
                if stretch[place] >= least:
                    found[amount] = first + place
                    amount += 1
    return found


@_jit
def _highest_but(values: NDArray[np.floating], limit: int) -> float:
    """The limit-th highest of at least so many."""
    highest: float = np.partition(values, len(values) - limit)[len(values) - limit]
    return highest


@_jit
def best_clauses(
    terms: TermArrays, limit: int, sums: NDArray[np.float32], marks: NDArray[np.bool_], pace: Pace
) -> NDArray[np.int64]:
    """As `maxscore.best_clauses`, int64 [found]; no marks, [0], for every clause. `sums`, [clauses], are 0 before."""
    lengths = terms.ends - terms.starts
    order = np.argsort(lengths / terms.highest)  # what says much in few postings comes first
    bound = highest = terms.highest.sum()  # what the terms that are left can add
    threshold = 0.0  # a score that at least `limit` clauses reach
    ahead = _LEAST  # a sum that at least `limit` clauses have; or all that hold a term
    added, postings, due = 0, 0, pace.first
    while added < len(order):
        term = order[added]
        needed = np.float32(threshold * pace.rounding - bound)  # the sum without which no clause can be among the best
        if needed > 0 and lengths[term] > pace.looked_up * _number_reaching(sums, needed):
            break
        _add(terms, term, sums, marks)
        added += 1
        bound = max(bound - terms.highest[term], 0.0)
        postings += lengths[term]
        if postings >= due and bound < pace.likely * highest:
            due = pace.again * postings
            found = _reaching(sums, ahead)
            if len(found) < limit:
                continue
            ahead = np.float32(_highest_but(sums[found], limit))
            found = found[sums[found] >= ahead]
            scores = sums[found] + _scores(terms, order[added:], found)
            threshold = max(threshold, _highest_but(scores, limit))
    chosen = _reaching(sums, max(np.float32(threshold * pace.rounding - bound), _LEAST))
    for term in order[added:]:
        _look_up(terms, term, chosen, sums)
        bound = max(bound - terms.highest[term], 0.0)
        if limit < len(chosen):
            threshold = max(threshold, _highest_but(sums[chosen], limit))
            chosen = chosen[sums[chosen] >= threshold * pace.rounding - bound]
    return chosen
