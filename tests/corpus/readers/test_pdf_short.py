"""Short pdf files and those with words in columns but no ruling lines: lines stay apart, rows are rows where sure."""

from collections.abc import Sequence

import pytest

from corpus.readers.pdf import read_pdf
from corpus.readers.printed.joining import begins_anew, first_unit
from corpus.readers.source import LineKind, Source
from tests.corpus.readers.pdf_files import WIDTH, Placed, set_lines, text_pdf

NOTICE = [
    "云泽市园林局关于更换公园长椅的通知",
    "云园发〔2025〕7号",
    "各公园管理处：",
    "现将更换公园长椅的有关事项通知如下：",
    "一、更换范围",
    "东湖公园和西山公园的木椅。",
    "二、更换时间",
    "自2025年6月1日起，一个月内完成。",
    "云泽市园林局",
    "2025年5月9日",
]
PARAGRAPH = "公园管理处应当逐一登记需要更换的长椅，拆下的旧椅集中存放，可以修复的送到社区花园继续使用，不得随意丢弃。"
HEAD = ["公园", "长椅数", "更换日期", "负责人电话"]
PARKS = [["东湖公园", "12", "6月1日", "0999-1"], ["西山公园", "8", "6月3日", "0999-2"], ["南桥公园", "5", "", "0999-3"]]
XS = (87.5, 200.0, 310.0, 420.0)


def texts(source: Source, kind: LineKind = LineKind.PARAGRAPH) -> list[str]:
    return [line.text for line in source.lines if line.text and line.kind is kind]


def read(page: Sequence[Placed]) -> Source:
    return read_pdf(text_pdf([list(page)]), "文件.pdf")


def one_a_line(lines: Sequence[str], y: float = 100, x: float = 87.5) -> list[Placed]:
    return [Placed(text, x, y + 25 * number, 14) for number, text in enumerate(lines)]


def columns(rows: Sequence[Sequence[str]], xs: Sequence[float] = XS, y: float = 200, pitch: float = 25) -> list[Placed]:
    return [
        Placed(text, x, y + pitch * number, 12)
        for number, row in enumerate(rows)
        for x, text in zip(xs, row, strict=False)
        if text
    ]


def tabbed(rows: Sequence[Sequence[str]]) -> list[str]:
    return ["\t".join(row) for row in rows]


def test_lines_of_a_short_notice_stay_apart_though_none_reaches_the_margin() -> None:
    assert texts(read(one_a_line(NOTICE))) == NOTICE


def test_names_that_all_end_at_one_place_stay_apart() -> None:
    names = [f"{place}便民服务站" for place in ("东湖", "西山", "南桥", "北苑", "中街", "河滨", "新港", "旧城")]
    assert texts(read(one_a_line(names))) == names


def test_one_paragraph_among_short_lines_is_joined_and_takes_nothing_in() -> None:
    page = [*one_a_line(NOTICE[:3]), *set_lines(PARAGRAPH, 87.5, 175, indent=0), *one_a_line(NOTICE[-2:], 225)]
    assert texts(read(page)) == [*NOTICE[:3], PARAGRAPH, *NOTICE[-2:]]


@pytest.mark.parametrize("x", [40.0, 200.0])
def test_text_in_a_part_of_the_page_has_the_margin_that_its_lines_show(x: float) -> None:
    paragraphs = [PARAGRAPH, PARAGRAPH.replace("长椅", "木椅")]
    page = [
        *set_lines(paragraphs[0], x, 100, column=280, indent=0),
        *set_lines(paragraphs[1], x, 200, column=280, indent=0),
    ]
    assert texts(read(page)) == paragraphs
    assert x + 280 < WIDTH - 40


def test_words_in_columns_without_rules_are_rows_between_paragraphs() -> None:
    page = [*one_a_line(["更换安排如下："], 170), *columns([HEAD, *PARKS]), *one_a_line(["以上安排可以调整。"], 310)]
    source = read(page)
    assert texts(source, LineKind.ROW) == tabbed([HEAD, *PARKS])
    assert texts(source) == ["更换安排如下：", "以上安排可以调整。"]
    assert [line.anchor.row for line in source.lines] == [None, 1, 2, 3, 4, None]


def test_a_head_over_two_columns_is_in_the_first_of_them() -> None:
    page = [
        Placed("公园", 87.5, 175, 12),
        Placed("更换的长椅与日期", 230, 175, 12),
        *columns([["", *HEAD[1:]], *PARKS]),
    ]
    expected = [["公园", "更换的长椅与日期", "", ""], ["", *HEAD[1:]], *PARKS]
    assert texts(read(page), LineKind.ROW) == tabbed(expected)


@pytest.mark.parametrize("offset", [0.0, -15.0])
def test_a_cell_of_several_lines_is_one_whether_it_hangs_from_the_top_or_stands_in_the_middle(offset: float) -> None:
    long = [
        Placed(text, XS[1], 240 + offset + 15 * number, 12)
        for number, text in enumerate(["十二张木椅和其", "他旧椅子共三十", "张"])
    ]
    rows = columns([HEAD, ["东湖公园", "", "6月1日", "0999-1"], *PARKS[1:]], pitch=50)
    rows = [Placed(each.text, each.x, each.y - 10, 12) for each in rows]
    expected = [HEAD, ["东湖公园", "十二张木椅和其他旧椅子共三十张", "6月1日", "0999-1"], *PARKS[1:]]
    assert texts(read([*rows, *long]), LineKind.ROW) == tabbed(expected)


def test_a_table_without_rules_goes_on_over_the_page_and_its_head_is_said_once() -> None:
    more = [[f"{name}花园", "2", "7月1日", "0999-4"] for name in ("北苑", "中街", "河滨")]
    pages = [columns([HEAD, *PARKS]), columns([HEAD, *more])]
    assert texts(read_pdf(text_pdf(pages), "表.pdf"), LineKind.ROW) == tabbed([HEAD, *PARKS, *more])


NAMES = [["东湖", "西山", "南桥"], ["北苑", "中街", "河滨"], ["新港", "旧城", "石门"]]
ARTICLES = [["第一条", "长椅由园林局更换。"], ["第二条", "旧椅送社区花园。"], ["第三条", "更换不收费。"]]
ITEMS = [["一、", "登记木椅12张"], ["二、", "更换木椅8张"], ["三、", "修复木椅5张"]]
LABELS = [["申请人：某某", "电话：12"], ["住址：某路1号", "日期：3日"], ["单位：某局", "人数：5"]]
ISSUERS = [["云泽市园林局", "云泽市水务局"], ["云泽市财政局", "云泽市林业局"], ["云泽市公安局", "云泽市农业局"]]


@pytest.mark.parametrize("rows", [NAMES, ARTICLES, ITEMS, LABELS, ISSUERS, [HEAD, PARKS[0]]])
def test_what_stands_side_by_side_is_no_table_for_that(rows: list[list[str]]) -> None:
    source = read([*columns(rows, (87.5, 220.0, 330.0, 440.0)), Placed("2025年5月9日", 400, 400)])
    assert texts(source) == [*(" ".join(row) for row in rows), "2025年5月9日"]


def test_rows_of_cells_that_run_into_one_another_stay_lines() -> None:
    cut = [*PARKS[:1], ["", "这一行的字跨过了两列一直写到第三列", "", ""], *PARKS]
    source = read(columns([HEAD, *cut]))
    assert "".join(source.text.split()) == "".join("".join(row) for row in [HEAD, *cut])
    assert texts(source, LineKind.ROW) == []


def test_a_bracket_that_a_page_ends_in_is_one_paragraph() -> None:
    lines = set_lines(PARAGRAPH.replace("可以修复的", "（可以修复的") + "）", 87.5, 700, indent=0)
    assert "（" in lines[0].text or "（" in lines[1].text
    pages = [[*one_a_line(NOTICE[:3]), *lines[:-1]], [Placed(lines[-1].text, 87.5, 100), *one_a_line(NOTICE[-2:], 150)]]
    text = texts(read_pdf(text_pdf(pages), "文件.pdf"))
    assert text == [*NOTICE[:3], "".join(line.text for line in lines), *NOTICE[-2:]]


@pytest.mark.parametrize(
    ("before", "line", "anew"),
    [
        ("云泽市园林局关于更换长椅的通知", "云园发〔2025〕7号", True),
        ("云泽市园林局", "2025年5月9日", True),
        ("《云泽市园林办法》（云政〔2010〕5号）", "二、《云泽市苗木办法》", True),
        ("按照第一、", "二、三款的规定", False),
        ("自", "2025年5月9日起施行", False),
        ("依照本办法", "第三条的规定", False),
        ("应当登记。", "第三条 旧椅送社区花园。", True),
    ],
)
def test_some_lines_begin_anew_whatever_room_there_was(before: str, line: str, anew: bool) -> None:
    assert begins_anew(line, before) is anew


@pytest.mark.parametrize(
    ("text", "width"), [("〔2010〕87号", 4.0), ("业）资格", 2.0), ("字", 1.0), ("", 0.0), ("20%，", 2.5)]
)
def test_what_cannot_be_cut_off_a_line_has_its_width(text: str, width: float) -> None:
    assert first_unit(text) == width
