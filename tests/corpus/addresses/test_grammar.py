"""Laws of the grammar of addresses, by value."""

import tomllib

import pytest

from corpus.addresses import grammar
from corpus.addresses.grammar import parts_named, read_following, read_part, read_part_list, read_steps, read_steps_en
from corpus.numbering import NumberingStyle
from corpus.text.characters import fold

S = NumberingStyle


@pytest.mark.parametrize(
    ("text", "keys", "rest"),
    [
        ("第三条第一款（二）项讲", ["3", "1", "2"], "讲"),
        ("第十条之一", ["10-1"], ""),
        ("第10条之2的", ["10-2"], "的"),
        ("二、（四）一是", ["2", "4", "1"], ""),
        ("二（四）", ["2", "4"], ""),
        ("第二款", [], "第二款"),  # a part of what?
        ("1. 材料", [], "1. 材料"),
    ],
)
def test_a_number_path_is_read_from_its_outermost_level(text: str, keys: list[str], rest: str) -> None:
    steps, end = read_steps(fold(text), 0)
    assert ([step.key for step in steps], text[end:]) == (keys, rest)


def test_the_same_level_twice_ends_a_path() -> None:
    assert [step.key for step in read_following(fold("（一）（二）"), 0)[0]] == ["1"]


@pytest.mark.parametrize(
    ("text", "value", "style"),
    [("第二款", 2, S.PARAGRAPH), ("第（三）项", 3, S.HAN_BRACKET), ("四是", 4, S.PART), ("第 5 点", 5, S.PART)],
)
def test_one_part_is_read_with_the_styles_it_may_have(text: str, value: int, style: NumberingStyle) -> None:
    found = read_part(fold(text), 0)
    assert found is not None
    assert (found[0].value, style in found[0].styles, found[1]) == (value, True, len(text))


def test_parts_under_one_unit_are_read_together() -> None:
    found = read_part_list("第一、三和四点", 0)
    assert found is not None
    assert ([step.value for step in found[0]], found[1]) == ([1, 3, 4], 7)
    assert read_part_list("第一点", 0) is None


@pytest.mark.parametrize(
    ("text", "keys", "word"),
    [
        ("article 3, paragraph 1, item (2)", ["3", "1", "2"], "article"),
        ("chapter 2, article 8(1)", ["2", "8", "1"], "article"),
        ("part 3", ["3"], "part"),
        ("clause no. 12", ["12"], "clause"),
        ("form 12", [], ""),
        ("article 5%", [], ""),
    ],
)
def test_english_paths_are_read_with_the_word_before_the_number(text: str, keys: list[str], word: str) -> None:
    steps, _, found = read_steps_en(text, 0)
    assert ([step.key for step in steps], found) == (keys, word)


def test_a_part_is_a_part_in_english_too() -> None:
    assert read_steps_en("part 3", 0)[0][0].styles == (S.DIVISION,)


def test_parts_behind_a_clauses_number_are_its_own_and_not_named_alone() -> None:
    text = fold("第五条第一款，第二点和第四点")
    assert [(step.value, text[start:end]) for step, (start, end) in parts_named(text)] == [(2, "第二点"), (4, "第四点")]


def test_every_list_of_words_is_folded_and_holds_each_word_once() -> None:
    lists = tomllib.loads((grammar._FILE).read_text(encoding="utf-8"))
    for name, listed in lists.items():
        assert len(set(listed)) == len(listed), name
        assert [fold(word) for word in listed] == listed, name
        assert [len(word) for word in grammar.words(name)] == sorted(map(len, listed), reverse=True)
