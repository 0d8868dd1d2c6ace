"""Several legs into one ranking, by weighted reciprocal rank fusion.

Raw scores of different legs cannot be compared, ranks can: a clause gets the sum over the legs of
weight / (constant + rank). Cormack, Clarke & Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and
individual Rank Learning Methods" (SIGIR 2009), with weights per query.
"""

from collections.abc import Callable, Mapping

from corpus.clause import Clause
from index.retriever import EVERYTHING, Hit, LegScore, Retriever, Scope, ranked

CONSTANT = 10  # the paper's 60 flattens the first places, which is where short result lists live
DEPTH = 100  # ranks looked at per leg

Weigh = Callable[[str], Mapping[str, float]]  # query → weight of each leg, 0 or more


class FusedRetriever:
    """Fuses named legs. Satisfies `Retriever`; a score is the share of the best possible one, 0..1."""

    def __init__(self, legs: Mapping[str, Retriever], weigh: Weigh) -> None:
        self._legs = legs
        self._weigh = weigh

    def search(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        weights = self._weigh(query)
        best = sum(weights.values()) / (CONSTANT + 1)
        if not best:
            return []
        fused: dict[str, float] = {}
        clauses: dict[str, Clause] = {}
        scores: dict[str, dict[str, LegScore]] = {}
        for name, leg in self._legs.items():
            share = weights[name] / best
            for rank, hit in enumerate(leg.search(query, limit=max(limit, DEPTH), scope=scope), 1):
                key = hit.clause.id
                clauses[key] = hit.clause
                fused[key] = fused.get(key, 0.0) + share / (CONSTANT + rank)
                scores.setdefault(key, {}).update(hit.legs)
        hits = (Hit(clauses[key], score, scores[key]) for key, score in fused.items() if score > 0)
        return ranked(hits)[: max(limit, 0)]
