"""Whether a ready-made question is answered: worked out once."""

from collections.abc import Callable

import pytest

from assistant.service import Assistant
from ui.chat.chat import Chat
from ui.chat.ready_made import AnsweredQuestions


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every question that the assistant is asked, in order."""
    asked: list[str] = []
    for name in ("ask", "look_up"):
        method = getattr(Assistant, name)

        def listen(self: Assistant, question: str, _method: Callable[..., object] = method, **given: object) -> object:
            asked.append(question)
            return _method(self, question, **given)

        monkeypatch.setattr(Assistant, name, listen)
    return asked


def test_a_question_is_asked_once_for_each_place(assistant: Assistant, asked: list[str]) -> None:
    is_answered = AnsweredQuestions(assistant)
    for _ in range(3):
        assert is_answered("退休证可以自己在网上下载吗？")
        assert is_answered("退休证可以自己在网上下载吗？", ("哈尔滨",))
        assert not is_answered("今晚吃什么")
    assert asked == ["退休证可以自己在网上下载吗？"] * 2 + ["今晚吃什么"]


def test_an_answer_that_was_given_before_asks_for_nothing_else(assistant: Assistant, asked: list[str]) -> None:
    chat = Chat(assistant, lambda *_: None)
    first = chat.ask("房贷还清后怎么注销抵押", "")
    assert first.follow_ups
    asked.clear()
    assert chat.ask("房贷还清后怎么注销抵押", "").follow_ups == first.follow_ups
    assert asked == ["房贷还清后怎么注销抵押"]


def test_opening_the_page_asks_nothing(assistant: Assistant, asked: list[str]) -> None:
    chat = Chat(assistant, lambda *_: None)
    assert len(asked) == len(set(asked))
    asked.clear()
    assert chat.events["zh"]
    assert asked == []
