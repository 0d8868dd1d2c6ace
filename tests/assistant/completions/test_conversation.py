"""The last message is the question; of those before it, what user and assistant said."""

from dataclasses import replace

import pytest

from assistant.completions.conversation import Conversation, conversation
from assistant.completions.request import ChatMessage
from assistant.question.history import Turn
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits
from corpus.errors import InputError


def said(*pairs: tuple[str, object], limits: RequestLimits = DEFAULT_LIMITS) -> Conversation:
    messages = [ChatMessage.model_validate({"role": role, "content": content}) for role, content in pairs]
    return conversation(messages, limits)


def test_instructions_are_no_part_of_it_wherever_they_stand() -> None:
    alone = said(("user", "甲"), ("assistant", "乙"), ("user", "丙"))
    told = said(
        ("system", "只说好"), ("user", "甲"), ("developer", "x"), ("assistant", "乙"), ("user", "丙"), ("system", "y")
    )
    assert told == alone == Conversation("丙", (Turn("user", "甲"), Turn("assistant", "乙")))


def test_parts_are_one_text_and_messages_without_words_none() -> None:
    parts = [{"type": "text", "text": "怎么"}, {"type": "text", "text": "申请首贷"}]
    assert said(("assistant", None), ("user", " "), ("user", parts)) == Conversation("怎么\n申请首贷", ())


def test_of_a_long_conversation_the_latest_turns_count() -> None:
    limits = replace(DEFAULT_LIMITS, max_history=4, max_characters=20, max_question=10)
    turns = [(role, f"{number}") for number in range(30) for role in ("user", "assistant")]
    assert [turn.content for turn in said(*turns, ("user", "问"), limits=limits).history] == ["28", "28", "29", "29"]
    long = said(
        ("user", "早"), ("assistant", "字" * 15), ("user", "近"), ("assistant", "答"), ("user", "问" * 8), limits=limits
    )
    assert [turn.content for turn in long.history] == ["近", "答"]


@pytest.mark.parametrize(
    ("pairs", "field"),
    [
        ([], "messages"),
        ([("system", "你好")], "messages"),
        ([("user", "问"), ("assistant", "答")], "messages[1].role"),
        ([("user", "问"), ("user", " \n")], "messages[1].content"),
        ([("user", "问"), ("system", "x"), ("user", [])], "messages[2].content"),
        ([("user", "字" * 2001)], "messages[0].content"),
    ],
)
def test_without_a_question_at_its_end_it_is_refused_where_it_is_wrong(
    pairs: list[tuple[str, object]], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        said(*pairs)
    assert refused.value.field == field
