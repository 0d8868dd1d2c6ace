"""MaxScore in machine code, by numba: the best clauses for many terms, and the scores of any.

Clauses are gone through in windows whose sums stay in the processor's cache. In each, terms are added up from those
that say much in few postings, until fewer clauses are ahead than it takes to look them up in the lists that are left.
What a clause has to reach is known from few postings at first, then from the best of the windows before. Only
`maxscore` imports this, where numba is there.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from index.engines.terms import TermArrays

_WINDOW = 1 << 15  # clauses: their sums take 128 kilobytes
_FIRST = 1 << 14  # postings that the first threshold comes from
_LOOKED_UP = 16  # postings that are added up while one clause is looked up
_COUNTED = 1 << 12  # postings that are added up while the clauses that are ahead are counted
_ROUNDING = 1 - 1e-4  # sums are kept in float32 here, so that a bound has to allow for as much
_STRETCH = 128  # sums
_LEAST = np.float32(1e-30)  # of a sum of any weights

Compiled = TypeVar("Compiled", bound=Callable[..., object])
Value = TypeVar("Value", np.int64, np.float64)


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
    while at < end and clauses[np.uint64(at)] < wanted:
        low = at + 1
        at += step
        step *= 2
    high = min(at, end)
    while low < high:
        middle = (low + high) >> 1
        if clauses[np.uint64(middle)] < wanted:
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
def _replace_lowest(heap: NDArray[np.float64], value: float) -> None:
    """In a heap, whose first is the lowest."""
    at, child = 0, 1
    while child < len(heap):
        if child + 1 < len(heap) and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= value:
            break
        heap[at] = heap[child]
        at, child = child, 2 * child + 1
    heap[at] = value


@_jit
def _first_threshold(
    terms: TermArrays, order: NDArray[np.int64], limit: int, sums: NDArray[np.float32], marks: NDArray[np.bool_]
) -> float:
    """What `limit` clauses reach: those that are ahead by the first of the terms; 0 where there are not so many.

    `sums`, [clauses], are 0 before and after.
    """
    held, amount = np.empty(_FIRST, np.int64), 0
    postings = 0
    for term in order:
        postings += terms.ends[term] - terms.starts[term]
        if postings > _FIRST:
            break
        for posting in range(terms.starts[term], terms.ends[term]):
            clause = np.uint32(terms.clauses[posting])
            if not len(marks) or marks[clause]:
                held[amount] = clause
                amount += sums[clause] == 0.0
                sums[clause] += terms.weights[posting] * terms.times[term]
    clauses = held[:amount]
    values = sums[clauses]
    sums[clauses] = 0.0
    if amount < limit:
        return 0.0
    ahead = np.sort(clauses[values >= np.partition(values, amount - limit)[amount - limit]])
    scores = exact_scores(terms, ahead)
    least: float = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    return least


class _Window(NamedTuple):
    """Some neighbouring clauses."""

    first: int
    sums: NDArray[np.float32]  # [window]
    marks: NDArray[np.bool_]  # [clauses], of all; or [0]


@_jit
def _add(terms: TermArrays, term: int, at: int, window: _Window) -> int:
    """Add up what a term has in a window from the posting `at` on; where there are marks, only for what is marked.

    Returns the posting behind.
    """
    sums, marks, first = window.sums, window.marks, np.int32(window.first)
    stop = _reach(terms.clauses, at, terms.ends[term], window.first + len(sums))
    clauses, weights, times = terms.clauses[at:stop], terms.weights[at:stop], terms.times[term]
    if len(marks):
        for posting, clause in enumerate(clauses):
            if marks[np.uint32(clause)]:
                sums[np.uint32(clause - first)] += weights[posting] * times
    else:
        for posting, clause in enumerate(clauses):
            sums[np.uint32(clause - first)] += weights[posting] * times
    return stop


@_jit
def _look_up(terms: TermArrays, term: int, at: int, window: _Window, some: NDArray[np.int64]) -> int:
    """The same for some places of the window alone, ascending."""
    times, end = terms.times[term], terms.ends[term]
    for place in some:
        at = _reach(terms.clauses, at, end, window.first + place)
        if at < end and terms.clauses[at] == window.first + place:
            window.sums[place] += terms.weights[at] * times
    return at


@_jit
def _number_reaching(sums: NDArray[np.float32], least: np.float32) -> np.int32:
    """How many sums are not below the least."""
    number = np.int32(0)  # as wide as a sum, so that a processor compares many at once
    for place in range(len(sums)):
        number += np.int32(sums[place] >= least)
    return number


@_jit
def _reaching(sums: NDArray[np.float32], least: np.float32) -> NDArray[np.int64]:
    """Where they are not, ascending; stretches without any are passed over at once."""
    found, amount = np.empty(_number_reaching(sums, least), np.int64), 0
    for first in range(0, len(sums), _STRETCH):
        stretch = sums[first : first + _STRETCH]
        if _number_reaching(stretch, least):
            for place, value in enumerate(stretch):
                if value >= least:
                    found[amount] = first + place
                    amount += 1
    return found


@_jit
def best_clauses(
    terms: TermArrays, limit: int, spare: NDArray[np.float32], marks: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """As `maxscore.best_clauses`, int64 [found]; no marks, [0], for every clause. `spare`, [clauses], is 0."""
    size, lengths = len(spare), terms.ends - terms.starts
    order = np.argsort(lengths / terms.highest)  # what says much in few postings comes first
    threshold = _first_threshold(terms, order, limit, spare, marks)  # a score that `limit` clauses reach
    at = terms.starts.copy()  # the posting of each term from which the next window is looked for
    heap = np.zeros(limit, np.float64)  # the best scores up to now
    found, scores, amount = np.empty(4 * limit, np.int64), np.empty(4 * limit, np.float64), 0
    whole = np.zeros(_WINDOW, np.float32)
    for first in range(0, size, _WINDOW):
        sums = whole[: min(_WINDOW, size - first)]
        window = _Window(first, sums, marks)
        bound = terms.highest.sum()  # what the terms that are left can add
        added = 0
        while added < len(order):
            term = order[added]
            needed = np.float32(threshold * _ROUNDING - bound)  # the sum without which no clause can be among the best
            here = lengths[term] * len(sums) / size  # of its postings, about
            if needed > 0 and here > _COUNTED and here > _LOOKED_UP * _number_reaching(sums, needed):
                break
            start = _reach(terms.clauses, at[term], terms.ends[term], first)
            at[term] = _add(terms, term, start, window)
            bound = max(bound - terms.highest[term], 0.0)
            added += 1
        chosen = _reaching(sums, max(np.float32(threshold * _ROUNDING - bound), _LEAST))
        for term in order[added:]:
            if not len(chosen):
                break
            at[term] = _look_up(terms, term, at[term], window, chosen)
            bound = max(bound - terms.highest[term], 0.0)
            chosen = chosen[sums[chosen] >= threshold * _ROUNDING - bound]
        for place in chosen:
            if amount == len(found):  # forget what is overtaken; where that is little, make room
                kept = np.flatnonzero(scores >= threshold * _ROUNDING)
                room = max(len(found), 2 * len(kept))
                found, scores, amount = _moved(found, kept, room), _moved(scores, kept, room), len(kept)
            found[amount], scores[amount] = first + place, sums[place]
            amount += 1
            if sums[place] > heap[0]:
                _replace_lowest(heap, sums[place])
                threshold = max(threshold, heap[0])
        sums[:] = 0.0
    return found[:amount][scores[:amount] >= threshold * _ROUNDING]


@_jit
def _moved(values: NDArray[Value], kept: NDArray[np.int64], room: int) -> NDArray[Value]:
    """Some of the values at the front of a longer array."""
    moved = np.empty(room, values.dtype)
    moved[: len(kept)] = values[kept]
    return moved
