"""Development figures of the dense leg alone: they are logged beside the loss and never steer a weight.

What can be found, a document or a clause, is scored by its best passage.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from index.encoder.encoder import unit_rows
from index.encoder.training.dataset import TokenBags
from index.encoder.training.devsets import DevSet

_CHUNK = 256  # questions scored at once


def totals(bags: TokenBags, table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sums of piece vectors, [texts, dimension]."""
    shape = (len(bags), len(table))
    counts = csr_matrix((np.ones(len(bags.ids), dtype=np.float32), bags.ids, bags.offsets), shape=shape)
    vectors: NDArray[np.float32] = counts @ table
    return vectors


def embed(bags: TokenBags, table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit vectors [texts, dimension] of token ids; a text without pieces is zero."""
    return unit_rows(totals(bags, table))


def ranking(dev: DevSet, table: NDArray[np.float32], depth: int = 100) -> list[list[int]]:
    """For each question the best of what it may find, by the best of their passages, ties by row."""
    queries, passages = embed(dev.queries, table), embed(dev.passages, table)
    found = int(dev.owners.max()) + 1
    ranked = []
    for start in range(0, len(queries), _CHUNK):
        for number, row in enumerate(queries[start : start + _CHUNK] @ passages.T, start):
            best = np.full(found, -np.inf, dtype=np.float32)
            np.maximum.at(best, dev.owners, row)
            if dev.scopes is not None:
                best[dev.owner_scopes != dev.scopes[number]] = -np.inf
            ranked.append(np.argsort(-best, kind="stable")[:depth].tolist())
    return ranked


def figures(dev: DevSet, table: NDArray[np.float32]) -> dict[str, float]:
    """`success@k`: share of questions with a right one in the first k; `recall@k`: mean share found."""
    ranked = ranking(dev, table)
    measured = {}
    for measure, k in dev.cuts:
        found = [len(wanted.intersection(row[:k])) for wanted, row in zip(dev.relevant, ranked, strict=True)]
        whole = [1 if measure == "success" else max(1, len(wanted)) for wanted in dev.relevant]
        shares = [min(1.0, hits / of) for hits, of in zip(found, whole, strict=True)]
        measured[f"{dev.name} {measure}@{k}"] = sum(shares) / max(1, len(shares))
    return measured
