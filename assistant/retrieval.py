"""From a question as understood to ranked clauses."""

from dataclasses import replace

from assistant.answer import Reason
from assistant.history import blend, leans
from assistant.reference import find_point
from assistant.understand import Question
from index.fusion import DEPTH
from index.hybrid import Index
from index.retriever import Hit


def retrieve(asked: Question, index: Index, limit: int) -> tuple[Question, list[Hit]]:
    """Hits for the question, and the question with what only its hits could tell: its history, the part it names.

    A clause that the question names by number comes first.
    """
    if asked.refusal in (Reason.GREETING, Reason.UNREADABLE):
        return asked, []
    hits = index.search(asked.query, limit=max(limit, DEPTH), scope=asked.scope)
    if asked.in_context is not None:
        joined = index.search(asked.in_context, limit=max(limit, DEPTH), scope=asked.scope)
        if leans(hits, joined):
            asked, hits = replace(asked, query=asked.in_context, from_history=True), blend(hits, joined)
    if asked.reference is None and hits:
        asked = replace(asked, reference=find_point(asked.text, hits[0].clause))
    if asked.reference is not None:
        named, _ = index.corpus.find(asked.reference)
        first = next((hit for hit in hits if hit.clause == named), Hit(named, 0.0))
        hits = [replace(first, score=1.0), *(hit for hit in hits if hit.clause != named)]
    return asked, hits[:limit]
