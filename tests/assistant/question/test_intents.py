"""The intents of intents.toml test themselves; what stands here beside that are laws of all of them."""

import pytest

from assistant.question.intents import Intent, intent, intents, intents_of
from index.text.normalizer import normalize

ALL = [pytest.param(one, id=one.name) for one in intents()]


@pytest.mark.parametrize("one", ALL)
def test_every_example_matches_or_does_not(one: Intent) -> None:
    assert [text for text in one.match if not one.found_in(normalize(text))] == []
    assert [text for text in one.no_match if one.found_in(normalize(text))] == []


@pytest.mark.parametrize("one", ALL)
def test_every_intent_has_examples_of_both_kinds(one: Intent) -> None:
    assert one.match
    assert one.no_match


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("首贷在哪一条", {"which_clause"}),
        ("第几条说到标准地", {"which_clause"}),
        ("which clause covers first loans", {"which_clause"}),
        ("哪个城市有数字政务门牌", {"which_place"}),
        ("Which cities let experts bid from home?", {"which_place"}),
        ("怎么申请首贷", {"how"}),
        ("how do I get first-loan support", {"how"}),
        ("个体户也行吗", {"yes_no"}),
        ("有没有贴息", {"yes_no"}),
        ("Can a foreigner apply?", {"yes_no"}),
        ("首贷专区是什么", {"asks_what"}),
        ("什么是信用修复", {"asks_meaning"}),
        ("what does 容缺 mean", {"asks_meaning"}),
        ("店在哪条街", set()),
        ("首贷", set()),
    ],
)
def test_what_is_wanted_is_read_from_how_the_question_is_asked(question: str, names: set[str]) -> None:
    wanted = {"which_clause", "which_place", "how", "yes_no", "asks_what", "asks_meaning"}
    assert intents_of(normalize(question)) & wanted == names


@pytest.mark.parametrize("one", ALL)
def test_a_message_has_the_intents_whose_patterns_find_it(one: Intent) -> None:
    for text in map(normalize, one.match + one.no_match):
        found = {other.name for other in intents() if other.found_in(text)}
        assert (one.name in intents_of(text)) == one.found_in(text)
        assert set(intents_of(text)) == found
        assert intents_of(text).isdisjoint({one.name}) != one.found_in(text)


def test_an_unknown_name_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        intent("no such intent")
    with pytest.raises(KeyError):
        "no such intent" in intents_of("首贷")  # noqa: B015
