"""Laws of lines and paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parser.lines import paragraphs, split_lines
from tests.corpus.parser.parsed import clauses_of


@given(st.text(alphabet="甲。 \n"))
def test_lines_hold_every_visible_character_at_its_offset(text: str) -> None:
    lines = split_lines(text)
    assert all(text[line.start : line.end] == line.text == line.text.strip() != "" for line in lines)
    assert "".join(line.squeezed for line in lines) == "".join(text.split())
    assert all(text.count("\n", 0, line.start) + 1 == line.number for line in lines)


def test_a_hard_wrapped_sentence_is_one_paragraph() -> None:
    lines = split_lines("第一行没有写完\n第二行写完。\n第三行是新的一段。\n  第四行缩进\n\n第五行在空行之后")
    assert [[line.number for line in group] for group in paragraphs(lines)] == [[1, 2], [3], [4], [6]]


def test_a_sentence_that_ends_inside_quotes_is_finished() -> None:
    assert [line.finished for line in split_lines("称为“快办。”\n称为“快办”")] == [True, False]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("甲\t乙", ("甲", "乙")),
        ("| 渡口 | 票价 |", ("渡口", "票价")),
        ("|东渡||免费|", ("东渡", "", "免费")),
        ("甲|乙|丙", ()),
        ("|甲|", ()),
    ],
)
def test_tabs_or_bars_part_the_cells_of_a_row(text: str, cells: tuple[str, ...]) -> None:
    (line,) = split_lines(text)
    assert line.cells == cells


@pytest.mark.parametrize("rule", ["|---|---|", "| :--- | ---: |", "|--|:--:|"])
def test_the_rule_below_the_head_of_a_table_parted_by_bars_is_none_of_its_rows(rule: str) -> None:
    text = f"云泽市渡口收费表\n| 渡口 | 票价 |\n{rule}\n| 东渡 | 二元 |\n| 西渡 | 三元 |\n"
    assert [clause.title for clause in clauses_of(text)] == ["渡口：东渡；票价：二元", "渡口：西渡；票价：三元"]
