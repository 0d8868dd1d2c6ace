"""Several legs into one ranking, by a weighted sum of scores that mean the same for every query.

Each leg divides its score by its upper bound, the highest score that the query could get from any text: 1 for a
cosine; for BM25 the score of a text that holds every word of the query without end. A query whose words the corpus
does not know (English over Chinese texts, a colloquial turn) therefore gets little from BM25, however its best
hit compares with the next, and the dense leg decides. Bruch, Gai & Ingber, "An Analysis of Fusion Functions for
Hybrid Retrieval" (TOIS 2023), find such a sum ahead of reciprocal rank fusion; so did we (docs/decisions.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.clause_table import ClauseTable, Positions, different
from index.query import Query, QueryReader
from index.retriever import EVERYTHING, Hit, Scope
from index.scorer import LegScores, Ranker, Scorer, Scores, Values

Features = NDArray[np.floating]

DEPTH = 100  # clauses looked at per leg: more than any caller may list


class FusedRetriever:
    """Fuses named legs by their weights. Satisfies `Retriever`; a score is at most 1, higher is better.

    Each leg names its `DEPTH` best clauses, whatever the limit, so that a longer list extends a shorter one; every
    clause that one leg names is scored by all of them. A leg that does not cover a clause leaves its weight to the
    others, so that a clause without a plain-language record is not pushed back for it; so does a leg that can tell
    nothing of the query.
    """

    def __init__(
        self, table: ClauseTable, legs: Mapping[str, Scorer], weights: Mapping[str, float], reader: QueryReader
    ) -> None:
        self._table = table
        self._legs = legs
        self._weights = weights
        self._reader = reader

    def search(self, query: Query | str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        return list(self.open(self._reader.as_query(query)).search(limit=limit, scope=scope))

    def open(self, query: Query) -> "FusedQuery":
        """The query as all legs read it, to be searched in several scopes."""
        return FusedQuery(self._table, {name: leg.open(query) for name, leg in self._legs.items()}, self._weights)


class FusedQuery:
    """One query over all legs; what does not depend on the scope is worked out once."""

    def __init__(self, table: ClauseTable, rankers: Mapping[str, Ranker], weights: Mapping[str, float]) -> None:
        self._table = table
        self._rankers = rankers
        self._weights = weights

    def search(self, *, limit: int, scope: Scope = EVERYTHING) -> "Ranking":
        """At most `limit` hits inside the scope, in the total order."""
        legs = {name: rank(DEPTH, scope) for name, rank in self._rankers.items()}
        positions = different(np.concatenate([scores.top for scores in legs.values()]))
        sums, weights = np.zeros(len(positions)), np.zeros(len(positions))
        shares = {}
        for name, scores in legs.items():
            share = _share(scores, positions)
            covered = ~np.isnan(share)
            shares[name] = np.where(covered, share, 0.0)
            sums += shares[name] * self._weights[name]
            weights += covered * self._weights[name]
        fused = np.divide(sums, weights, out=np.zeros_like(sums), where=weights > 0)
        best = self._table.best_first(positions, fused, limit)
        shares = {name: share[best] for name, share in shares.items()}
        return Ranking(self._table, legs, positions[best], fused[best], shares=shares)


def _share(scores: Scores, positions: Positions) -> Values:
    """Of the leg's upper bound, [positions]; NaN where it can tell nothing of the query or does not cover a clause."""
    if scores.upper_bound <= 0:  # every word of the query is worth nothing, and so is the leg's ranking
        return np.full(len(positions), np.nan)
    return scores.score_clauses(positions) / scores.upper_bound


class Ranking(Sequence[Hit]):
    """Hits, best first, each made when it is looked at: an answer looks at a few of the hundred."""

    def __init__(
        self,
        table: ClauseTable,
        legs: Mapping[str, Scores],
        positions: Positions,
        scores: Values,
        *,
        shares: Mapping[str, Values],
        features: Mapping[str, Features] | None = None,
    ) -> None:
        """`features` are those of the first clauses, as many as there are values."""
        self.positions = positions  # [found]
        self.scores = scores  # [found]
        self.shares = shares  # what each leg said: of its upper bound, [found]; 0 where it can tell nothing
        self._table = table
        self._legs = legs
        self._features = features or {}

    def reordered(self, order: NDArray[np.intp], scores: Values, features: Mapping[str, Features]) -> "Ranking":
        """The same clauses in another order [found]; scores [found] and features are given in this order."""
        shares = {name: share[order] for name, share in self.shares.items()}
        return Ranking(self._table, self._legs, self.positions[order], scores, shares=shares, features=features)

    def __len__(self) -> int:
        return len(self.positions)

    @overload
    def __getitem__(self, which: int) -> Hit: ...
    @overload
    def __getitem__(self, which: slice) -> list[Hit]: ...
    def __getitem__(self, which: int | slice) -> Hit | list[Hit]:
        ranks = range(len(self))[which]
        return self._hit(ranks) if isinstance(ranks, int) else [self._hit(rank) for rank in ranks]

    def _hit(self, rank: int) -> Hit:
        position = int(self.positions[rank])
        features = _FeaturesOf(self._features, rank)
        return Hit(self._table.clauses[position], float(self.scores[rank]), LegScores(self._legs, position), features)


class _FeaturesOf(Mapping[str, float]):
    """The features of one clause, by name, read when they are looked at; none behind the first clauses."""

    __slots__ = ("_features", "_rank")

    def __init__(self, features: Mapping[str, Features], rank: int) -> None:
        self._features = features
        self._rank = rank

    def __getitem__(self, name: str) -> float:
        values = self._features[name]
        if self._rank >= len(values):
            raise KeyError(name)
        return float(values[self._rank])

    def __iter__(self) -> Iterator[str]:
        return (name for name, values in self._features.items() if self._rank < len(values))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))
