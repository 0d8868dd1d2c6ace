"""What responders that look other questions up want of an assistant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Protocol

from assistant.answer import Answer
from assistant.confidence.judge import Judge
from assistant.question.history import Turn
from assistant.question.question import Law, Reading
from assistant.replies.reply import Message
from assistant.retrieval.result import Lookup
from assistant.settings import Settings
from assistant.thresholds import Thresholds
from corpus.corpus import Corpus
from index.index import Index


class LooksUp(Protocol):
    """An index with the look-ups over it, which raise InputError for bad input."""

    index: Index

    def look_up(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        jurisdiction: Sequence[str] = (),
        documents: Sequence[str] = (),
        law: Law | None = None,
    ) -> Lookup: ...


class Asks(LooksUp, Protocol):
    """The same in two steps, with what judges the look-ups, and with answers to one question of a message."""

    corpus: Corpus
    settings: Settings
    thresholds: Thresholds
    judge: Judge

    @property
    def find(self) -> Callable[[Reading], Lookup]: ...

    def read(
        self,
        field: str,
        text: str,
        *,
        history: Sequence[Turn],
        jurisdiction: Sequence[str],
        documents: Sequence[str],
        law: Law | None = None,
    ) -> Reading: ...

    def answer_alone(self, message: Message, found: Lookup, history: Sequence[Turn]) -> Answer: ...


def look_up_beside(asker: LooksUp, message: Message, question: str, history: Sequence[Turn] = ()) -> Lookup:
    """What another question finds, limited to the places, documents and day of a message."""
    law = message.reading.law
    return asker.look_up(question, history, jurisdiction=message.jurisdiction, documents=message.documents, law=law)


@dataclass(frozen=True, slots=True)
class Asked:
    """Another question, read; what it finds is looked up when first asked for, for often the reading decides."""

    reading: Reading
    look_up: Callable[[], Lookup]


def read_beside(asker: Asks, message: Message, question: str, history: Sequence[Turn] = ()) -> Asked:
    """Another question, limited as in `look_up_beside`."""
    reading = asker.read(
        "question",
        question,
        history=history,
        jurisdiction=message.jurisdiction,
        documents=message.documents,
        law=message.reading.law,
    )
    return Asked(reading, cache(partial(asker.find, reading)))
