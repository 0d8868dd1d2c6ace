"""Which text of one list has become which of another: the best pairing as a whole, by nearness and by number.

Equal texts are paired first, which is linear; of a new version of a text that is nearly all. Of the rest, each is
compared with each by the character pairs that they share, weighted by rarity. That grows with the product of the two
lists: for 2,000 by 2,000 texts that have nothing in common but their manner it takes some seconds, and the memory of
one block of rows.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

# Cosine from which two texts are versions of one another; at the same number less will do. Of the 46 such pairs in
# seven invented replacing texts (eval/validity, eval/probes) the lowest have .27, and .20 at the same number; of the
# pairs that are none the highest .25 and .11. Different clauses of one shipped text have at most .19.
_NEAR, _SAME_NUMBER = 0.26, 0.08
_IN_ORDER = 1e-6  # what decides between equals: what keeps the order
_BLOCK = 256  # rows compared at once
_MOST_AT_ONCE = 4_000_000  # pairs among which the best pairing as a whole is looked for; beyond, the nearest come first

Pairs = dict[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its number, as they are compared."""

    number: Hashable
    words: str  # folded, without blanks


def align(old: Sequence[Text], new: Sequence[Text]) -> Pairs:
    """Positions in `old` with their positions in `new`; each position at most once."""
    pairs = _equal(old, new)
    taken = set(pairs.values())
    left = [i for i in range(len(old)) if i not in pairs]
    free = [j for j in range(len(new)) if j not in taken]
    if left and free:
        found = _nearest([old[i] for i in left], [new[j] for j in free])
        pairs |= {left[i]: free[j] for i, j in found.items()}
    return pairs


def _equal(old: Sequence[Text], new: Sequence[Text]) -> Pairs:
    """Equal texts: those of the same number first, the others in their order."""
    at = {(text.number, text.words): j for j, text in enumerate(new)}
    pairs = {i: at[text.number, text.words] for i, text in enumerate(old) if (text.number, text.words) in at}
    taken = set(pairs.values())
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for j, text in enumerate(new):
        if j not in taken:
            waiting[text.words].append(j)
    for i, text in enumerate(old):
        if i not in pairs and waiting.get(text.words):
            pairs[i] = waiting[text.words].popleft()
    return pairs


def _nearest(old: Sequence[Text], new: Sequence[Text]) -> Pairs:
    rows, columns, scores = _candidates(old, new)
    if not len(rows):
        return {}
    graph = coo_array((np.ones(len(rows)), (rows, columns + len(old))), shape=(len(old) + len(new),) * 2)
    _, group = connected_components(graph.tocsr(), directed=False)
    order = np.argsort(group[rows], kind="stable")
    bounds = np.flatnonzero(np.diff(group[rows][order])) + 1
    pairs: Pairs = {}
    for members in np.split(order, bounds):
        pairs |= _best(rows[members], columns[members], scores[members])
    return pairs


def _candidates(
    old: Sequence[Text], new: Sequence[Text]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The pairs that may be versions of one another, with what speaks for them."""
    first, second = _vectors(old, new)
    number = {text.number: j for j, text in enumerate(new)}
    same = np.array([number.get(text.number, -1) for text in old])
    rows, columns, scores = list(), list(), list()  # noqa: C408
    for start in range(0, len(old), _BLOCK):
        block = (first[start : start + _BLOCK] @ second.T).tocoo()
        row, column, score = block.row + start, block.col, block.data
        score = score + _SAME_NUMBER * (same[row] == column) - _IN_ORDER * np.abs(row - column)
        near = score >= _NEAR
        rows.append(row[near])
        columns.append(column[near])
        scores.append(score[near])
    return np.concatenate(rows).astype(np.int64), np.concatenate(columns).astype(np.int64), np.concatenate(scores)


def _vectors(old: Sequence[Text], new: Sequence[Text]) -> tuple[csr_array, csr_array]:
    """Unit vectors over the character pairs of the texts, ends included: damped counts by rarity."""
    grams: dict[str, int] = {}
    data, indices, ends = list[float](), list[int](), [0]
    for text in (*old, *new):
        framed = f"\n{text.words}\n"
        counts: dict[int, int] = defaultdict(int)
        for at in range(len(framed) - 1):
            counts[grams.setdefault(framed[at : at + 2], len(grams))] += 1
        indices += counts
        data += counts.values()
        ends.append(len(indices))
    table = csr_array((np.sqrt(data), indices, ends), shape=(len(old) + len(new), len(grams)))
    table.data *= np.log(1 + table.shape[0] / np.bincount(table.indices, minlength=len(grams)))[table.indices]
    lengths = np.sqrt(np.add.reduceat(table.data**2, table.indptr[:-1]))
    table.data /= np.repeat(lengths, np.diff(table.indptr))
    return table[: len(old)], table[len(old) :]


def _best(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], scores: npt.NDArray[np.float64]) -> Pairs:
    """The pairing of highest sum among candidates that hang together; of very many, the nearest first."""
    first, row = np.unique(rows, return_inverse=True)
    second, column = np.unique(columns, return_inverse=True)
    if len(first) * len(second) > _MOST_AT_ONCE:
        return _nearest_first(rows, columns, scores)
    table = np.zeros((len(first), len(second)))
    table[row, column] = scores
    chosen = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return {int(first[i]): int(second[j]) for i, j in chosen if table[i, j] > 0}


def _nearest_first(
    rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], scores: npt.NDArray[np.float64]
) -> Pairs:
    pairs: Pairs = {}
    taken: set[int] = set()
    for at in np.argsort(-scores, kind="stable"):
        i, j = int(rows[at]), int(columns[at])
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs
