"""From a question as understood to ranked clauses."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Reason
from assistant.composition.facts import Form, form_of
from assistant.question.history import blend, leans
from assistant.question.places import without_places
from assistant.question.understand import Question
from corpus.addresses.references import read_parts
from corpus.clause import Clause
from corpus.places.gazetteer import lies_within
from index.fusion import DEPTH
from index.index import Index
from index.lexicon.expansion import expansions
from index.retriever import Hit, Scope
from index.text.normalizer import normalize

MOST_CLAUSES = 3  # cited in one answer
MOST_PLACES = 5  # the same for a question that asks which places have it
EQUAL = 0.85  # share of the first hit's score from which another answers as well
_SIDE_BY_SIDE = 0.6  # the same for the clause of another place that the question names too
_AS_NEAR = 0.8  # the same for a clause of another place where the question names none
_FAR = 0.25  # score below which the first hit has next to nothing to do with the question
_COMPARES = re.compile(
    r"(?:对比|比较|相比|区别|差别|有(?:啥|什么|何)不(?:同|一样)|一样吗|哪个更?好|分别|各)+(?:一下)?(?:[?？]|$)|^(?:和|与|跟|、)+"
    r"|\b(?:compare|comparison of|difference between|and|with|versus|vs\.?)\b",
    re.IGNORECASE,
)
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
    left: tuple[str, ...] = ()  # places spoken of before, where only the question by itself, without them, is answered
    point: str | None = None  # the part of the first clause that the question names (第三点), without naming the clause


def retrieve(asked: Question, index: Index, limit: int) -> Found:
    """Hits for the question, and the question with what only its hits could tell: its history, the part it names.

    A clause that the question names by number comes first.
    """
    if asked.refusal in (Reason.GREETING, Reason.UNREADABLE):
        return Found(asked, [])
    if len(asked.places.covered) > 1:  # their names would find the clauses that talk of these places most
        asked = replace(asked, query=_COMPARES.sub(" ", without_places(asked.query)).strip() or asked.query)
    hits = index.search(asked.query, limit=max(limit, DEPTH), scope=asked.scope)
    if asked.in_context is not None:
        joined = index.search(asked.in_context, limit=max(limit, DEPTH), scope=asked.scope)
        if leans(hits, joined):
            asked, hits = replace(asked, query=asked.in_context, from_history=True), blend(hits, joined)
    points = read_parts(asked.meant, hits[0].clause) if hits and not asked.named.names_clause else ()
    point = next(iter(points), None)
    named = list(dict.fromkeys(index.corpus.find(key)[0].id for key in asked.named.ids))
    by_id = {hit.clause.id: hit for hit in hits}
    first = [replace(by_id.get(key) or Hit(index.corpus.clause(key), 0.0), score=1.0) for key in named]
    hits = [*first, *(hit for hit in hits if hit.clause.id not in named)]
    return Found(
        asked, hits[: max(limit, len(first))], _elsewhere(asked, hits, index), _by_place(asked, hits), point=point
    )


def _elsewhere(asked: Question, hits: list[Hit], index: Index) -> Hit | None:
    """The best clause outside the place that was asked for, unless one inside scores as high."""
    if asked.scope.jurisdictions is None or asked.named.ids:
        return None
    found = index.search(asked.query, limit=DEPTH, scope=Scope(asked.scope.documents))
    best = next((hit for hit in found if not asked.scope.admits(hit.clause)), None)
    return best if best and (not hits or best.score > hits[0].score) else None


def _by_place(asked: Question, hits: list[Hit]) -> tuple[Hit, ...]:
    """For a question that names several places the best clause of each, in the order of the places."""
    if len(asked.places.covered) < 2:
        return ()
    best = (_best_of(place, hits) for place in asked.places.covered)
    return tuple({hit.clause.id: hit for hit in best if hit}.values())


def _best_of(place: str, hits: list[Hit]) -> Hit | None:
    """The best clause of a place itself, or else of a place inside it: 黑龙江 by 哈尔滨."""
    own = next((hit for hit in hits if place in hit.clause.jurisdiction), None)
    return own or next((hit for hit in hits if any(lies_within(name, place) for name in hit.clause.jurisdiction)), None)


def silent_places(places: Sequence[str], cited: Iterable[Clause]) -> tuple[str, ...]:
    """Those of the places of which nothing is cited, not even of the province or city above."""
    said = {name for clause in cited for name in clause.jurisdiction}
    return tuple(
        place for place in places if not any(lies_within(name, place) or lies_within(place, name) for name in said)
    )


def answering(found: Found) -> list[Hit]:
    """The hits to cite: those named, or the first with those that answer as well, of this or of the other places."""
    first, asked = found.hits[0], found.asked
    if asked.named.ids:
        named = set(asked.named.ids)
        return [
            h for h in found.hits if not named.isdisjoint((h.clause.id, *(part.id for part in h.clause.all_parts())))
        ]
    if len(found.by_place) > 1:
        beside = [hit for hit in found.by_place if hit.score >= _SIDE_BY_SIDE * first.score]
        return beside if len(beside) > 1 else [first]
    if form_of(asked.meant) is Form.WHICH_PLACE:
        equal = (hit for hit in found.hits if hit.score >= EQUAL * first.score)
        return list({hit.clause.jurisdiction: hit for hit in reversed(list(equal))}.values())[::-1][:MOST_PLACES]
    if not _SEVERAL.search(normalize(asked.meant)):
        return [first]
    return [first, *(hit for hit in found.hits[1:MOST_CLAUSES] if hit.score >= EQUAL * first.score)]


def as_near(found: Found) -> Hit | None:
    """For a question that names no place and no clause, the best hit of another place, if nearly as good as the first.

    Whether it answers too is for its own confidence to say.
    """
    first, asked = found.hits[0], found.asked
    if asked.named.ids or asked.places.covered or asked.places.strict:
        return None
    other = next((hit for hit in found.hits if hit.clause.jurisdiction != first.clause.jurisdiction), None)
    return other if other and other.score >= _AS_NEAR * first.score else None


def off_topic(found: Found) -> bool:
    """Whether nothing in the question is about any government matter that the lexicon or the documents know."""
    asked = found.asked
    if asked.places.covered or asked.from_history or asked.named.absent or any(expansions(asked.query)):
        return False
    return not found.hits or found.hits[0].score < _FAR
