"""Hard negatives: passages that a trained model ranks high for a query although they are not its answer."""

from collections.abc import Callable, Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from index.encoder.training.sources import Pair

Encode = Callable[[Sequence[str]], NDArray[np.float32]]  # texts → unit rows

# The first ranks are often right but unlabelled, so negatives come from below them and score below this share of
# the true passage (Moreira et al. 2024, NV-Retriever: "perc-pos"), or below a cosine that is low for any pair.
_RANKS = range(3, 60)
_BELOW_POSITIVE, _LOW = 0.95, 0.3
_CHUNK = 512


def mine(pairs: Sequence[Pair], pool: Sequence[str], encode: Encode, *, each: int, seed: int) -> list[Pair]:
    """Every pair up to `each` times, each time with another negative out of `pool` and the pairs' own passages.

    A passage that is right for the same query is never its negative.
    """
    rng = Random(seed)
    texts = list(dict.fromkeys([*(pair.passage for pair in pairs), *pool]))
    at = {text: i for i, text in enumerate(texts)}
    right: dict[str, set[int]] = {}
    for pair in pairs:
        right.setdefault(pair.query, set()).add(at[pair.passage])
    passages = encode(texts)
    depth, mined = min(_RANKS.stop, len(texts) - 1), []
    for start in range(0, len(pairs), _CHUNK):
        chunk = pairs[start : start + _CHUNK]
        scores = encode([pair.query for pair in chunk]) @ passages.T
        nearest = np.argpartition(-scores, depth, axis=1)[:, :depth]
        for pair, row, found in zip(chunk, scores, nearest, strict=True):
            limit = max(row[at[pair.passage]] * _BELOW_POSITIVE, _LOW)
            ordered = found[np.argsort(-row[found], kind="stable")][_RANKS.start :].tolist()
            wrong = [texts[i] for i in ordered if i not in right[pair.query] and row[i] < limit]
            mined += [Pair(pair.query, pair.passage, n) for n in rng.sample(wrong, min(each, len(wrong)))]
    return mined


def draw(pairs: Sequence[Pair], pool: Sequence[str], each: int, seed: int) -> list[Pair]:
    """Every pair `each` times, each time with a negative drawn blindly from the pool."""
    rng = Random(seed)
    return [Pair(pair.query, pair.passage, rng.choice(pool)) for pair in pairs for _ in range(each)]
