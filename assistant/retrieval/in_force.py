"""What holds comes first: a text that is not in force is looked at only where no other one answers."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Reason
from assistant.question.question import Reading
from assistant.question.recalled import Recalled
from assistant.retrieval.result import Lookup, share_of
from corpus.validity import Standing
from index.index import Index
from index.retriever import Hit, Scope

_AS_NEAR = 0.6  # share of the score of a repealed clause from which one of its successor is on the same matter
_SAME_MATTER = 0.25  # score of a clause of the successor for the words of a repealed one, from which it replaces that
_SILENT = (Reason.NOT_IN_DOCUMENTS, Reason.OUT_OF_SCOPE)  # what another text may make good


def in_force_first(reading: Reading, look_up: Callable[[Reading], Lookup], index: Index) -> Lookup:
    """What the texts in force say; where they are silent, what one says that no longer is, or is not yet.

    A draft never answers by itself. The text that replaced another one speaks for it, even where it says less: by the
    clause nearest to the question, or by the one that has taken the place of the repealed clause. That the other one
    is repealed is then told beside.
    """
    found = look_up(reading)
    if found.reason not in _SILENT or reading.documents or reading.refusal or reading.law.include_repealed:
        return found
    set_aside = index.corpus.validities.set_aside(reading.law.as_of)
    others = frozenset(id_ for id_, standing in set_aside.items() if standing is not Standing.DRAFT)
    if not others or reading.references.names_clause:
        return found
    beside = look_up(replace(reading, admitted=others))
    if beside.reason is not None:
        return found
    speaking = _speaking_for(beside.result.hits[0], found, index)
    if speaking is None:
        return beside
    hits = [speaking, *(hit for hit in found.result.hits if hit.clause is not speaking.clause)]
    older = Recalled(beside.result.hits[0].clause.document_id, by_sum=False)
    told = replace(found.reading, recalls=(*found.reading.recalls, older))
    result = replace(found.result, reading=told, hits=hits)
    return Lookup(result, beside.confidence, None)


def _speaking_for(older: Hit, found: Lookup, index: Index) -> Hit | None:
    """What the text that replaced a repealed clause's says of its matter; None where it does not."""
    validity = index.corpus.validities.of(older.clause.document_id, found.reading.law.as_of)
    if validity.replaced_by is None or not found.result.hits:
        return None
    (query,) = index.read([older.clause.text])
    scope = Scope(frozenset((validity.replaced_by,)))
    taking_its_place = next(iter(index.search(query, limit=1, scope=scope)), None)
    if taking_its_place and taking_its_place.score >= _SAME_MATTER:
        return replace(taking_its_place, score=older.score)
    best = found.result.hits[0]
    on_matter = best.clause.document_id == validity.replaced_by and best.score >= share_of(older.score, _AS_NEAR)
    return best if on_matter else None
