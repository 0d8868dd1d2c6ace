"""What holds comes first: a text that is not in force is cited only where no other one speaks of the matter."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Reason
from assistant.question.question import Reading
from assistant.question.recalled import Recalled
from assistant.retrieval.result import Judgement, Lookup, share_of
from corpus.validity import Standing
from index.index import Index
from index.retriever import Hit

_OF_OTHERS = 0.8  # share of the score of a clause not in force from which one of another text speaks of the matter too
_TO_COME = (Standing.NOT_YET, Standing.DRAFT)
_SEARCHED = (None, Reason.NOT_IN_DOCUMENTS, Reason.OUT_OF_SCOPE)


def in_force_first(reading: Reading, look_up: Callable[[Reading], Lookup], index: Index) -> Lookup:
    """What the texts in force say; where they do not speak of it, what one says that no longer is, or is not yet.

    What it is is then told first. The clause that has taken the place of a repealed one speaks for it, and so does the
    one whose place a text to come will take. A text to come and a draft are quoted only where it is sure that they
    speak of the matter, and nothing that holds does as well.
    """
    found = look_up(reading)
    if reading.documents or reading.references.names_clause or reading.refusal:
        return found
    if reading.in_force is None or found.reason not in _SEARCHED:
        return found
    return _beside_others(found, reading, look_up, index)


def _beside_others(found: Lookup, reading: Reading, look_up: Callable[[Reading], Lookup], index: Index) -> Lookup:
    """What the texts in force say, or what the others do."""
    as_of, corpus = reading.law.as_of, index.corpus
    others = frozenset(corpus.validities.set_aside(as_of))
    every = look_up(replace(reading, admitted=(reading.in_force or frozenset()) | others)) if others else found
    first = every.first
    if first is None or first.document_id not in others:
        return found
    holding = corpus.successions.document_in_place_of(first.document_id, as_of)
    by_holding = found.first is not None and found.first.document_id == holding
    if found.reason is None and (by_holding or _is_near(found, every, _OF_OTHERS)):
        return found
    is_to_come = corpus.validities.of(first.document_id, as_of).status in _TO_COME
    if is_to_come and every.reason is not None:
        return found
    other = look_up(replace(reading, admitted=others))
    if other.reason is None and (speaking := _in_place_of(other.result.hits[0], reading, index)):
        return _spoken_for(found, speaking, other)
    return replace(every, judge=other.judge)


def _is_near(found: Lookup, every: Lookup, share: float) -> bool:
    hits = found.result.hits
    return bool(hits) and hits[0].score >= share_of(every.result.hits[0].score, share)


def _in_place_of(hit: Hit, reading: Reading, index: Index) -> Hit | None:
    """The clause that holds in the place of one that does not, as near as that; None where there is none."""
    clause = index.corpus.successions.clause_in_place_of(hit.clause, reading.law.as_of)
    return Hit(clause, hit.score) if clause else None


def _spoken_for(found: Lookup, speaking: Hit, older: Lookup) -> Lookup:
    """The look-up with the clause first that has taken the place of the older one, as sure as that answers."""
    hits = [speaking, *(hit for hit in found.result.hits if hit.clause is not speaking.clause)]
    recalled = Recalled(older.result.hits[0].clause.document_id, by_sum=False)
    reading = replace(found.reading, recalls=(*found.reading.recalls, recalled))
    return Lookup(replace(found.result, reading=reading, hits=hits), lambda: Judgement(older.confidence, None))
