"""Laws of reading: received bytes become one normal form, or an error that names file and line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.readers.normal_form import normalise_text
from corpus.readers.source import LineKind, Source
from corpus.readers.text import MOST_LINES, decode, read_plain, read_text

AWKWARD = st.text(alphabet=st.sampled_from("甲1 .\t\r\n\u3000\u00a0\u200b\ufeff\u2028\u0085\u000b") | st.characters())


@given(AWKWARD)
def test_normalisation_is_idempotent(text: str) -> None:
    once = normalise_text(text)
    assert normalise_text(once) == once


@given(AWKWARD)
def test_normalised_text_has_one_kind_of_space_and_line_end(text: str) -> None:
    once = normalise_text(text)
    assert not set(once) & set("\r\u3000\u00a0\u200b\ufeff\u2028\u0085\u000b")
    assert all(line == line.rstrip(" ") for line in once.split("\n"))
    assert " \t" not in once
    assert "\t " not in once


def test_a_tab_stays_a_tab_because_it_parts_cells() -> None:
    assert normalise_text("甲 \t\u3000乙\t\t丙") == "甲\t乙\t\t丙"


def test_wording_and_punctuation_stay_as_received() -> None:
    assert normalise_text("第一条\u3000ＡＢＣ，１２(甲)“乙”﹒\r\n") == "第一条 ＡＢＣ，１２(甲)“乙”﹒\n"


def test_a_byte_order_mark_is_allowed() -> None:
    assert decode(b"\xef\xbb\xbf" + "第一条".encode(), "a.txt") == "第一条"


def test_bytes_that_are_not_utf8_are_refused_with_file_and_line() -> None:
    with pytest.raises(DocumentError, match=r"^a\.txt:3: .*save the file as UTF-8$"):
        decode("一\n二\n".encode() + "三".encode("gb18030"), "a.txt")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "\u3000\ufeff".encode()])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^a\.txt:1: .*the file holds no text; "):
        decode(data, "a.txt")


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"none\.txt:1: .*cannot be read"):
        read_text(tmp_path / "none.txt")


def rows(source: Source) -> list[str]:
    return [line.text for line in source.lines if line.kind is LineKind.ROW]


def test_a_text_file_keeps_its_lines() -> None:
    text = "云泽市租房补贴办法\n\n\u3000\u3000第一条 为规范管理，制定本\n办法。\n  第二条 略。\n"
    source = read_plain(text.encode("gb18030"), "a.txt")
    assert source.text == normalise_text(text)
    assert [line.text for line in source.lines] == source.text.split("\n")


@given(st.text(alphabet=st.sampled_from("甲1 .\t\r\n\u3000\u00a0\u200b\ufeff\u2028\u0085\u000b\f")))
def test_the_lines_of_a_source_are_its_text(text: str) -> None:
    source = read_plain(("办法。\n" + text).encode(), "a.txt")
    assert source.text.split("\n") == [line.text for line in source.lines]
    assert normalise_text(source.text) == source.text


def test_a_page_that_is_called_a_text_is_read_as_a_page() -> None:
    page = "<html><head><meta charset=gb2312></head><body><p>申请人应当如实申报，不得隐瞒。</p></body></html>"
    assert read_plain(page.encode("gb18030"), "a.txt").text == "申请人应当如实申报，不得隐瞒。"


def test_what_printing_left_is_taken_out_and_said() -> None:
    text = "第一条 申请人应当如实申报，不得隐\n— 1 —\n瞒有关情况。\n第二条 略。\n"
    source = read_plain(text.encode(), "a.txt")
    assert source.text == "第一条 申请人应当如实申报，不得隐瞒有关情况。\n第二条 略。\n"
    assert "1 行" in source.notices[0]


@pytest.mark.parametrize("line", ["\n", "甲\f", "1.甲\r\n"])
def test_a_text_of_too_many_lines_is_refused(line: str) -> None:
    with pytest.raises(DocumentError, match=r"^a\.txt:1: .*split the document$"):
        read_plain((line * (MOST_LINES + 1) + "甲").encode(), "a.txt")


def test_form_feeds_are_pages() -> None:
    text = "\f".join(f"云泽市政府公报\n第{number}条 应当如实申报。\n不得隐瞒。" for number in range(1, 5))
    source = read_plain(text.encode(), "a.txt")
    assert "公报" not in source.text
    assert [line.anchor.page for line in source.lines] == [1, 1, 2, 2, 3, 3, 4, 4]


@pytest.mark.parametrize(
    "table",
    [
        "项目\t条件\t分值\n学历\t本科\t60\n\t大专\t50",
        "区\t地点\n甲区\t甲路1号\n\n乙区\t乙路2号",
        "项目\t条件\t分值\t备注\n学历\t本科\t60\t\n年龄\t35岁以下\t10\t不累计",
    ],
)
def test_lines_with_as_many_cells_are_rows(table: str) -> None:
    source = read_plain(f"标准如下：\n{table}\n注：略。".encode(), "a.txt")
    assert rows(source) == [line for line in table.split("\n") if line]
    assert [line.anchor.row for line in source.lines if line.kind is LineKind.ROW] == [1, 2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "\t第一条 甲。\n\t第二条 乙。\n\t第三条 丙。",
        "云泽市人民政府\t2023年5月1日",
        "甲\t乙\n丙\t丁",
        "发文机关：\t云泽市人民政府\t成文日期：\t2023-05-01\n文号：\t云政发〔2023〕5号\t有效性：\t有效",
        "第一条\t" + "申请人应当如实申报。" * 30 + "\n第二条\t甲\n第三条\t乙",
    ],
)
def test_other_tabs_make_no_rows(text: str) -> None:
    assert not rows(read_plain(f"办法。\n{text}\n附则。".encode(), "a.txt"))
