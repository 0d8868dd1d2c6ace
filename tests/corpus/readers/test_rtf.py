"""Laws of reading RTF: what Word shows is what is read, whatever the code page; tables keep their columns."""

import contextlib

import pytest

from corpus.errors import DocumentError
from corpus.readers.rtf import read_rtf
from corpus.readers.source import LineKind

FONTS = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset134 SimSun;}{\f2\fcharset2 Wingdings;}"
FONTS += r"{\f3\fcharset136 MingLiU;}}"


def rtf(body: str, head: str = r"\ansi\ansicpg1252\deff0") -> bytes:
    return ("{\\rtf1" + head + FONTS + "\n" + body + "}").encode("latin-1")


def hexes(text: str, encoding: str = "gb18030") -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def codes(text: str) -> str:
    return "".join(f"\\u{ord(character)}?" for character in text)


def lines(body: str, head: str = r"\ansi\ansicpg1252\deff0") -> list[str]:
    return read_rtf(rtf(body, head), "a.rtf").text.split("\n")


def test_the_font_tells_the_code_page() -> None:
    assert lines(rf"\f1 {hexes('第一条 为了')}\f0  A4 \par\f3 {hexes('臺北', 'cp950')}\par") == [
        "第一条 为了 A4",
        "臺北",
    ]


def test_the_file_tells_the_code_page_where_the_font_does_not() -> None:
    assert lines(rf"\f0 {hexes('云泽市')}\par", r"\ansi\ansicpg936") == ["云泽市"]


def test_the_second_byte_of_a_character_may_be_written_as_a_letter_or_on_the_next_line() -> None:
    both = "丂".encode("gb18030")  # its second byte is an @
    assert both[1:] == b"@"
    assert lines("\\f1 \\'81@" + hexes("云") + "\\'d4\n\\'f3\\par") == ["丂云泽"]


def test_characters_by_their_code_replace_what_stands_behind_them() -> None:
    assert lines(codes("第一条") + r"\par\uc2\u31532\'b5\'da\uc0\u-28689 x\par") == [
        "第一条",
        "第迯x".replace("迯", chr(65536 - 28689)),
    ]


def test_a_character_outside_the_first_plane_is_one() -> None:
    high, low = divmod(ord("𠮷") - 0x10000, 0x400)
    assert lines(rf"\uc0\u{high + 0xD800 - 65536}\u{low + 0xDC00 - 65536} \par") == ["𠮷"]


def test_paragraphs_line_breaks_and_empty_lines() -> None:
    assert lines("a\\par\\par\\par b\\line c\\par\nd\\\ne") == ["a", "", "b", "c", "d", "e"]


def test_what_is_not_shown_is_not_read() -> None:
    silent = r"{\header head}{\info{\title t}}{\*\generator g}{\pict 0102}{\stylesheet{\s1 heading 1;}}"
    assert lines(silent + r"{\v hidden}{\deleted old}new{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par") == [
        "newlink"
    ]


def test_binary_data_is_passed_over() -> None:
    assert lines("a{\\pict\\bin6 }}{{\\\\}b\\par") == ["ab"]


def test_the_number_of_a_list_is_read() -> None:
    body = r"{\listtext\pard\plain " + codes("一、") + r"\tab}" + codes("总则") + r"\par"
    body += r"{\pntext\f0 " + codes("第一条") + r"\tab}" + codes("为了") + r"\par"
    assert lines(body) == ["一、总则", "第一条 为了"]


def test_a_note_stands_below_its_paragraph() -> None:
    assert lines(r"a{\super\chftn{\*\footnote\pard\plain\chftn  note\par}}b\par c\par") == ["ab", "note", "c"]


def test_a_text_box_is_read_below_its_paragraph() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn n}{\sv v}}{\shptxt\pard box\par}}{\shprslt old}}"
    assert lines(f"a{box}b\\par") == ["ab", "box"]


def test_headings_are_told_by_outline_level() -> None:
    found = read_rtf(rtf(r"\pard\outlinelevel1 a\par\pard b\par"), "a.rtf").lines
    assert [(line.kind, line.level) for line in found] == [(LineKind.HEADING, 2), (LineKind.PARAGRAPH, 0)]


def test_signs_of_symbol_fonts_are_the_signs_they_show() -> None:
    assert lines(r"{\f2 \'a8}A\par") == ["□A"]


def cells(*texts: str) -> str:
    return "".join(rf"\pard\intbl {text}\cell " for text in texts) + "\\row "


def edges(*twips: int) -> str:
    return r"\trowd" + "".join(rf"\cellx{edge}" for edge in twips)


def test_a_row_of_a_table_is_a_line_and_a_wide_cell_keeps_the_columns() -> None:
    body = (
        edges(4000, 6010) + cells("head", "points") + edges(2000, 4020, 6000) + cells("a", "b", "80") + r"\pard c\par"
    )
    source = read_rtf(rtf("x\\par " + body), "a.rtf")
    assert source.text == "x\nhead\t\tpoints\na\tb\t80\nc"
    assert [line.anchor.row for line in source.lines] == [None, 1, 2, None]


def test_cells_that_a_merge_covers_are_empty() -> None:
    first = r"\trowd\clvmgf\cellx1000\cellx2000" + cells("a", "b")
    second = r"\trowd\clvmrg\cellx1000\cellx2000" + cells("a", "c")
    across = r"\trowd\clmgf\cellx1000\clmrg\cellx2000" + cells("d", "")
    assert lines(first + second + across) == ["a\tb", "\tc", "d\t"]


def test_a_table_inside_a_cell_is_read_as_a_table() -> None:
    inner = (
        r"\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}"
    )
    body = (
        edges(1000, 2000)
        + r"\pard\intbl nav\cell\pard\intbl text\par "
        + inner
        + r"\pard\intbl end\cell\row\pard z\par"
    )
    assert lines(body) == ["nav", "text", "x\ty", "end", "z"]


def test_a_file_that_is_cut_off_is_read_and_said() -> None:
    source = read_rtf(rtf("abc\\par def")[:-1], "a.rtf")
    assert source.text == "abc\ndef"
    assert any("不完整" in notice for notice in source.notices)


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"%PDF", "不是 RTF"), (rtf(""), "没有文字"), (rtf("{" * 5000 + "a"), "嵌套过深")],
)
def test_what_is_no_readable_rtf_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=rf"^a\.rtf:1: .*{words}"):
        read_rtf(data, "a.rtf")


@pytest.mark.parametrize(
    "piece", ['{\\field{\\*\\fldinst{ HYPERLINK "', "\\f1\\fcharset", "{", "\\'", "\\trowd\\cellx9\\cell\\row", "\\u9"]
)
def test_repeated_pieces_end(piece: str) -> None:
    with contextlib.suppress(DocumentError):
        read_rtf(rtf(piece * 2_000), "a.rtf")
