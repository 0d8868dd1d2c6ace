"""Where in the life events a matter stands that somebody describes in their own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.service import Assistant
from corpus.clause import Clause
from corpus.records.events import Event, Step

_HITS = 3  # clauses whose steps are shown
MOST = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A step, numbered from 1, and the clause for which it was found."""

    event: Event
    number: int
    step: Step
    clause: Clause


def find_steps(question: str, assistant: Assistant) -> tuple[Found, ...]:
    """The first few steps that hold what is found for the question, best clause first; none where nothing fits.

    Raises InputError for a question that cannot be read.
    """
    lookup = assistant.look_up(question)
    if lookup.reading.refusal is not None:
        return ()
    found: dict[tuple[str, int], Found] = {}
    for hit in lookup.result.hits[:_HITS]:
        for one in _holding(hit.clause, assistant.services.events):
            found.setdefault((one.event.id, one.number), one)
    return tuple(found.values())[:MOST]


def events_of(clause: Clause, events: Sequence[Event]) -> tuple[Found, ...]:
    """The events that a clause belongs to, each with its first step that holds it."""
    found: dict[str, Found] = {}
    for one in _holding(clause, events):
        found.setdefault(one.event.id, one)
    return tuple(found.values())


def _holding(clause: Clause, events: Sequence[Event]) -> Iterator[Found]:
    for event in events:
        for number, step in enumerate(event.steps, 1):
            if clause.id in step.clauses:
                yield Found(event, number, step, clause)
