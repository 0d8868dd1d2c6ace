import pytest

from assistant.answer import Reason
from assistant.question.language import language_of, without_question


@pytest.mark.parametrize(
    ("text", "language"),
    [("怎么申请首贷", "zh"), ("how do I get a loan", "en"), ("property 抵押 online 怎么 cancel", "zh"), ("66", "en")],
)
def test_one_chinese_character_makes_a_chinese_answer(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "你好",
        "您好！",
        "谢谢啦",
        "Hello!",
        "thank you very much",
        "在吗？",
        "早上好，您好",
        "OK 👌",
        "好的谢谢您了",
        "好",
    ],
)
def test_a_greeting_is_a_greeting(text: str) -> None:
    assert without_question(text) is Reason.GREETING


@pytest.mark.parametrize("text", ["🙂🙂", "？？？", "……", "\u200b\u200b", "《》"])
def test_what_holds_no_word_is_unreadable(text: str) -> None:
    assert without_question(text) is Reason.UNREADABLE


@pytest.mark.parametrize(
    "text",
    [
        "你好，怎么申请首贷",
        "谢谢，那退休证呢",
        "hello, how do I register a company",
        "12345",
        "税",
        "How much?",
        "明白了吗",
    ],
)
def test_politeness_around_a_question_leaves_the_question(text: str) -> None:
    assert without_question(text) is None


def test_a_long_row_of_greetings_before_a_question_is_read_in_one_pass() -> None:
    # With a pattern that backtracks, this would not end.
    assert without_question("你好" * 5000 + "贷") is None
