"""An answer to be kept, and the moment at which it is."""

from dataclasses import replace
from datetime import UTC, datetime

from assistant.answer import Answer, Citation, Reason, Status, Understood

START = datetime(2026, 11, 22, 8, tzinfo=UTC)
CITED = Citation(1, "harbin-66:26", None, "出处", "标题", ("哈尔滨",), "原文", 0, 2, 0.9)


class Clock:
    """A moment that passes when the test says so."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def answer_to(question: str, reason: Reason | None = None, answer_id: str = "a" * 32) -> Answer:
    return Answer(
        id=answer_id,
        question=question,
        language="zh",
        status=Status.NO_ANSWER if reason else Status.ANSWERED,
        reason=reason,
        text="文字",
        blocks=(),
        citations=() if reason else (CITED, replace(CITED, number=2, part_id="harbin-66:26.1")),
        related=(),
        confidence=0.5,
        understood=Understood(question),
        index_version="v1",
    )
