"""What each of several places says on a matter: the clause that answers for it, or that nothing does.

A place is asked for by itself, so that what a city rules and what its province rules for it are told apart. Nothing of
one place stands in the column of another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Audience, Citation
from assistant.composition.answer_blocks import gist_of
from assistant.messages import Messages
from assistant.question.places import without_places
from assistant.replies.validity import not_in_force
from assistant.retrieval.result import Lookup
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.places.gazetteer import NATIONAL, lies_within, load_gazetteer
from corpus.records.record import PlainRecord
from index.retriever import Hit
from ui.document.narrowing import applies_in

MOST_PLACES = 6  # columns; each is a look-up of its own
_JUDGED = 4  # hits of a place that are looked at where the first does not answer for it


@dataclass(frozen=True, slots=True)
class Found:
    """The clause that answers for a place, with what of it speaks to the question."""

    clause: Clause
    document: Document
    record: PlainRecord | None
    gist: str  # of the one point that is quoted, else of the whole clause; empty where nobody has written it
    citations: tuple[Citation, ...]
    own: bool  # ruled for the place itself, not for one that holds it, the country, or for nobody says where
    not_in_force: str  # that its document does not hold; empty where it does
    elsewhere: tuple[str, ...]  # places whose practice its quoted words describe, the column's not among them


@dataclass(frozen=True, slots=True)
class Column:
    """One place; `same_as` is the earlier column that shows the very clause already."""

    place: str
    found: Found
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the places say that were looked at, and the places of the documents that were not."""

    columns: tuple[Column, ...]  # of places that say something
    silent: tuple[str, ...] = ()  # places that were looked at and say nothing
    left: tuple[str, ...] = ()


def compare(question: str, places: Sequence[str], assistant: Assistant, words: Messages) -> Comparison:
    """What these places say, or where none are named those of the question, or else all that say something.

    Raises InputError for a question that cannot be read. Places the gazetteer does not know are passed over.
    """
    known = tuple(dict.fromkeys(place for one in places if (place := _named(one))))
    asked = known or _of_question(question, assistant.corpus)
    matter = without_places(question)
    wanted = (asked or _promising(matter, assistant))[:MOST_PLACES]
    said = {place: _found(matter, place, assistant, words) for place in wanted}
    columns = [Column(place, found) for place, found in said.items() if found]
    columns.sort(key=lambda column: not column.found.own)
    return Comparison(
        tuple(_without_repetition(columns)),
        silent=tuple(place for place, found in said.items() if found is None),
        left=tuple(place for place in assistant.corpus.places if place not in said),
    )


def _named(name: str) -> str:
    """The place of this name as the documents call it; nothing for a name that is none, or that several share."""
    found = load_gazetteer().named(name)
    return found[0].name if len(found) == 1 else ""


def _of_question(question: str, corpus: Corpus) -> tuple[str, ...]:
    """The places that the question itself sets side by side: two or more."""
    named = [place.name for place in load_gazetteer().find(question)]
    return tuple(named) if len(named) > 1 and any(name in corpus.places for name in named) else ()


def _promising(matter: str, assistant: Assistant) -> tuple[str, ...]:
    """All places of the documents where they are few; of many those whose clauses are found first."""
    held = assistant.corpus.places
    if len(held) <= MOST_PLACES:
        return held
    hits = assistant.look_up(matter).result.hits
    return tuple(dict.fromkeys(place for hit in hits for place in hit.clause.jurisdiction if place != NATIONAL))


def _found(matter: str, place: str, assistant: Assistant, words: Messages) -> Found | None:
    lookup = assistant.look_up(matter, jurisdiction=[place])
    hit = _answering(lookup, place, assistant)
    if hit is None:
        return None
    clause, corpus = hit.clause, assistant.corpus
    _, citations = assistant.composer.quoting(lookup.result, [hit], words, Audience.CITIZEN)
    point = citations[0].part_id if len(citations) == 1 else None
    record = corpus.plain.get(point or clause.id)
    return Found(
        clause=clause,
        document=corpus.document(clause.document_id),
        record=corpus.plain.get(clause.id),
        gist=gist_of(record, words) if record else "",
        citations=citations,
        own=place in clause.jurisdiction,
        not_in_force=not_in_force(clause.document_id, lookup.reading.law.as_of, corpus, words, clause),
        elsewhere=_elsewhere(citations, place),
    )


def _answering(lookup: Lookup, place: str, assistant: Assistant) -> Hit | None:
    """The first hit that applies in the place and answers: a province is not given what one of its cities rules."""
    if lookup.reading.refusal is not None or lookup.result.place_not_covered:
        return None
    sure = assistant.thresholds.second_place
    for position, hit in enumerate(lookup.result.hits[:_JUDGED]):
        answers = lookup.reason is None if not position else assistant.judge.confidence(lookup.result, hit) >= sure
        if answers and applies_in(hit.clause, place):
            return hit
    return None


def _elsewhere(citations: Sequence[Citation], place: str) -> tuple[str, ...]:
    """Places that the quotes name, none of which is the place or holds it; none where they name the place too."""
    named = [one.name for citation in citations for one in load_gazetteer().find(citation.quote)]
    if place in named:
        return ()
    return tuple(dict.fromkeys(name for name in named if name != NATIONAL and not lies_within(place, name)))


def _without_repetition(columns: Sequence[Column]) -> Iterator[Column]:
    shown: dict[str, str] = {}
    for column in columns:
        same = shown.setdefault(column.found.clause.id, column.place)
        yield Column(column.place, column.found, same if same != column.place else "")
