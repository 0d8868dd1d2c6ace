"""Several legs into one ranking, by a weighted sum of scores that mean the same for every query.

Each leg divides its score by its ceiling, the highest score that the query could get from any text: 1 for a
cosine; for BM25 the score of a text that holds every word of the query without end. A query whose words the corpus
does not know (English over Chinese texts, a colloquial turn) therefore gets little from BM25, however its best
hit compares with the next, and the dense leg decides. Bruch, Gai & Ingber, "An Analysis of Fusion Functions for
Hybrid Retrieval" (TOIS 2023), find such a sum ahead of reciprocal rank fusion; so did we (docs/decisions.md).
"""

from collections.abc import Mapping

from corpus.clause import Clause
from index.leg import Leg, Scored
from index.retriever import EVERYTHING, Hit, LegScore, Scope, ranked

DEPTH = 100  # clauses looked at per leg


class FusedRetriever:
    """Fuses named legs by weights that add up to 1. Satisfies `Retriever`; a score is at most 1.

    Each leg is asked for `DEPTH` clauses, whatever the limit, so that a longer list extends a shorter one; where a
    leg's list was cut off there, the unlisted clauses count as much as the last listed one.
    """

    def __init__(self, legs: Mapping[str, Leg], weights: Mapping[str, float]) -> None:
        self._legs = legs
        self._weights = weights

    def search(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        if limit < 1:
            return []
        clauses: dict[str, Clause] = {}
        fused: dict[str, float] = {}
        said: dict[str, dict[str, tuple[int, Scored]]] = {}
        for name, leg in self._legs.items():
            scores = leg.score(query, limit=DEPTH, scope=scope)
            # Where every word of the query is worth nothing, so is the leg's ranking.
            share = self._weights[name] / scores.ceiling if scores.ceiling > 0 else 0.0
            # Scores are kept over the floor, so that a clause a leg does not list simply gets nothing from it.
            floor = scores.found[-1].score if len(scores.found) == DEPTH else 0.0
            said[name] = {}
            for rank, one in enumerate(scores.found, 1):
                key = one.clause.id
                clauses[key] = one.clause
                fused[key] = fused.get(key, 0.0) + (one.score - floor) * share
                said[name][key] = (rank, one)
        best = ranked((Scored(score, clauses[key]) for key, score in fused.items()), limit)
        return [Hit(one.clause, one.score, _legs_of(one.clause.id, said)) for one in best]


def _legs_of(clause_id: str, said: Mapping[str, Mapping[str, tuple[int, Scored]]]) -> dict[str, LegScore]:
    found = {name: of[clause_id] for name, of in said.items() if clause_id in of}
    return {name: LegScore(rank, one.score, one.part_id) for name, (rank, one) in found.items()}
