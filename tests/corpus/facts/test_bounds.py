"""Hostile texts cost no more than their length."""

import pytest

from tests.corpus.facts.texts import facts_of

TWICE = 40_000  # characters and more: a pattern that tries every way would not come back


@pytest.mark.parametrize(
    "unit",
    [
        " ",
        "\t",
        "》",
        "《",
        "（",
        "关于",
        "返回首页",
        "某市某局",
        "二〇",
        "文号：",
        "同时废止",
        "本办法自",
        "2019年",
        "某法\n",
        "|",
    ],
)
def test_a_line_of_one_thing_over_and_over_is_read_at_once(unit: str) -> None:
    text = f"某市服务办法\n{unit * (TWICE // len(unit))}\n第一条 甲。\n第二条 乙。{unit * (TWICE // len(unit))}"
    assert facts_of(text).number is None
