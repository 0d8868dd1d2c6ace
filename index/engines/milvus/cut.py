"""Which clauses may be among the best: Milvus is asked for more until its rounding cannot have hidden a better one.

Milvus sums in single precision and in an order of its own, and leaves open which of several equal rows it lists. So
what it gives is cut where it is certain: a row that is not listed scores at most what the last one does, and a little.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.clause_table import Positions

MOST = 16_384  # rows that Milvus gives in one answer
_FIRST = 2  # rows asked for at first, for each clause that is wanted


class Span(NamedTuple):
    """Clauses from `first` up to, not including, `end`."""

    first: int
    end: int


class Listed(NamedTuple):
    """The clauses of the best rows, each once."""

    positions: Positions  # [clauses]
    rough: NDArray[np.float64]  # [clauses] the score of the best row of each, off by at most `error`
    bound: float  # what a clause that is not listed scores at most
    error: float
    is_all: bool  # whether no other row matches


# The best `depth` rows whose clauses lie in a span.
List = Callable[[int, Span], Listed]


def candidates(list_best: List, limit: int, span: Span, most: int = MOST) -> Positions:
    """Clauses of which the `limit` best in the span, and all that tie with the last of them, are some.

    Where more clauses tie than Milvus lists, the span is halved until they can be told apart.
    """
    depth = min(_FIRST * limit, most)
    while True:
        listed = list_best(depth, span)
        if listed.is_all or np.count_nonzero(listed.rough - listed.error > listed.bound) >= limit:
            return _near(listed, limit)
        if depth == most:
            break
        depth = min(2 * depth, most)
    if span.end - span.first < 2:  # one clause of more passages than Milvus lists
        return listed.positions
    middle = (span.first + span.end) // 2
    halves = (Span(span.first, middle), Span(middle, span.end))
    return np.concatenate([candidates(list_best, limit, half, most) for half in halves])


def _near(listed: Listed, limit: int) -> Positions:
    """Those that rounding may have kept from the first `limit` places."""
    if len(listed.positions) <= limit:
        return listed.positions
    last = np.partition(listed.rough, len(listed.rough) - limit)[len(listed.rough) - limit]
    near: Positions = listed.positions[listed.rough >= last - 2 * listed.error]
    return near
