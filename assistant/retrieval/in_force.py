"""What holds comes first: a text that is not in force is cited only where no other one speaks of the matter."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Reason
from assistant.question.question import Reading
from assistant.question.recalled import Recalled
from assistant.retrieval.result import Lookup, share_of
from index.index import Index
from index.retriever import Hit, Scope

# Share of the score of a clause not in force: from which one of its successor is on the same matter, and from which one
# of any other text speaks of the matter too.
_OF_SUCCESSOR, _OF_OTHERS = 0.6, 0.8
_IN_ITS_PLACE = 0.25  # score of a clause of the successor for the words of an older one, from which it replaces that
_SEARCHED = (None, Reason.NOT_IN_DOCUMENTS, Reason.OUT_OF_SCOPE)


def in_force_first(reading: Reading, look_up: Callable[[Reading], Lookup], index: Index) -> Lookup:
    """What the texts in force say; where they do not speak of it, what one says that no longer is, or is not yet.

    What it is, a draft for example, is then told first. The text that replaced another one speaks for it, even where it
    says less: by the clause that has taken the place of the older one, or by its nearest. That the other is repealed is
    then told beside.
    """
    found = look_up(reading)
    named = reading.documents or reading.references.names_clause
    if named or reading.refusal or reading.in_force is None or found.reason not in _SEARCHED:
        return found
    others = frozenset(index.corpus.validities.set_aside(reading.law.as_of))
    every = look_up(replace(reading, admitted=reading.in_force | others)) if others else found
    first = every.first
    if first is None or first.document_id not in others:
        return found
    successor = index.corpus.validities.of(first.document_id, reading.law.as_of).replaced_by
    by_successor = found.first is not None and found.first.document_id == successor
    if found.reason is None and (by_successor or _is_near(found, every, _OF_OTHERS)):
        return found
    older = look_up(replace(reading, admitted=others))
    if older.reason is None and successor and (speaking := _in_place_of(older.result.hits[0], successor, index)):
        return _spoken_for(found, speaking, older)
    if by_successor and _is_near(found, every, _OF_SUCCESSOR):
        return replace(found, confidence=older.confidence, reason=None) if older.reason is None else found
    return replace(every, confidence=older.confidence, reason=older.reason)


def _is_near(found: Lookup, every: Lookup, share: float) -> bool:
    hits = found.result.hits
    return bool(hits) and hits[0].score >= share_of(every.result.hits[0].score, share)


def _in_place_of(older: Hit, successor: str, index: Index) -> Hit | None:
    """The clause of the text that replaced a clause's which is on the same matter; None where it has none."""
    (query,) = index.read([older.clause.text])
    nearest = next(iter(index.search(query, limit=1, scope=Scope(frozenset((successor,))))), None)
    return replace(nearest, score=older.score) if nearest and nearest.score >= _IN_ITS_PLACE else None


def _spoken_for(found: Lookup, speaking: Hit, older: Lookup) -> Lookup:
    """The look-up with the clause first that has taken the place of the older one, as sure as that answers."""
    hits = [speaking, *(hit for hit in found.result.hits if hit.clause is not speaking.clause)]
    recalled = Recalled(older.result.hits[0].clause.document_id, by_sum=False)
    reading = replace(found.reading, recalls=(*found.reading.recalls, recalled))
    return Lookup(replace(found.result, reading=reading, hits=hits), older.confidence, None)
