import pytest

from assistant.question.language import is_readable, language_of
from index.text.normalizer import normalize


@pytest.mark.parametrize(
    ("text", "language"),
    [("怎么申请首贷", "zh"), ("how do I get a loan", "en"), ("property 抵押 online 怎么 cancel", "zh"), ("66", "en")],
)
def test_one_chinese_character_makes_a_chinese_answer(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["26", "12345", "APP", "v1.0", "harbin-66:26", "?"])
@pytest.mark.parametrize("page", ["zh", "en"])
def test_what_shows_no_language_is_answered_in_that_of_the_page(text: str, page: str) -> None:
    assert language_of(text, page) == page


@pytest.mark.parametrize("text", ["what does 容缺办理 mean?", "What is 标准地", "the meaning of 保税", "explain 宗地"])
def test_an_english_question_about_a_chinese_word_is_answered_in_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", ["how do I renew 营业执照 and 许可证 in one go", "is 容缺办理 the same for a branch?"])
def test_english_words_around_chinese_names_are_english(text: str) -> None:
    assert language_of(text) == "en"
    assert language_of("how do I 换 the 执照 in 合肥 呢") == "zh"


def test_the_page_does_not_outweigh_the_question() -> None:
    assert language_of("第26条", "en") == "zh"
    assert language_of("who files the report", "zh") == "en"


@pytest.mark.parametrize("text", ["🙂🙂", "？？？", "……", "\u200b\u200b", "《》", "7?!"])
def test_what_holds_no_word_is_unreadable(text: str) -> None:
    assert not is_readable(normalize(text))


@pytest.mark.parametrize("text", ["12345", "26", "税", "How much?", "3条", "明白了吗"])
def test_a_word_or_a_number_to_look_up_is_readable(text: str) -> None:
    assert is_readable(normalize(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Is a 保函 accepted when I bid?", "en"),
        ("Where can I see the 绿地率 of my plot in 合肥", "en"),
        ("Wuhu 接电 fee 怎么算", "zh"),
        ("用 PDF 交材料", "zh"),
        ("how long does it take (《某市办法》第三条)", "en"),
    ],
)
def test_a_sentence_has_the_language_of_its_grammar(text: str, language: str) -> None:
    assert language_of(text, "zh") == language
