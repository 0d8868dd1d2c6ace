"""The same question within a minute is worked out once, and still gets an answer of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.answer import Audience
from assistant.question.history import Turn
from assistant.recent import Recent
from assistant.service import Assistant
from corpus.errors import InputError

QUESTION = "首贷户贷款贴息怎么申请"
MORNING = datetime(2026, 12, 1, 9, 30, 5, tzinfo=UTC)


class Minutes:
    """A clock that is put forward by hand, and what is worked out by it."""

    def __init__(self) -> None:
        self.moment = MORNING
        self.worked: list[str] = []

    def now(self) -> datetime:
        return self.moment

    def work(self, result: str) -> str:
        self.worked.append(result)
        return result


@pytest.fixture
def counted(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> tuple[Assistant, list[str]]:
    """An assistant that keeps what is recent, and the questions that it works on."""
    kept = Assistant(assistant.index, replace(assistant.settings, recent=8), now=lambda: MORNING)
    worked: list[str] = []

    def counting(method: Callable[..., Any]) -> Callable[..., Any]:
        def called(asked: str, **how: Any) -> Any:  # noqa: ANN401  (as the method's)
            worked.append(asked)
            return method(asked, **how)

        return called

    for name in ("ask", "search"):
        monkeypatch.setattr(kept, name, counting(getattr(kept, name)))
    return kept, worked


def test_the_same_is_worked_out_once_in_a_minute() -> None:
    minutes = Minutes()
    recent = Recent(4, minutes.now)
    assert recent.get("a", lambda: minutes.work("first")) == ("first", False)
    assert recent.get("a", lambda: minutes.work("again")) == ("first", True)
    minutes.moment += timedelta(seconds=54)
    assert recent.get("a", lambda: minutes.work("again")) == ("first", True)
    minutes.moment += timedelta(seconds=1)
    assert recent.get("a", lambda: minutes.work("next minute")) == ("next minute", False)
    assert minutes.worked == ["first", "next minute"]


def test_no_more_is_kept_than_may_be_and_nothing_where_nothing_may() -> None:
    minutes = Minutes()
    two, none = Recent(2, minutes.now), Recent(0, minutes.now)
    for asked in ("a", "b", "c"):
        two.get(asked, lambda: minutes.work("first"))
    assert two.get("a", lambda: minutes.work("again")) == ("again", False)
    assert [none.get("a", lambda: minutes.work("none"))[1] for _ in range(2)] == [False, False]


def test_what_took_longer_than_the_minute_is_not_kept_for_the_next() -> None:
    minutes = Minutes()
    recent = Recent(4, minutes.now)

    def slow() -> str:
        minutes.moment += timedelta(minutes=1)
        recent.get("b", lambda: minutes.work("somebody else"))
        return minutes.work("slow")

    recent.get("a", slow)
    assert recent.get("a", lambda: minutes.work("again")) == ("again", False)


def test_who_asks_the_same_gets_the_same_under_an_id_of_its_own(counted: tuple[Assistant, list[str]]) -> None:
    assistant, worked = counted
    first, second = assistant.recent.ask(QUESTION), assistant.recent.ask(QUESTION)
    assert worked == [QUESTION]
    assert replace(second, id=first.id, timings_ms=first.timings_ms) == first
    assert first.id != second.id
    assert all(assistant.proofs.is_answer_id(one.id) for one in (first, second))
    assert second.timings_ms["total"] > 0


def test_whoever_asks_otherwise_gets_an_answer_of_his_own(counted: tuple[Assistant, list[str]]) -> None:
    assistant, worked = counted
    asked = [
        assistant.recent.ask(QUESTION),
        assistant.recent.ask(QUESTION, jurisdiction=["合肥"]),
        assistant.recent.ask(QUESTION, audience=Audience.AGENT),
        assistant.recent.ask(QUESTION, limit=1),
        assistant.recent.ask(QUESTION, history=[Turn("user", "合肥")]),
        assistant.recent.ask(QUESTION, history=[Turn("user", "合肥")]),
    ]
    assert len(worked) == len(asked)
    searched = [assistant.recent.found(QUESTION, lambda: assistant.search(QUESTION)[0].clause.id) for _ in range(2)]
    assert searched[0] == searched[1]
    assert len(worked) == len(asked) + 1


def test_a_bad_question_is_refused_each_time(counted: tuple[Assistant, list[str]]) -> None:
    assistant, _ = counted
    for _ in range(2):
        with pytest.raises(InputError):
            assistant.recent.ask(" ")
