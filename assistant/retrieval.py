"""From a question as understood to ranked clauses."""

import re
from dataclasses import dataclass, replace

from assistant.answer import Reason
from assistant.history import blend, leans
from assistant.reference import find_point
from assistant.understand import Question
from index.expansion import expansions
from index.fusion import DEPTH
from index.hybrid import Index
from index.normalizer import normalize
from index.retriever import Hit, Scope

MOST_CLAUSES = 3  # cited in one answer
EQUAL = 0.85  # share of the first hit's score from which another answers as well
_FAR = 0.25  # score below which the first hit has next to nothing to do with the question
# 合肥和芜湖有什么不同, 都有哪些政策, each place
_SEVERAL = re.compile(
    r"分别|各地|对比|比较|区别|有(?:啥|什么|何)不(?:同|一样)|都有(?:哪些|什么|啥)|哪几条|哪些(?:条款|措施|政策|规定|案例)"
    r"|\b(?:compare|differences?|respectively|each (?:city|place)|what are all|which (?:clauses|measures|cases))\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked up, and what was found, best first."""

    asked: Question
    hits: list[Hit]
    elsewhere: Hit | None = None  # the best clause of another place, where it scores higher than any of these


def retrieve(asked: Question, index: Index, limit: int) -> Found:
    """Hits for the question, and the question with what only its hits could tell: its history, the part it names.

    A clause that the question names by number comes first.
    """
    if asked.refusal in (Reason.GREETING, Reason.UNREADABLE):
        return Found(asked, [])
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
    return Found(asked, hits[:limit], _elsewhere(asked, hits, index))


def _elsewhere(asked: Question, hits: list[Hit], index: Index) -> Hit | None:
    """The best clause outside the place that was asked for, unless one inside scores as high."""
    if asked.scope.jurisdictions is None or asked.places.strict or asked.reference is not None:
        return None
    best = index.search(asked.query, limit=1, scope=Scope(asked.scope.documents))
    better = best and (not hits or best[0].score > hits[0].score)
    return best[0] if better else None


def also_answering(found: Found) -> list[Hit]:
    """Further hits that answer as well as the first: asked for by a question for several, or of several places."""
    first, asked = found.hits[0], found.asked
    several = bool(_SEVERAL.search(normalize(asked.text))) or len(asked.places.covered) > 1
    if asked.reference is not None or not several:
        return []
    return [hit for hit in found.hits[1:MOST_CLAUSES] if hit.score >= EQUAL * first.score]


def off_topic(found: Found) -> bool:
    """Whether nothing in the question is about any government matter that the lexicon or the documents know."""
    asked = found.asked
    if asked.places.covered or asked.from_history or any(expansions(asked.query)):
        return False
    return not found.hits or found.hits[0].score < _FAR
