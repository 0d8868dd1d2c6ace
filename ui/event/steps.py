"""The steps of a life event as a page shows them: those that hold in the reader's place first, and so in each step."""

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
    told_in: str  # what the earlier step is called that holds it too; empty where none does
    told_at: int | None  # the number of that step in the record


@dataclass(frozen=True, slots=True)
class EventStep:
    """A step, numbered from 1 as it stands in the record: its anchor is the same for readers of every place."""

    number: int
    badge: str  # 第2步, 情形2
    name: str
    is_elsewhere: bool  # that none of its clauses applies where the reader is; False where no place is asked for
    clauses: tuple[StepClause, ...]


def steps_of(
    event: Event, corpus: Corpus, words: Messages, day: date, *, place: str = "", elsewhere: Elsewhere | None = None
) -> tuple[EventStep, ...]:
    """The steps in order. With a `place`, `elsewhere` words what is not of it; without, nothing is said of that.

    Steps of which nothing applies in the place come after the others and keep their numbers.
    """
    return tuple(_steps(event, corpus, words, day, place=place, elsewhere=elsewhere))


def step_name(event: Event, number: int, words: Messages) -> str:
    """What a step is called: by its place in the order, or as a case where there is no order."""
    return words("event.step" if event.ordered else "event.case", number=number)


def _steps(
    event: Event, corpus: Corpus, words: Messages, day: date, *, place: str, elsewhere: Elsewhere | None
) -> Iterator[EventStep]:
    def applies(id_: str) -> bool:
        return not place or applies_in(corpus.clause(id_), place)

    told: dict[str, int] = {}
    recorded = sorted(enumerate(event.steps, 1), key=lambda one: not any(map(applies, one[1].clauses)))
    for number, step in recorded:
        shown = []
        for id_ in sorted(step.clauses, key=lambda id_: not applies(id_)):
            clause = corpus.clause(id_)
            document = corpus.document(clause.document_id)
            first = told.setdefault(id_, number)
            marked = mark(document.id, day, corpus, words)
            shown.append(
                StepClause(
                    clause=clause,
                    record=corpus.plain.get(id_),
                    url=clause_url(id_, words=words),
                    address=address_of(document, clause, words) + marked,
                    number=number_in(document, clause, words.code) + marked,
                    elsewhere=elsewhere.label(clause, place, words) if elsewhere and place else "",
                    not_in_force=not_in_force(document.id, day, corpus, words, clause),
                    told_in=step_name(event, first, words) if first != number else "",
                    told_at=first if first != number else None,
                )
            )
        name, badge = step.name if words.is_chinese else step.name_en, step_name(event, number, words)
        yield EventStep(number, badge, name, not any(map(applies, step.clauses)), tuple(shown))
