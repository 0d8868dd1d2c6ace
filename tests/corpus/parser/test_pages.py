"""Laws of page numbers between the lines of a text."""

import pytest

from corpus.parser.lines import paragraphs, split_lines
from corpus.parser.node import Kind
from corpus.parser.outline import parse_outline
from corpus.parser.pages import without_pages


@pytest.mark.parametrize("page", ["— 2 —", "- 12 -", "－３－", "第 5 页 共 9 页", "第5页", "-- 2 --"])
def test_a_page_number_is_no_line_of_the_text(page: str) -> None:
    kept, pages = without_pages(split_lines(f"甲。\n{page}\n乙。"))
    assert [line.text for line in kept] == ["甲。", "乙。"]
    assert [line.text for line in pages] == [page]


@pytest.mark.parametrize("text", ["2", "2023", "- 甲 -", "-1-2-", "第五页"])
def test_other_numbers_are_text(text: str) -> None:
    assert not without_pages(split_lines(text))[1]


def test_a_sentence_cut_by_a_page_number_goes_on_below_it() -> None:
    kept, _ = without_pages(split_lines("建成公园，新增绿\n\n— 2 —\n\n地面积。\n第二段。\n- 3 -\n第三段。"))
    assert [[line.text for line in group] for group in paragraphs(kept)] == [
        ["建成公园，新增绿", "地面积。"],
        ["第二段。"],
        ["第三段。"],
    ]


def test_a_page_number_is_a_node_where_it_stands() -> None:
    root = parse_outline("一、甲，新增绿\n— 1 —\n地面积。\n— 2 —\n二、乙。\n").root
    assert [node.kind for node in root.children] == [Kind.CLAUSE, Kind.PAGE, Kind.CLAUSE]
    assert [node.kind for node in root.children[0].children] == [Kind.PAGE]
