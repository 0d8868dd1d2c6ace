"""What an office says is not asked of a clause."""

from collections.abc import Sequence

from index.index import Index
from index.query import Query
from index.retriever import Hit

_SEMANTIC_LEGS = ("dense", "plain_dense")


def without_not_asked(hits: Sequence[Hit], query: Query, index: Index) -> Sequence[Hit]:
    """Without the clauses of which the question is nearer to what is not asked than to anything that speaks for them.

    Near is the cosine with a text or a record of the clause. Without records that say so, the hits as they are.
    """
    if not index.corpus.has_not_asked:
        return hits
    return [hit for hit in hits if index.nearest_not_asked(query, hit.clause) <= _speaking_for(hit)]


def _speaking_for(hit: Hit) -> float:
    """The best cosine of the question with the clause's texts and records, -1..1."""
    return max((hit.legs[name].score for name in _SEMANTIC_LEGS if name in hit.legs), default=-1.0)
