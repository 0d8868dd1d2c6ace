"""Several legs into one ranking, by a weighted sum of scores that mean the same for every query.

Each leg divides its score by its ceiling, the highest score that the query could get from any text: 1 for a
cosine; for BM25 the score of a text that holds every word of the query without end. A query whose words the corpus
does not know (English over Chinese texts, a colloquial turn) therefore gets little from BM25, however its best
hit compares with the next, and the dense leg decides. Bruch, Gai & Ingber, "An Analysis of Fusion Functions for
Hybrid Retrieval" (TOIS 2023), find such a sum ahead of reciprocal rank fusion; so did we (docs/decisions.md).
"""

from collections.abc import Mapping
from typing import Protocol

from corpus.clause import Clause
from index.retriever import EVERYTHING, Hit, LegScore, Retriever, Scope, ranked

DEPTH = 100  # hits looked at per leg


class Leg(Retriever, Protocol):
    """A retriever whose scores can be compared across queries."""

    def ceiling(self, query: str) -> float:
        """The highest score any text could get for this query; more than 0 where there is a hit."""


class FusedRetriever:
    """Fuses named legs by weights that add up to 1. Satisfies `Retriever`; a score is at most 1.

    Where a leg's list was cut off at `DEPTH`, the unlisted clauses count as much as the last listed one.
    """

    def __init__(self, legs: Mapping[str, Leg], weights: Mapping[str, float]) -> None:
        self._legs = legs
        self._weights = weights

    def search(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        if limit < 1:
            return []
        depth = max(limit, DEPTH)
        clauses: dict[str, Clause] = {}
        fused: dict[str, float] = {}
        said: dict[str, dict[str, LegScore]] = {}
        for name, leg in self._legs.items():
            hits = leg.search(query, limit=depth, scope=scope)
            share = self._weights[name] / leg.ceiling(query) if hits else 0.0
            # Scores are kept over the floor, so that a clause a leg does not list simply gets nothing from it.
            floor = hits[-1].score if len(hits) == depth else 0.0
            for hit in hits:
                key = hit.clause.id
                clauses[key] = hit.clause
                fused[key] = fused.get(key, 0.0) + (hit.score - floor) * share
                said.setdefault(key, {})[name] = hit.legs[name]
        return ranked(Hit(clauses[key], score, said[key]) for key, score in fused.items())[:limit]
