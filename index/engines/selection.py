"""Choosing candidates from a score array; the final order is always `retriever.ranked`."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from index.retriever import Scope


def top_positions(scores: NDArray[Any], limit: int) -> NDArray[np.intp]:
    """Positions of the `limit` highest positive scores and of everything tied with the last one, in no order."""
    if limit < 1 or not scores.size:
        return np.zeros(0, dtype=np.intp)
    # Where half the best score is beaten often enough, the rest need not be looked at.
    found = np.flatnonzero(scores > max(scores.max() / 2, 0))
    if len(found) < limit:
        found = np.flatnonzero(scores > 0)
    if len(found) <= limit:
        return found
    chosen = scores[found]
    last = np.partition(chosen, len(chosen) - limit)[len(chosen) - limit]
    return np.asarray(found[chosen >= last])


def admitted_positions(clauses: Sequence[Clause], scope: Scope) -> NDArray[np.bool_]:
    """Which clauses lie inside the scope, [clauses]."""
    return np.fromiter((scope.admits(clause) for clause in clauses), bool, len(clauses))
