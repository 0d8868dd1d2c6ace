"""Several tables into one: joined end to end, then turned and cut to the axes that carry most.

Joined tables score by the mean of their cosines, which is steadier than any of them. Most of the joined
dimensions say the same thing twice; the leading eigenvectors of sample texts keep what differs (uncentred PCA, which
preserves inner products best for its size: Eckart & Young 1936).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.encoder.training.dataset import PairSet, TokenBags
from index.encoder.training.evaluation import embed, totals

_SAMPLES = 500  # texts of each side of each source


def merge(tables: Sequence[NDArray[np.float32]], samples: TokenBags, dimension: int) -> NDArray[np.float32]:
    """One table [pieces, dimension] out of tables [pieces, any] over the same pieces."""
    equally_loud = [table / np.linalg.norm(totals(samples, table), axis=1).mean() for table in tables]
    joined = np.concatenate(equally_loud, axis=1)
    vectors = embed(samples, joined)
    _, axes = np.linalg.eigh(vectors.T @ vectors)  # eigenvalues ascend
    merged: NDArray[np.float32] = joined @ axes[:, -dimension:]
    return merged


def samples_of(sets: Sequence[PairSet], seed: int) -> TokenBags:
    """Queries and passages of every source in equal numbers, so that none decides alone which axes matter."""
    rng = np.random.default_rng(seed)
    sides = [side for pairs in sets for side in (pairs.queries, pairs.passages)]
    chosen = [side.take(rng.permutation(len(side))[:_SAMPLES]) for side in sides]
    joined = chosen[0]
    for bags in chosen[1:]:
        joined = joined.join(bags)
    return joined
