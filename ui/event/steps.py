"""The steps of a life event as a page shows them: each clause told once, those of the reader's place first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.composition.citations import address_of
from assistant.messages import Messages
from assistant.replies.validity import mark, not_in_force
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.label import number_in
from corpus.records.events import Event
from corpus.records.record import PlainRecord
from ui.clause.page import clause_url
from ui.document.narrowing import applies_in
from ui.event.elsewhere import Elsewhere


@dataclass(frozen=True, slots=True)
class StepClause:
    """A clause in a step."""

    clause: Clause
    record: PlainRecord | None
    url: str
    address: str
    number: str  # the same in short, for paper
    elsewhere: str  # that it is another place's; empty where it is not, or no place is asked for
    not_in_force: str
    told_in: int | None  # the earlier step that tells it


@dataclass(frozen=True, slots=True)
class EventStep:
    """A step, numbered from 1."""

    number: int
    name: str
    clauses: tuple[StepClause, ...]


def steps_of(
    event: Event, corpus: Corpus, words: Messages, day: date, *, place: str = "", elsewhere: Elsewhere | None = None
) -> tuple[EventStep, ...]:
    """The steps in order. With a `place`, `elsewhere` words what is not of it; without, nothing is said of that."""
    return tuple(_steps(event, corpus, words, day, place=place, elsewhere=elsewhere))


def _steps(
    event: Event, corpus: Corpus, words: Messages, day: date, *, place: str, elsewhere: Elsewhere | None
) -> Iterator[EventStep]:
    told: dict[str, int] = {}
    for number, step in enumerate(event.steps, 1):
        clauses = [corpus.clause(id_) for id_ in step.clauses]
        if place:
            clauses.sort(key=lambda clause: not applies_in(clause, place))
        shown = []
        for clause in clauses:
            document = corpus.document(clause.document_id)
            first = told.setdefault(clause.id, number)
            marked = mark(document.id, day, corpus, words)
            shown.append(
                StepClause(
                    clause=clause,
                    record=corpus.plain.get(clause.id),
                    url=clause_url(clause.id, words=words),
                    address=address_of(document, clause, words) + marked,
                    number=number_in(document, clause, words.code) + marked,
                    elsewhere=elsewhere.label(clause, place, words) if elsewhere and place else "",
                    not_in_force=not_in_force(document.id, day, corpus, words, clause),
                    told_in=first if first < number else None,
                )
            )
        yield EventStep(number, step.name if words.is_chinese else step.name_en, tuple(shown))
