"""The ways to take a question, in the order in which they are preferred, and the rule that chooses.

A question is taken in its conversation first. One that is answered clearly better by itself, in the place spoken of or,
where the documents say nothing for that place, anywhere, is taken so.
"""

from collections.abc import Callable, Sequence

from assistant.question.places import PlaceFilter
from assistant.question.question import Reading
from assistant.retrieval.result import Candidate, RetrievalResult
from assistant.thresholds import Thresholds
from index.retriever import Scope


def candidates(reading: Reading) -> list[Candidate]:
    """At least one, and without history no more."""
    query = (reading.refers_back and reading.in_context) or reading.alone
    joined = reading.in_context if query is reading.alone else None
    found = [Candidate(query, joined, reading.places, _scope(reading, reading.places))]
    if joined is not None:
        found.append(Candidate(query, None, reading.places, found[0].scope))
        if reading.own_places != reading.places:
            left = reading.places.covered or reading.places.missing
            found.append(Candidate(query, None, reading.own_places, _scope(reading, reading.own_places), left))
    if reading.unplaced is not None:
        found.append(Candidate(reading.unplaced, None, reading.places, found[0].scope, same_question=True))
    return found


def _scope(reading: Reading, places: PlaceFilter) -> Scope:
    return Scope(reading.admitted, places.jurisdictions, frozenset(places.covered))


def choose(
    found: Sequence[RetrievalResult],
    confidence: Callable[[RetrievalResult], float],
    threshold: float,
    thresholds: Thresholds,
) -> tuple[RetrievalResult, float]:
    """The first with its confidence, unless a later one is clearly surer.

    One for other places counts only where this place has no answer. `threshold` is the confidence from which there is
    an answer. Later results are judged only as far as needed.
    """
    first, *others = found
    sure = confidence(first)
    if sure >= threshold:
        others = [one for one in others if not one.candidate.same_question]
    least = max(thresholds.stands_alone, sure + thresholds.stands_alone_margin)
    for other in others:
        alone = sure if other.query is first.query and other.places == first.places else confidence(other)
        if alone >= (threshold if other.candidate.same_question else least) and alone > sure:
            return other, alone
        if alone >= threshold:
            break
    return first, sure
