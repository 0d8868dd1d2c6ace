"""Questions that ask the same are put together, by what they mean and by their words.

Two questions are as alike as a third of the cosine of their vectors and two thirds of the cosine of each word with the
nearest word of the other, weighted by how rare the word is among all that was asked. Questions are joined by average
linkage (Sokal and Michener 1958, scikit-learn's AgglomerativeClustering). Who is in a group stays there: new questions
are grouped among themselves, and what they form joins the group that it is near enough to, or is a new one.

Bounded: a block of questions is compared with itself, and what it forms with a few members of the groups around, so
that memory grows with the number of questions alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering

from index.query import Query

NEAR = 0.26  # least mean likeness, -1..1, of what is one group; chosen on eval/questions/own.jsonl, see docs/decisions.md
_WORDS = 2 / 3  # share of the words in the likeness; chosen on the same
BLOCK = 500  # questions that are compared with one another
_GROUPS, _MEMBERS = 16, 8  # groups around a question, and members of each, that it is compared with

Floats = NDArray[np.float32]


class Rarity:
    """How much a word tells, by how many of all questions hold it. 0 or more, more for a rarer word."""

    def __init__(self, queries: Iterable[Query]) -> None:
        self._number, self._holding = 0, Counter[str]()
        for query in queries:
            self.add(query)

    def add(self, query: Query) -> None:
        """One more question."""
        self._number += 1
        self._holding.update(query.words)

    def of(self, query: Query) -> Floats:
        """float32 [words of the query]."""
        holding = np.array([max(self._holding[word], 1) for word in query.words], np.float32)
        return np.log1p(max(self._number, 1) / holding)


class Groups:
    """Groups that grow. Numbers of groups count from 0 in the order in which they came to be."""

    def __init__(self, members: Iterable[Sequence[Query]] = (), *, near: float = NEAR) -> None:
        """`members`: some questions of each group that there is, the most telling ones first."""
        self._members = [list(queries[:_MEMBERS]) for queries in members]
        self._means = [_mean(queries) for queries in self._members]
        self._rarity = Rarity(query for queries in self._members for query in queries)
        self._near = near

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
        labels = _grouped(block, self._rarity, self._near)
        alike_ones: dict[int, list[Query]] = {}
        for query, label in zip(block, labels, strict=True):
            alike_ones.setdefault(label, []).append(query)
        joined = {label: self._nearest(queries) for label, queries in alike_ones.items()}
        for label, queries in alike_ones.items():
            group = joined[label]
            joined[label] = self._put(queries, len(self._members) if group is None else group)
        return [joined[label] for label in labels]

    def _put(self, queries: Sequence[Query], group: int) -> int:
        if group == len(self._members):
            self._members.append([])
            self._means.append(np.zeros_like(queries[0].vector))
        members = self._members[group]
        members.extend(queries[: max(_MEMBERS - len(members), 0)])
        self._means[group] = _mean(members)
        return group

    def _nearest(self, queries: Sequence[Query]) -> int | None:
        """The group that is most like questions that are alike, where it is near enough."""
        if not self._members:
            return None
        around = np.argsort(-(np.stack(self._means) @ _mean(queries)), kind="stable")[:_GROUPS]
        likeness = [(self._likeness(queries[:_MEMBERS], self._members[group]), -int(group)) for group in around]
        best, group = max(likeness)
        return -group if best >= self._near else None

    def _likeness(self, queries: Sequence[Query], members: Sequence[Query]) -> float:
        """Mean over all pairs of the one and the other."""
        return float(alike([*queries, *members], self._rarity)[: len(queries), len(queries) :].mean())


def alike(queries: Sequence[Query], rarity: Rarity) -> Floats:
    """How alike each two questions are, float32 [queries, queries], -1..1, higher is nearer, symmetrical."""
    vectors = np.stack([query.vector for query in queries])
    return (1 - _WORDS) * (vectors @ vectors.T) + _WORDS * _by_words(queries, rarity)


def _grouped(queries: Sequence[Query], rarity: Rarity, near: float) -> list[int]:
    """A group for each question, numbered in the order in which they come."""
    if len(queries) < 2:
        return [0] * len(queries)
    linkage = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - near
    )
    labels = linkage.fit_predict(np.clip(1 - alike(queries, rarity), 0, 2))
    numbers: dict[int, int] = {}
    return [numbers.setdefault(int(label), len(numbers)) for label in labels]


def _by_words(queries: Sequence[Query], rarity: Rarity) -> Floats:
    """Mean of both directions of the weighted mean cosine of each word with the nearest word of the other question."""
    with_words = [position for position, query in enumerate(queries) if len(query.words)]
    found = np.zeros((len(queries), len(queries)), np.float32)
    if with_words:
        vectors = [queries[position].word_vectors for position in with_words]
        starts = np.cumsum([0, *(len(one) for one in vectors[:-1])])
        rows = list(_directed(vectors, starts, [rarity.of(queries[position]) for position in with_words]))
        found[np.ix_(with_words, with_words)] = np.stack(rows)
    return (found + found.T) / 2


def _directed(vectors: Sequence[Floats], starts: NDArray[np.intp], weights: Sequence[Floats]) -> Iterator[Floats]:
    everything = np.concatenate(vectors)
    for words, weight in zip(vectors, weights, strict=True):
        nearest = np.maximum.reduceat(words @ everything.T, starts, axis=1)
        yield weight @ nearest / weight.sum()


def _mean(queries: Sequence[Query]) -> Floats:
    """float32 [dimension]; not of unit length, so that a group whose members differ is nearer to nothing."""
    return np.mean([query.vector for query in queries], axis=0, dtype=np.float32)
