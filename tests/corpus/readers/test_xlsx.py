"""Laws of reading Excel files: visible sheets, their names, rows as shown."""

import datetime
import io
from typing import Any

import pytest
from openpyxl import Workbook

from corpus.errors import DocumentError
from corpus.readers import xlsx
from corpus.readers.source import LineKind
from corpus.readers.xlsx import read_xlsx
from tests.corpus.readers.office_files import zip_file


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book(*rows: tuple[Any, ...], title: str = "积分表") -> Workbook:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return made


def lines(made: Workbook) -> list[str]:
    return read_xlsx(saved(made), "a.xlsx").text.split("\n")


def test_a_sheet_is_its_name_and_its_rows() -> None:
    source = read_xlsx(saved(book(("学历", "分值"), ("本科", 80), (None, None), ("硕士", 100))), "a.xlsx")
    assert source.text == "积分表\n学历\t分值\n本科\t80\n硕士\t100"
    assert [line.kind for line in source.lines] == [LineKind.HEADING, *[LineKind.ROW] * 3]
    assert (source.lines[3].anchor.table, source.lines[3].anchor.row) == (1, 4)


def test_a_name_that_says_nothing_is_no_heading() -> None:
    assert lines(book(("甲", "乙"), title="Sheet1")) == ["甲\t乙"]


def test_a_merged_cell_holds_its_words_once() -> None:
    made = book(("学历与职称", None, "分值"), ("本科", "中级", 80), (None, "高级", 90))
    made.worksheets[0].merge_cells("A1:B1")
    made.worksheets[0].merge_cells("A2:A3")
    assert lines(made)[1:] == ["学历与职称\t\t分值", "本科\t中级\t80", "\t高级\t90"]


def test_values_are_written_as_they_are_shown() -> None:
    made = book((datetime.datetime(2025, 1, 2), 80.0, 0.5, 1234.5, True, "第一行\n第二行"))
    made.worksheets[0]["C1"].number_format = "0%"
    assert lines(made)[1:] == ["2025-01-02\t80\t50%\t1234.5\tTRUE\t第一行 第二行"]


def test_hidden_sheets_are_left_out_and_said() -> None:
    made = book(("甲",))
    hidden = made.create_sheet("底稿")
    hidden.append(("乙",))
    hidden.sheet_state = "hidden"
    source = read_xlsx(saved(made), "a.xlsx")
    assert "乙" not in source.text
    assert source.notices == ("隐藏的工作表“底稿”没有读入。Hidden sheet left out: 底稿.",)


def test_a_row_far_below_costs_no_more_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_LOOKED_AT", 1000)
    made = book(("甲",))
    made.worksheets[0]["A1000000"] = "远"
    source = read_xlsx(saved(made), "a.xlsx")
    assert source.text == "积分表\n甲"
    assert any("1000" in notice for notice in source.notices)


@pytest.mark.parametrize(("limit", "value"), [("MOST_ROWS", 2), ("MOST_CHARACTERS", 2), ("MOST_SHEETS", 0)])
def test_more_than_the_limits_is_refused(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, limit, value)
    with pytest.raises(DocumentError, match=r"^a\.xlsx:1: 超过 .*split the file$"):
        lines(book(("甲",), ("乙",), ("丙",)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (saved(Workbook()), "没有文字"),
        (saved(book(("甲",)))[:-300], "已损坏"),
        (zip_file({"a.txt": "一"}), "已损坏"),
        (zip_file({"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "实体"),
    ],
)
def test_what_is_no_whole_workbook_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=rf"^a\.xlsx:1: .*{words}"):
        read_xlsx(data, "a.xlsx")
