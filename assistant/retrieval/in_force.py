"""What holds comes first: a text that is not in force is cited only where no other one speaks of the matter."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Reason
from assistant.question.question import Reading
from assistant.retrieval.result import Lookup, share_of
from corpus.corpus import Corpus
from corpus.validity import Standing

# Share of the score of a clause not in force: from which one of its successor is on the same matter, and from which one
# of any other text speaks of the matter too.
_OF_SUCCESSOR, _OF_OTHERS = 0.6, 0.8
_SEARCHED = (None, Reason.NOT_IN_DOCUMENTS, Reason.OUT_OF_SCOPE)


def in_force_first(reading: Reading, look_up: Callable[[Reading], Lookup], corpus: Corpus) -> Lookup:
    """What the texts in force say; where they do not speak of it, what one says that no longer is, or is not yet.

    A draft never answers by itself. The text that replaced another one speaks for it, even where it says less.
    """
    found = look_up(reading)
    named = reading.documents or reading.references.names_clause
    if named or reading.refusal or reading.in_force is None or found.reason not in _SEARCHED:
        return found
    set_aside = corpus.validities.set_aside(reading.law.as_of)
    others = frozenset(id_ for id_, standing in set_aside.items() if standing is not Standing.DRAFT)
    every = look_up(replace(reading, admitted=reading.in_force | others)) if others else found
    first = every.first
    if first is None or first.document_id not in others:
        return found
    if _is_replaced(every, found, corpus):
        older = look_up(replace(reading, admitted=others)) if found.reason else found
        return replace(found, confidence=older.confidence, reason=None) if older.reason is None else found
    if found.reason is None and _is_near(found, every, _OF_OTHERS):
        return found
    beside = look_up(replace(reading, admitted=others))
    return replace(every, confidence=beside.confidence, reason=beside.reason)


def _is_replaced(every: Lookup, found: Lookup, corpus: Corpus) -> bool:
    """Whether the text that replaced that of the nearest clause answers, or has one on the same matter."""
    older = every.result.hits[0].clause.document_id
    successor = corpus.validities.of(older, found.reading.law.as_of).replaced_by
    if found.first is None or found.first.document_id != successor:
        return False
    return found.reason is None or _is_near(found, every, _OF_SUCCESSOR)


def _is_near(found: Lookup, every: Lookup, share: float) -> bool:
    hits = found.result.hits
    return bool(hits) and hits[0].score >= share_of(every.result.hits[0].score, share)
