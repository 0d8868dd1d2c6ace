"""A hand-over as the pages show it: times as said in China, clauses by their names, numbers ready to be dialled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assistant.composition.answer_blocks import name_of
from assistant.handover.store import Handover
from assistant.messages import Messages
from assistant.question.history import USER
from corpus.clock import CHINA
from corpus.corpus import Corpus
from corpus.label import label
from ui.clause.page import clause_url


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause that was cited: its plain name, its address, its page."""

    id: str
    name: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class TurnView:
    """What one side said; `clauses` are those that it cited."""

    is_citizens: bool
    text: str
    clauses: tuple[ClauseView, ...]


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A conversation; `facts` are short lines about it, `question` and `place` what a look-up of it begins with."""

    code: str | None
    question: str
    place: str
    facts: tuple[str, ...]
    wanted: str | None
    unanswered: tuple[str, ...]
    clauses: tuple[ClauseView, ...]
    turns: tuple[TurnView, ...]


@dataclass(frozen=True, slots=True)
class CallView:
    """A call that is owed; a number is None where the key that encrypted it is lost."""

    id: str
    number: str | None
    dialled: str
    matter: str | None
    facts: tuple[str, ...]


def handover_view(one: Handover, corpus: Corpus, words: Messages) -> HandoverView:
    """A conversation in the language of the page."""
    said = one.conversation
    facts = [words("handover.handed", **when(one.created, words))]
    if said.place:
        facts.append(words("handover.place", place=words.place(said.place)))
    if one.call:
        facts.append(words("handover.owed", day=words.day(one.call.day)))
    if one.readings and one.read:
        facts.append(words("handover.readings", count=one.readings, **when(one.read, words)))
    return HandoverView(
        f"{one.code[:3]} {one.code[3:]}" if one.code else None,
        next(iter(said.questions), said.wanted or ""),
        said.place if said.place in corpus.places else "",
        tuple(facts),
        said.wanted,
        said.unanswered,
        _clauses(said.clauses, corpus, words),
        tuple(
            TurnView(turn.role == USER, turn.content, _clauses(turn.clause_ids, corpus, words)) for turn in said.turns
        ),
    )


def call_view(one: Handover, words: Messages) -> CallView:
    """A line of the list in the language of the page."""
    call = one.call
    assert call is not None, "only calls that are owed are listed"
    facts = [
        words("handover.since", **when(one.created, words)),
        words("handover.list_of", day=words.day(call.day)),
        words("handover.number_until", day=words.day(_day(call.until))),
    ]
    if call.tries:
        facts.append(words("handover.tries", count=call.tries))
    telephone = call.telephone
    return CallView(
        one.id,
        telephone.grouped if telephone else None,
        telephone.dialled if telephone else "",
        one.conversation.matter,
        tuple(facts),
    )


def when(moment: datetime, words: Messages) -> dict[str, str]:
    """The day and the time of day in China, for a message."""
    there = moment.astimezone(CHINA)
    return {"day": words.day(there.date()), "time": f"{there:%H:%M}"}


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def _clauses(ids: Sequence[str], corpus: Corpus, words: Messages) -> tuple[ClauseView, ...]:
    """Those that there still are."""
    found = []
    for id_ in ids:
        if clause := corpus.clause_of(id_):
            record = corpus.plain.get(clause.id)
            address = label(corpus.document(clause.document_id), clause, language=words.code)
            found.append(
                ClauseView(
                    clause.id,
                    name_of(record, words) if record else clause.title,
                    address,
                    clause_url(clause.id, words=words),
                )
            )
    return tuple(found)
