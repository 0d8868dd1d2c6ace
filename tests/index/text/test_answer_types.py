"""The types of answer_types.toml test themselves; what stands here beside that are laws of all of them."""

import tomllib
from importlib import resources

import pytest

from assistant.messages import languages, messages
from index.text.answer_types import answer_types, contains, expected_types, missing_types
from index.text.normalizer import normalize

TABLE = tomllib.loads(resources.files("index.text").joinpath("answer_types.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TABLE)
def test_every_example_matches_or_does_not(name: str) -> None:
    row, [one] = TABLE[name], [one for one in answer_types() if one.name == name]
    assert [text for text in row["match"] if one not in expected_types(normalize(text))] == []
    assert [text for text in row["no_match"] if one in expected_types(normalize(text))] == []
    assert [text for text in row["held"] if not contains(one, normalize(text))] == []
    assert [text for text in row["not_held"] if contains(one, normalize(text))] == []
    assert all(row[key] for key in ("match", "no_match", "held", "not_held"))


def names(question: str) -> set[str]:
    return {one.name for one in expected_types(normalize(question))}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("贷款的年利率是百分之几", {"rate"}),
        ("最多能贷多少钱", {"amount"}),
        ("办这个要交多少钱", {"amount", "fee"}),
        ("窗口的电话是多少", {"telephone"}),
        ("周末上不上班", {"hours"}),
        ("多久能办完", {"duration"}),
        ("要带哪些材料", {"materials"}),
        ("局长叫什么", {"person"}),
        ("低压接入标准是多少千瓦", {"count"}),
        ("how many steps are there", {"count"}),
        ("how long does it take", {"duration"}),
        ("what is the interest rate", {"rate"}),
        ("怎么办理", set()),
        ("可以网上办吗", set()),
        ("what is this about", set()),
    ],
)
def test_the_type_is_told_by_how_people_ask(question: str, expected: set[str]) -> None:
    assert names(question) == expected


def test_what_a_story_mentions_without_asking_for_it_is_not_asked_for() -> None:
    assert names("去年公司被罚款三千元，一直没有交，现在想注销，怎么办理手续") == set()
    assert names("去年公司出了事，一直没有处理，现在问一下，会怎么处罚") == {"penalty"}


@pytest.mark.parametrize(
    ("question", "held", "lacking"),
    [
        ("多久能办完", "3个工作日内办结", "及时办结"),
        ("多久能办完", "当场办结", "尽快办理"),
        ("电话是多少", "咨询电话87654321", "拨打热线咨询"),
        ("利率是多少", "按3.45%执行", "按规定执行"),
        ("是多少千瓦", "提高至200千瓦", "提高接入标准"),
        ("有几种", "分为甲、乙、丙三类", "分为多类"),
    ],
)
def test_a_text_holds_a_type_or_lacks_it(question: str, held: str, lacking: str) -> None:
    expected = expected_types(normalize(question))
    assert expected
    assert missing_types(expected, normalize(held)) == ()
    assert missing_types(expected, normalize(lacking)) == expected
    assert all(contains(one, normalize(held)) for one in expected)


def test_every_type_has_its_words_in_every_language() -> None:
    for code in languages():
        for name in ("count", *(one.name for one in answer_types())):
            assert messages(code)(f"answer_type.{name}")


def test_no_type_is_asked_for_by_a_blank_text_nor_stated_by_it() -> None:
    for one in answer_types():
        assert not one.asked.search("")
        assert not one.stated.search("")
