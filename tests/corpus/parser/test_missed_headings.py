"""Laws of lines that look like the heading which a jump in the numbering misses."""

import pytest

from corpus.numbering import NumberingStyle
from corpus.parser.missed_headings import find_missed
from corpus.parser.node import Severity
from corpus.parser.outline import parse_outline

S = NumberingStyle


@pytest.mark.parametrize(
    ("style", "value", "line"),
    [
        (S.ARTICLE, 7, "第七 街口的摊位，按月收费。"),
        (S.ARTICLE, 7, "七条 街口的摊位。"),
        (S.ARTICLE, 7, "弟七条 街口的摊位。"),
        (S.ARTICLE, 7, "第 7 街口的摊位。"),
        (S.ARTICLE, 12, "第十二街口的摊位。"),
        (S.ARTICLE, 8, "第入条 街口的摊位。"),
        (S.HAN, 4, "四，加强管理"),
        (S.HAN, 4, "四 加强管理"),
        (S.HAN, 4, "四加强管理"),
        (S.HAN_BRACKET, 3, "（三加强管理"),
        (S.HAN_BRACKET, 3, "三）加强管理"),
        (S.DIGIT, 5, "5，加强管理"),
        (S.DIGIT, 5, "5 加强管理"),
    ],
)
def test_a_broken_number_is_seen(style: NumberingStyle, value: int, line: str) -> None:
    assert find_missed(f"上一条。\n甲乙。\n{line}\n", style, range(value, value + 1)) == line


@pytest.mark.parametrize(
    ("style", "value", "line"),
    [
        (S.ARTICLE, 7, "第七款照旧。"),
        (S.ARTICLE, 7, "第七十街口的摊位。"),
        (S.ARTICLE, 7, "第九 街口的摊位。"),
        (S.HAN, 4, "四是加强管理"),
        (S.HAN, 4, "四十个摊位"),
        (S.DIGIT, 5, "50 个摊位"),
        (S.PART, 2, "二加强管理"),
    ],
)
def test_another_number_is_not(style: NumberingStyle, value: int, line: str) -> None:
    assert find_missed(f"上一条。\n{line}\n", style, range(value, value + 1)) is None


def test_the_line_that_the_text_begins_with_is_not_looked_at() -> None:
    assert find_missed("第七 街口。\n甲。", S.ARTICLE, range(7, 8)) is None


def test_a_long_jump_is_no_slip() -> None:
    assert find_missed("甲。\n第七 街口。", S.ARTICLE, range(2, 60)) is None


def test_a_jump_over_a_line_that_looks_like_the_heading_is_an_error_that_shows_it() -> None:
    text = "第一条 甲。\n第二 街口的摊位。\n第三条 乙。\n"
    (fault,) = parse_outline(text, file="a.txt").diagnostics
    assert fault.severity is Severity.ERROR
    assert fault.line == 3
    assert "第二 街口的摊位。" in fault.message


def test_a_jump_without_such_a_line_is_a_warning() -> None:
    (fault,) = parse_outline("第一条 甲。\n街口的摊位。\n第三条 乙。\n").diagnostics
    assert fault.severity is Severity.WARNING
