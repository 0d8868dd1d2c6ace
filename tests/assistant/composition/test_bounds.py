"""Numbers of a question beside the bounds of a text."""

import math

import pytest

from assistant.composition.bounds import amounts_in, bounds_in, outside, takes_in


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("六层以上的住宅", "floor", 6, math.inf),
        ("距离300米以内", "length", -math.inf, 300),
        ("营业面积不超过80平方米", "area", -math.inf, 80),
        ("工龄满十年的职工", "time", 120, math.inf),
        ("1999年12月31日前建成", "year", -math.inf, 1999),
        ("2001年1月1日以前建成", "year", -math.inf, 2000),
        ("五十周岁以上不满五十五周岁", "age", 50, 55),
    ],
)
def test_a_bound_is_read_from_the_words_around_its_number(text: str, kind: str, low: float, high: float) -> None:
    [bound] = bounds_in(text)
    assert (bound.kind, bound.low) == (kind, low)
    assert bound.high == pytest.approx(high)


@pytest.mark.parametrize("text", ["自受理之日起五个工作日内办结", "2020年1月1日起施行", "补助20万元", "共三层"])
def test_a_deadline_a_day_of_force_and_a_plain_number_are_no_bounds(text: str) -> None:
    assert bounds_in(text) == []


@pytest.mark.parametrize(
    ("question", "kind", "value"),
    [
        ("两层的房子", "floor", 2),
        ("半年前注册的", "time", 6),
        ("离线路1.5公里", "length", 1500),
        ("a 47-year-old", "age", 47),
        ("opened eight months ago", "time", 8),
        ("built in 2015", "year", 2015),
    ],
)
def test_numbers_are_read_in_both_languages(question: str, kind: str, value: float) -> None:
    [amount] = amounts_in(question)
    assert amount.kind == kind
    assert amount.value == pytest.approx(value)


@pytest.mark.parametrize("question", ["六十岁以上免费吗", "一年一续的卡", "关门一年多了"])
def test_a_bound_and_a_vague_number_of_a_question_are_no_amounts(question: str) -> None:
    assert amounts_in(question) == []


def test_of_several_bounds_one_that_takes_the_number_in_is_enough() -> None:
    sentence = ["七十周岁以上的免费", "六十周岁以上不满七十周岁的半价"]
    assert outside("63岁", [sentence]) is None
    found = outside("51岁", [sentence])
    assert found is not None
    assert found.bound.words == "六十周岁以上不满七十周岁"


def test_a_special_case_beside_a_general_one_excludes_nobody() -> None:
    parts = ["面积在一百平方米以上的,每月缴纳四百元", "摊位每月缴纳三百元"]
    assert outside("六十平方米的摊位每月要多少钱", [parts]) is None
    assert not takes_in("六十平方米的摊位每月要多少钱", parts[0])
    assert takes_in("一百五十平方米的摊位每月要多少钱", parts[0])


def test_what_gives_nothing_else_is_no_general_case() -> None:
    parts = ["面积在一百平方米以上的,免费刷墙", "摊主应当持有健康证明"]
    found = outside("六十平方米的摊位能免费刷墙吗", [parts])
    assert found
    assert "一百平方米以上" in found.bound.words
