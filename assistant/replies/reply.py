"""What a responder is given and what it gives back.

A responder is asked in turn, before a message is looked up as an ordinary question, whether the message is of its kind;
the first reply stands. It sees the message as read and says in blocks what there is to say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Audience, Block, BlockKind, Choice, Citation, Reason, Related, Status
from assistant.messages import Messages
from assistant.question.history import Turn
from assistant.question.question import Reading
from assistant.retrieval.result import Lookup


@dataclass(frozen=True, slots=True)
class Message:
    """One message in its conversation, as the caller gave it and as it was read."""

    reading: Reading
    words: Messages  # of the language to answer in
    limit: int  # related clauses at most
    look_up: Callable[[], Lookup]  # what an ordinary question of these words finds; looked up when first asked for
    history: Sequence[Turn] = ()  # oldest first
    jurisdiction: Sequence[str] = ()  # places chosen beforehand
    documents: Sequence[str] = ()
    audience: Audience = Audience.CITIZEN
    is_part: bool = False  # of a longer message, whose reply says at its end whom to turn to


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said; the laws of an Answer hold for it."""

    status: Status
    reason: Reason | None
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    unanswered: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    confidence: float | None = None  # that the documents answer, 0..1; None: as sure as that this is a reply
    matters: tuple[str, ...] | None = None  # clauses whose channels it ends with; None: the first that it cites


Responder = Callable[[Message], Reply | None]  # None: no message of its kind


def said(reason: Reason, *texts: str, call: str = "") -> Reply:
    """A reply of notices, and perhaps whom to turn to, that cites nothing."""
    blocks = [Block(BlockKind.NOTICE, text) for text in texts]
    return Reply(Status.NO_ANSWER, reason, (*blocks, *([Block(BlockKind.CALL, call)] if call else ())))
