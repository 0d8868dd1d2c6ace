"""What is said where the operator has switched answers off: that it is so, and whom to call. Danger comes first."""

import uuid

from assistant.answer import Answer, Block, BlockKind, Reason, Status, Understood
from assistant.composition.text import render_text
from assistant.messages import messages
from assistant.question.danger import danger_in
from corpus.validity import today
from index.text.normalizer import normalize


def unavailable(question: str, language: str, index_version: str) -> Answer:
    """The answer to a question that nobody looks up, in this language; the numbers to call to one in danger."""
    words, danger = messages(language), danger_in(normalize(question))
    if danger:
        numbers = "listen" if danger == "wants_to_die" else "call"
        said, call, reason = words(f"emergency.{danger}"), words(f"emergency.{numbers}"), Reason.EMERGENCY
    else:
        said, call, reason = words("switches.answers_off"), words("switches.call"), Reason.UNAVAILABLE
    blocks = (Block(BlockKind.NOTICE, said), Block(BlockKind.CALL, call))
    return Answer(
        id=uuid.uuid4().hex,
        question=question,
        language=language,
        status=Status.NO_ANSWER,
        reason=reason,
        text=render_text(blocks, words),
        citations=(),
        related=(),
        confidence=0.0,
        understood=Understood(""),
        index_version=index_version,
        blocks=blocks,
        as_of=today().isoformat(),
    )
