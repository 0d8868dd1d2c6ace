"""Hard negatives: passages that a trained model ranks high for a query although they are not its answer."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.dataset import PASSAGE_PIECES, QUERY_PIECES, tokenize
from index.training.evaluation import embed
from index.training.sources import Pair

# The first ranks are often right but unlabelled, so negatives come from below them, and only where the model
# already prefers the true passage by this factor or lies about as wrong (Moreira et al. 2024, NV-Retriever).
_RANKS = range(3, 60)
_BELOW_POSITIVE = 0.95
_CHUNK = 512


def mine(
    pairs: Sequence[Pair], pool: Sequence[str], tokenizer: Tokenizer, table: NDArray[np.float32], each: int, seed: int
) -> list[Pair]:
    """Every pair `each` times, each time with another negative out of `pool` and the pairs' own passages.

    A passage that is right for the same query is never its negative.
    """
    rng = Random(seed)
    texts = list(dict.fromkeys([*(pair.passage for pair in pairs), *pool]))
    right: dict[str, set[str]] = {}
    for pair in pairs:
        right.setdefault(pair.query, set()).add(pair.passage)
    passages = embed(tokenize(texts, tokenizer, PASSAGE_PIECES), table)
    at = {text: i for i, text in enumerate(texts)}
    mined = []
    for start in range(0, len(pairs), _CHUNK):
        chunk = pairs[start : start + _CHUNK]
        scores = embed(tokenize([pair.query for pair in chunk], tokenizer, QUERY_PIECES), table) @ passages.T
        nearest = np.argpartition(-scores, _RANKS.stop, axis=1)[:, : _RANKS.stop]
        for pair, row, found in zip(chunk, scores, nearest, strict=True):
            ordered = found[np.argsort(-row[found])][_RANKS.start :]
            limit = row[at[pair.passage]] * _BELOW_POSITIVE
            below = [texts[i] for i in ordered if texts[i] not in right[pair.query] and row[i] < max(limit, 0.3)]
            mined += [Pair(pair.query, pair.passage, n) for n in rng.sample(below, min(each, len(below)))]
    return mined


def write_pairs(pairs: Sequence[Pair], path: Path) -> None:
    """Write {q, p, n} lines that `sources.triplet` reads."""
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for pair in pairs:
            lines.write(json.dumps({"q": pair.query, "p": pair.passage, "n": pair.negative}, ensure_ascii=False) + "\n")
