"""A question that names no place is answered per place: one city's rule is never given as if it were the asker's."""

from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from assistant.retrieval.result import RetrievalResult, share_of
from assistant.retrieval.retrieve import MAX_PLACES
from assistant.thresholds import Thresholds
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.places.gazetteer import NATIONAL, lies_within
from index.retriever import Hit

_MOST_JUDGED = 2 * MAX_PLACES  # of other places: an answer's time is bounded however many places are held


def is_local(clause: Clause) -> bool:
    """Whether it applies in some places and not in others, as far as is known."""
    return bool(clause.jurisdiction) and NATIONAL not in clause.jurisdiction


def answering_elsewhere(
    found: RetrievalResult, thresholds: Thresholds, answers: Callable[[Hit], bool]
) -> tuple[Hit, ...]:
    """For a question that names no place and no clause, the best hit of each other place that answers nearly as well.

    Best first, with the first hit at most MAX_PLACES; beside one that applies everywhere no more than one. None of a
    place above or below another's: a city's rule and its province's are no different places. `answers` says of a hit,
    for its own part, whether it answers; it is asked only of those whose scores are near the first's.
    """
    first = found.hits[0]
    if found.reading.references.ids or names_place(found):
        return ()
    most = MAX_PLACES if is_local(first.clause) else 2
    least = share_of(first.score, thresholds.near_elsewhere)
    cited, judged = [first], {first.clause.jurisdiction}
    for hit in takewhile(lambda hit: hit.score >= least, found.hits):
        where = hit.clause.jurisdiction
        if where in judged or any(same_ground(where, one.clause.jurisdiction) for one in cited):
            continue
        judged.add(where)
        if answers(hit):
            cited.append(hit)
        if len(cited) == most or len(judged) > _MOST_JUDGED:
            break
    return tuple(cited[1:])


def holds_only_for(found: RetrievalResult, cited: Sequence[Clause], corpus: Corpus) -> tuple[str, ...]:
    """The place of an answer to a question that names none, where the documents searched are of others too.

    None where the answer says so anyway: of several places, of the place left behind in the conversation, of which
    places have it, of a clause asked for by its number.
    """
    reading = found.reading
    if reading.references.ids or "which_place" in reading.intents:
        return ()
    if names_place(found) or found.candidate.abandoned_places:
        return ()
    where = {clause.jurisdiction for clause in cited}
    if len(where) > 1 or not all(map(is_local, cited)):
        return ()
    (only,) = where
    return () if set(_places_searched(found, corpus)) <= set(only) else only


def _places_searched(found: RetrievalResult, corpus: Corpus) -> Iterable[str]:
    ids = found.reading.documents
    if ids is None:
        return corpus.places
    named = (place for id_ in ids for clause in corpus.clauses_of(id_) for place in clause.jurisdiction)
    return filter(NATIONAL.__ne__, named)


def names_place(found: RetrievalResult) -> bool:
    """Whether the question, what was said before it, or the page's choice names a place."""
    return bool(found.places.covered or found.places.missing or found.places.strict)


def same_ground(one: Iterable[str], other: Sequence[str]) -> bool:
    """Whether a place of the one is a place of the other, or lies in it or above it."""
    return any(lies_within(a, b) or lies_within(b, a) for a in one for b in other)
