"""Pairs as token ids: tokenised once, kept under the key of their content, drawn in batches of one source each."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.encoder.training.sources import Pair
from index.text.normalizer import normalize

Ints = NDArray[np.int64]
QUERY_PIECES, PASSAGE_PIECES = 64, 192
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class TokenBags:
    """Token ids of many texts end to end: text i is `ids[offsets[i]:offsets[i + 1]]`."""

    ids: Ints
    offsets: Ints

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def take(self, rows: Ints) -> "TokenBags":
        """The given texts, in the given order."""
        starts, lengths = self.offsets[rows], np.diff(self.offsets)[rows]
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        return TokenBags(self.ids[np.repeat(starts, lengths) + within], offsets)

    def dropout(self, share: float, rng: np.random.Generator) -> "TokenBags":
        """Each id left out with probability `share`, in texts of more than four ids."""
        lengths = np.diff(self.offsets)
        kept = (rng.random(len(self.ids)) >= share) | np.repeat(lengths <= 4, lengths)
        return TokenBags(self.ids[kept], np.concatenate(([0], np.cumsum(kept)))[self.offsets])

    def join(self, other: "TokenBags") -> "TokenBags":
        """The texts of both, these first."""
        return TokenBags(
            np.concatenate((self.ids, other.ids)), np.concatenate((self.offsets, other.offsets[1:] + self.offsets[-1]))
        )


def tokenize(texts: Sequence[str], tokenizer: Tokenizer, limit: int) -> TokenBags:
    """Ids of normalised texts, at most `limit` each; the unknown piece (id 0) is left out."""
    kept: list[list[int]] = []
    for start in range(0, len(texts), _CHUNK):
        chunk = [normalize(text) for text in texts[start : start + _CHUNK]]
        kept.extend([i for i in found.ids if i][:limit] for found in tokenizer.encode_batch_fast(chunk))
    offsets = np.concatenate(([0], np.cumsum([len(ids) for ids in kept]))).astype(np.int64)
    return TokenBags(np.fromiter((i for ids in kept for i in ids), np.int64, int(offsets[-1])), offsets)


class Tokens:
    """Texts as token ids, each text normalised and cut once, however often it is asked for."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, NDArray[np.int32]] = {}

    def bags(self, texts: Sequence[str], limit: int) -> TokenBags:
        """The same as `tokenize`, for limits up to PASSAGE_PIECES."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        made = tokenize(new, self._tokenizer, PASSAGE_PIECES)
        self._known.update(zip(new, np.split(made.ids.astype(np.int32), made.offsets[1:-1]), strict=False))
        rows = [self._known[text][:limit] for text in texts]
        offsets = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64)
        return TokenBags(np.concatenate([*rows, np.empty(0, np.int32)]).astype(np.int64), offsets)


@dataclass(frozen=True, slots=True)
class PairSet:
    """The pairs of one source; `key` changes with their content.

    Equal query or passage keys are equal texts; negatives[i] is a row of `extra`, -1 where there is none. Rows of one
    document have equal `groups`; `whole` puts them into one batch.
    """

    name: str
    key: str
    copies: int
    queries: TokenBags
    passages: TokenBags
    query_keys: Ints
    passage_keys: Ints
    extra: TokenBags
    negatives: Ints
    groups: Ints
    whole: bool = False

    def order(self, rng: np.random.Generator) -> Ints:
        """The rows in random order, those of one document one behind the other if `whole`."""
        rows = rng.permutation(len(self.queries))
        if not self.whole:
            return rows
        found, groups = np.unique(self.groups, return_inverse=True)
        place = rng.permutation(len(found))
        return rows[np.argsort(place[groups[rows]], kind="stable")]


@dataclass(frozen=True, slots=True)
class Batch:
    """Queries, their passages, then the hard negatives: `passages` has at least as many rows as `queries`."""

    source: str
    queries: TokenBags
    passages: TokenBags
    same: NDArray[np.bool_]  # [queries, passages]: not the pair itself, but just as right

    def dropout(self, share: float, rng: np.random.Generator) -> "Batch":
        """The batch with a share of the ids left out of queries and passages."""
        return replace(self, queries=self.queries.dropout(share, rng), passages=self.passages.dropout(share, rng))


def _keys(texts: Sequence[str]) -> Ints:
    digests = (hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(b"".join(digests), dtype=np.int64)


def _arrays(pairs: Sequence[Pair], tokens: Tokens) -> dict[str, Any]:
    queries = tokens.bags([pair.query for pair in pairs], QUERY_PIECES)
    passages = tokens.bags([pair.passage for pair in pairs], PASSAGE_PIECES)
    extra = tokens.bags([pair.negative for pair in pairs if pair.negative], PASSAGE_PIECES)
    has = np.array([bool(pair.negative) for pair in pairs], dtype=bool)
    return {
        "queries": queries.ids.astype(np.int32),
        "query_offsets": queries.offsets,
        "passages": passages.ids.astype(np.int32),
        "passage_offsets": passages.offsets,
        "query_keys": _keys([pair.query for pair in pairs]),
        "passage_keys": _keys([pair.passage for pair in pairs]),
        "extra": extra.ids.astype(np.int32),
        "extra_offsets": extra.offsets,
        "negatives": np.where(has, np.cumsum(has) - 1, -1),
        "groups": _keys([pair.group for pair in pairs]),
    }


def load_pairs(
    folder: Path, name: str, make: Callable[[], Sequence[Pair]], tokens: Tokens, *, key: str, copies: int = 1
) -> PairSet:
    """The pairs kept in the folder under name and key, made and tokenised there first when absent.

    `key` must change with everything that shapes the pairs or their tokens.
    """
    path = folder / f"{name}-{key}.npz"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        half_written = path.with_suffix(".tmp.npz")
        np.savez(half_written, **_arrays(make(), tokens))
        half_written.replace(path)
    with np.load(path) as kept:
        return PairSet(
            name,
            key,
            copies,
            TokenBags(kept["queries"], kept["query_offsets"]),
            TokenBags(kept["passages"], kept["passage_offsets"]),
            kept["query_keys"],
            kept["passage_keys"],
            TokenBags(kept["extra"], kept["extra_offsets"]),
            kept["negatives"],
            kept["groups"],
        )


def _batch(pairs: PairSet, rows: Ints) -> Batch:
    queries, passages = pairs.queries.take(rows), pairs.passages.take(rows)
    query_keys, passage_keys = pairs.query_keys[rows], pairs.passage_keys[rows]
    same = (query_keys[:, None] == query_keys) | (passage_keys[:, None] == passage_keys)
    np.fill_diagonal(same, val=False)
    negatives = pairs.negatives[rows]
    negatives = negatives[negatives >= 0]
    if len(negatives):
        passages = passages.join(pairs.extra.take(negatives))
        same = np.concatenate((same, np.zeros((len(rows), len(negatives)), dtype=bool)), axis=1)
    return Batch(pairs.name, queries, passages, same)


def _smallest(size: int) -> int:
    return min(size // 4, 64)


def batches(sets: Sequence[PairSet], size: int, rng: np.random.Generator, dropout: float = 0.0) -> Iterator[Batch]:
    """One pass over the mixture in random order, each batch of one source; `copies` are shuffled one by one.

    `dropout` is the share of ids left out at random, so that no pair is learnt by one word and no two copies are alike.
    """
    plan: list[tuple[PairSet, Ints]] = []
    for pairs in sets:
        rows = np.concatenate([pairs.order(rng) for _ in range(pairs.copies)])
        cut = [rows[start : start + size] for start in range(0, len(rows), size)]
        plan.extend((pairs, part) for part in cut if len(part) >= _smallest(size))
    for position in rng.permutation(len(plan)):
        yield _batch(*plan[position]).dropout(dropout, rng)


def count_batches(sets: Sequence[PairSet], size: int) -> int:
    """How many batches one pass has."""
    total = 0
    for pairs in sets:
        rows = len(pairs.queries) * pairs.copies
        total += rows // size + (rows % size >= _smallest(size) and rows % size > 0)
    return total
