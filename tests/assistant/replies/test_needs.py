"""Several needs in one message are each answered, and what has no answer is said."""

from typing import Any

import pytest

from assistant.answer import Answer, BlockKind, Reason, Status
from assistant.question.history import USER, Turn
from assistant.question.needs import split_needs
from assistant.question.question import Reading
from assistant.retrieval.result import Lookup
from assistant.service import Assistant
from tests.closing import before_closing


def _heads(answer: Answer) -> list[str]:
    return [block.text for block in answer.blocks if block.kind is BlockKind.NAME and not block.citations]


def _cited(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.clause_id for citation in answer.citations))


@pytest.mark.parametrize(
    ("message", "cited"),
    [
        ("退休证怎么下载？另外第57条讲什么", ["harbin-66:19", "harbin-66:57"]),
        ("退休证和第57条", ["harbin-66:19", "harbin-66:57"]),
        ("1. 退休证怎么下载 2. 公司搬到外区怎么迁档案", ["harbin-66:19", "harbin-66:1"]),
        ("哈尔滨投标保证金能用保函吗？小额案件怎么快审？", ["harbin-66:47", "harbin-66:40"]),
        (
            "How do I get a first loan? Also, where can I print my retirement certificate?",
            ["anhui-2023-4:1.3", "harbin-66:19"],
        ),
    ],
)
def test_each_need_has_its_section(assistant: Assistant, message: str, cited: list[str]) -> None:
    answer = assistant.ask(message)
    assert answer.status is Status.ANSWERED
    assert _cited(answer) == cited
    assert [head[:2] for head in _heads(answer)] == ["1.", "2."]
    assert answer.unanswered == ()


def test_numbers_run_through_and_nothing_is_said_twice(assistant: Assistant) -> None:
    answer = assistant.ask("退休证怎么下载？另外小额案件怎么快审？另外投标保证金能用保函吗？")
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    notices = [block.text for block in answer.blocks if block.kind is BlockKind.NOTICE]
    assert len(notices) == len(set(notices)) > 0
    single = [assistant.ask(text) for text in ("退休证怎么下载？", "小额案件怎么快审？", "投标保证金能用保函吗？")]
    assert answer.confidence == min(one.confidence for one in single)


def test_a_need_without_an_answer_is_left_and_said(assistant: Assistant) -> None:
    answer = assistant.ask("退休证怎么下载？另外火星移民怎么报名")
    assert answer.status is Status.ANSWERED
    assert _cited(answer) == ["harbin-66:19"]
    assert answer.unanswered == ("火星移民怎么报名",)
    assert _heads(answer)[1] == "2. 火星移民怎么报名"
    assert before_closing(answer)[-1].kind is BlockKind.NOTICE


def test_more_than_four_are_left_over(assistant: Assistant) -> None:
    matters = ("退休证下载", "首贷", "小额案件快审", "投标保函", "破产管理人打分")
    answer = assistant.ask(" ".join(f"{number}、{matter}" for number, matter in enumerate(matters, 1)))
    assert len(_heads(answer)) == 4
    assert answer.unanswered == ("破产管理人打分",)
    assert "破产管理人打分" in before_closing(answer)[-1].text


@pytest.mark.parametrize(
    "message",
    [
        "首贷怎么申请？要多久？",
        "首贷怎么申请？另外，能享受贴息吗",
        "退休证去哪里下载？要带身份证吗？",
        "Who pays, and how much?",
    ],
)
def test_what_leans_on_the_first_question_is_one_matter(assistant: Assistant, message: str) -> None:
    assert _heads(assistant.ask(message)) == []


def test_where_nothing_is_answered_the_whole_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("火星移民怎么报名？另外怎么养恐龙？")
    assert (answer.status, answer.unanswered) == (Status.NO_ANSWER, ("火星移民怎么报名？", "怎么养恐龙？"))
    assert answer.reason in (Reason.NOT_IN_DOCUMENTS, Reason.OUT_OF_SCOPE)


def test_a_place_holds_for_the_needs_behind_it(assistant: Assistant) -> None:
    answer = assistant.ask("芜湖首贷怎么申请？另外小厂接电要花钱吗")
    assert _cited(answer) == ["anhui-2023-4:1.3", "anhui-2023-4:3.3"]
    other = assistant.ask("哈尔滨退休证怎么下载？另外芜湖首贷怎么申请？")
    assert _cited(other) == ["harbin-66:19", "anhui-2023-4:1.3"]


def test_the_conversation_and_the_language_hold_for_each(assistant: Assistant) -> None:
    history = [Turn(USER, "我在哈尔滨")]
    answer = assistant.ask("退休证怎么下载？另外小额案件怎么快审？", history=history)
    assert not any(block.text.startswith("以下是") for block in answer.blocks)
    english = assistant.ask("How do I get a first loan? Also, where can I print my retirement certificate?")
    assert english.language == "en"
    assert before_closing(english)[-1].text.startswith("The documents are in Chinese")
    assert english.text.count("The documents are in Chinese") == 1


def test_a_numbered_question_without_an_answer_is_not_answered_by_the_one_before(assistant: Assistant) -> None:
    answer = assistant.ask("1）破产管理人谁考核 2）空箱怎么预约 3）狗证怎么办")
    assert answer.unanswered == ("狗证怎么办",)


def test_what_is_wished_before_something_announced_is_a_need(assistant: Assistant) -> None:
    answer = assistant.ask("想给职工办企业年金，再顺便了解一下金融顾问", jurisdiction=["哈尔滨"])
    assert _cited(answer) == ["harbin-66:22", "harbin-66:26"]


def test_a_place_in_turn_asks_the_same_there(assistant: Assistant) -> None:
    answer = assistant.ask("芜湖怎么考评破产管理人？哈尔滨呢？")
    assert _cited(answer) == ["anhui-2023-4:3.6", "harbin-66:50"]


def test_what_cannot_be_a_need_by_its_words_is_not_looked_up(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    find, looked_up = assistant.find, list[str]()

    def counted(reading: Reading, **how: Any) -> Lookup:  # noqa: ANN401
        looked_up.append(reading.text)
        return find(reading, **how)

    monkeypatch.setattr(assistant, "find", counted)
    question = "芜湖解决企业困难的联席会多久开一回，谁来主持"
    assert len(split_needs(question)) == 2
    assert assistant.ask(question).status is Status.ANSWERED
    assert looked_up == [question]
