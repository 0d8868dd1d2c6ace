"""Questions that ask the same are put together, by what they are about and by their words.

Two questions are as alike as the mean of two figures: the cosine of their vectors, turned by `matter`, and the cosine
of each word with the nearest word of the other, weighted by how rare the word is among all that was asked. Within a
block a question is then compared together with its nearest ones, and questions are joined by average linkage (Sokal and
Michener 1958, scikit-learn's AgglomerativeClustering). Who is in a group stays there: new questions are grouped among
themselves, and what they form joins the group that it is near enough to, or is a new one.

Bounded: a block of questions is compared with itself, and what it forms with a few members of the groups around, so
that memory grows with the number of questions alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering

from assistant.gaps.matter import load_matter
from index.query import Query

# Least mean likeness of a group, -1..1, within a block and between blocks; chosen on eval/questions/own.jsonl and on
# questions about 24 matters that belong to no text (docs/decisions.md).
NEAR, JOINING = 0.22, 0.22
_NEAREST = 3  # with which a question is compared together, itself among them
BLOCK = 500  # questions that are compared with one another
MEMBERS = 8  # of a group, that others are compared with
_AROUND = 16  # groups that a question is compared with

Floats = NDArray[np.float32]


class Rarity:
    """How much a word tells, by how many of all questions hold it."""

    def __init__(self, queries: Iterable[Query] = ()) -> None:
        self._number, self._holding = 0, Counter[str]()
        for query in queries:
            self.add(query)

    def add(self, query: Query) -> None:
        """One more question."""
        self._number += 1
        self._holding.update(query.words)

    def of(self, query: Query) -> Floats:
        """More than 0, more for a rarer word; float32 [words of the query]."""
        holding = np.array([max(self._holding[word], 1) for word in query.words], np.float32)
        return np.asarray(np.log1p(max(self._number, 1) / holding), np.float32)


class Groups:
    """Groups that grow. Numbers of groups count from 0 in the order in which they came to be."""

    def __init__(self, members: Iterable[Sequence[Query]] = ()) -> None:
        """`members`: some questions of each group that there is, the most telling ones first."""
        self._members = [list(queries[:MEMBERS]) for queries in members]
        self._means = [_mean(queries) for queries in self._members]
        self._rarity = Rarity(query for queries in self._members for query in queries)

    def add(self, queries: Sequence[Query]) -> list[int]:
        """The group of each question; those above the number there was are new."""
        found: list[int] = []
        for start in range(0, len(queries), BLOCK):
            block = queries[start : start + BLOCK]
            for query in block:
                self._rarity.add(query)
            found += self._add_block(block)
        return found

    def _add_block(self, block: Sequence[Query]) -> list[int]:
        labels = _grouped(block, self._rarity)
        together: dict[int, list[Query]] = {}
        for query, label in zip(block, labels, strict=True):
            together.setdefault(label, []).append(query)
        nearest = {label: self._nearest(queries) for label, queries in together.items()}
        groups = {label: self._put(queries, nearest[label]) for label, queries in together.items()}
        return [groups[label] for label in labels]

    def _put(self, queries: Sequence[Query], group: int | None) -> int:
        """Into a group, or a new one; which."""
        if group is None:
            self._members.append(list(queries[:MEMBERS]))
            self._means.append(_mean(queries))
            return len(self._members) - 1
        members = self._members[group]
        members.extend(queries[: max(MEMBERS - len(members), 0)])
        self._means[group] = _mean(members)
        return group

    def _nearest(self, queries: Sequence[Query]) -> int | None:
        """The group that is most like questions that are alike, where it is near enough."""
        if not self._members:
            return None
        around = np.argsort(-(np.stack(self._means) @ _mean(queries)), kind="stable")[:_AROUND]
        likeness = [(self._likeness(queries[:MEMBERS], self._members[group]), -int(group)) for group in around]
        best, group = max(likeness)
        return -group if best >= JOINING else None

    def _likeness(self, queries: Sequence[Query], members: Sequence[Query]) -> float:
        """Mean over all pairs of the one and the other."""
        return float(alike([*queries, *members], self._rarity)[: len(queries), len(queries) :].mean())


def alike(queries: Sequence[Query], rarity: Rarity) -> Floats:
    """How alike each two questions are, float32 [queries, queries], -1..1, higher is nearer, symmetrical."""
    vectors = load_matter().turned(np.stack([query.vector for query in queries]))
    return np.asarray((vectors @ vectors.T + _by_words(queries, rarity)) / 2, np.float32)


def _grouped(queries: Sequence[Query], rarity: Rarity) -> list[int]:
    """A group for each question, numbered in the order in which they come."""
    if len(queries) < 2:
        return [0] * len(queries)
    linkage = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - NEAR
    )
    labels = linkage.fit_predict(np.clip(1 - _with_nearest(alike(queries, rarity)), 0, 2))
    numbers: dict[int, int] = {}
    return [numbers.setdefault(int(label), len(numbers)) for label in labels]


def _with_nearest(likeness: Floats) -> Floats:
    """Half the likeness of two questions, half that of the nearest of the one and of the other."""
    own = likeness.copy()
    np.fill_diagonal(own, 1)
    nearest = np.zeros_like(own)
    for row, those in enumerate(np.argsort(-own, axis=1, kind="stable")[:, :_NEAREST]):
        nearest[row, those] = np.maximum(own[row, those], 0)
    nearest += nearest.T.copy()
    nearest /= nearest.sum(axis=1, keepdims=True)
    return np.asarray((own + nearest @ own @ nearest.T) / 2, np.float32)


def _by_words(queries: Sequence[Query], rarity: Rarity) -> Floats:
    """Mean of both directions of the weighted mean cosine of each word with the nearest word of the other question."""
    with_words = [position for position, query in enumerate(queries) if len(query.words)]
    found = np.zeros((len(queries), len(queries)), np.float32)
    if with_words:
        vectors = [queries[position].word_vectors for position in with_words]
        starts = np.cumsum([0, *(len(one) for one in vectors[:-1])])
        rows = list(_directed(vectors, starts, [rarity.of(queries[position]) for position in with_words]))
        found[np.ix_(with_words, with_words)] = np.stack(rows)
    return np.asarray((found + found.T) / 2, np.float32)


def _directed(vectors: Sequence[Floats], starts: NDArray[np.intp], weights: Sequence[Floats]) -> Iterator[Floats]:
    everything = np.concatenate(vectors)
    for words, weight in zip(vectors, weights, strict=True):
        nearest = np.maximum.reduceat(words @ everything.T, starts, axis=1)
        yield weight @ nearest / weight.sum()


def _mean(queries: Sequence[Query]) -> Floats:
    """float32 [dimension]; not of unit length, so that a group whose members differ is nearer to nothing."""
    turned = load_matter().turned(np.stack([query.vector for query in queries]))
    return np.asarray(turned.mean(axis=0), np.float32)
