"""From a question as understood to ranked clauses."""

import re
from dataclasses import dataclass, replace

from assistant.answer import Reason
from assistant.history import blend, leans
from assistant.reference import Named, find_point
from assistant.understand import Question
from index.expansion import expansions
from index.fusion import DEPTH
from index.hybrid import Index
from index.normalizer import normalize
from index.retriever import Hit, Scope

MOST_CLAUSES = 3  # cited in one answer
EQUAL = 0.85  # share of the first hit's score from which another answers as well
_SIDE_BY_SIDE = 0.6  # the same for the clause of another place that the question names too
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
    by_place: tuple[Hit, ...] = ()  # the best clause of each place, where the question names several
    point: str | None = None  # the part of the first clause that the question names (第三点), without naming the clause


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
    point = find_point(asked.meant, hits[0].clause) if hits and asked.named == Named() else None
    named = list(dict.fromkeys(index.corpus.find(key)[0].id for key in asked.named.ids))
    by_id = {hit.clause.id: hit for hit in hits}
    first = [replace(by_id.get(key) or Hit(index.corpus.clause(key), 0.0), score=1.0) for key in named]
    hits = [*first, *(hit for hit in hits if hit.clause.id not in named)]
    return Found(asked, hits[: max(limit, len(first))], _elsewhere(asked, hits, index), _by_place(asked, hits), point)


def _elsewhere(asked: Question, hits: list[Hit], index: Index) -> Hit | None:
    """The best clause outside the place that was asked for, unless one inside scores as high."""
    if asked.scope.jurisdictions is None or asked.places.strict or asked.named.ids:
        return None
    found = index.search(asked.query, limit=DEPTH, scope=Scope(asked.scope.documents))
    best = next((hit for hit in found if not asked.scope.admits(hit.clause)), None)
    return best if best and (not hits or best.score > hits[0].score) else None


def _by_place(asked: Question, hits: list[Hit]) -> tuple[Hit, ...]:
    """For a question that names several places the best clause of each, in the order of the places."""
    if len(asked.places.covered) < 2:
        return ()
    best = (next((hit for hit in hits if place in hit.clause.jurisdiction), None) for place in asked.places.covered)
    return tuple({hit.clause.id: hit for hit in best if hit}.values())


def answering(found: Found) -> list[Hit]:
    """The hits to cite: those named, or the first with those that answer as well, of this or of the other places."""
    first, asked = found.hits[0], found.asked
    if asked.named.ids:
        named = set(asked.named.ids)
        return [h for h in found.hits if not named.isdisjoint((h.clause.id, *(part.id for part in h.clause.parts)))]
    if len(found.by_place) > 1:
        others = (hit for hit in found.by_place if hit is not first)
        return [first, *(hit for hit in others if hit.score >= _SIDE_BY_SIDE * first.score)]
    if not _SEVERAL.search(normalize(asked.meant)):
        return [first]
    return [first, *(hit for hit in found.hits[1:MOST_CLAUSES] if hit.score >= EQUAL * first.score)]


def off_topic(found: Found) -> bool:
    """Whether nothing in the question is about any government matter that the lexicon or the documents know."""
    asked = found.asked
    if asked.places.covered or asked.from_history or asked.named.absent or any(expansions(asked.query)):
        return False
    return not found.hits or found.hits[0].score < _FAR
