"""Several legs into one ranking, by a weighted sum of scores that mean the same for every query.

Each leg divides its score by its ceiling, the highest score that the query could get from any text: 1 for a
cosine; for BM25 the score of a text that holds every word of the query without end. A query whose words the corpus
does not know (English over Chinese texts, a colloquial turn) therefore gets little from BM25, however its best
hit compares with the next, and the dense leg decides. Bruch, Gai & Ingber, "An Analysis of Fusion Functions for
Hybrid Retrieval" (TOIS 2023), find such a sum ahead of reciprocal rank fusion; so did we (docs/decisions.md).
"""

from collections.abc import Mapping

from index.retriever import EVERYTHING, Hit, LegScore, Scope, ranked
from index.scorer import Scored, Scorer, as_hits

DEPTH = 100  # clauses looked at per leg


class FusedRetriever:
    """Fuses named legs by their weights. Satisfies `Retriever`; a score is at most 1.

    Each leg names its `DEPTH` best clauses, whatever the limit, so that a longer list extends a shorter one; every
    clause that one leg names is scored by all of them. A leg that does not cover a clause leaves its weight to the
    others, so that a clause without a plain-language record is not pushed back for it; so does a leg that can tell
    nothing of the query.
    """

    def __init__(self, legs: Mapping[str, Scorer], weights: Mapping[str, float]) -> None:
        self._legs = legs
        self._weights = weights

    def search(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        if limit < 1:
            return []
        scores = {name: leg.score(query, limit=DEPTH, scope=scope) for name, leg in self._legs.items()}
        named = {one.clause.id: one.clause for said in scores.values() for one in said.found}
        fused, weighed = dict.fromkeys(named, 0.0), dict.fromkeys(named, 0.0)
        for name, said in scores.items():
            if said.ceiling <= 0:  # every word of the query is worth nothing, and so is the leg's ranking
                continue
            share = self._weights[name] / said.ceiling
            listed = {one.clause.id for one in said.found}
            unlisted = [clause for key, clause in named.items() if key not in listed]
            for one in (*said.found, *said.of(unlisted)):
                fused[one.clause.id] += one.score * share
                weighed[one.clause.id] += self._weights[name]
        shares = ((key, score / weighed[key] if weighed[key] else 0.0) for key, score in fused.items())
        best = ranked((Scored(share, named[key]) for key, share in shares), limit)
        found = {name: {hit.clause.id: hit.legs[name] for hit in as_hits(name, said)} for name, said in scores.items()}
        return [Hit(one.clause, one.score, _legs_of(one.clause.id, found)) for one in best]


def _legs_of(clause_id: str, found: Mapping[str, Mapping[str, LegScore]]) -> dict[str, LegScore]:
    return {name: of[clause_id] for name, of in found.items() if clause_id in of}
