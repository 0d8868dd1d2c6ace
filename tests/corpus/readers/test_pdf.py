"""Text pdf files: what is read is what a person would read aloud, in that order, and nothing of the page around it."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.clause import Document
from corpus.corpus import Corpus
from corpus.load import SHIPPED
from corpus.metadata import Metadata, read_metadata
from corpus.parser.clauses import read_clauses
from corpus.parser.outline import parse_outline
from corpus.readers.normal_form import normalise_text
from corpus.readers.pdf import read_pdf
from corpus.readers.source import LineKind, Source
from tests.corpus.readers.pdf_files import HEIGHT, Placed, draw_text, set_lines, set_pages, text_pdf

LONG = (
    "第一条 为了规范本市公共数据的开放和利用，方便企业和个人取得数据，促进数字经济发展，根据有关法律、法规，"
    "结合本市实际，制定本办法。"
)
NEXT = "第二条 本办法适用于本市行政区域内公共数据的开放、利用以及相关管理活动。涉及国家秘密的，从其规定。"


def texts(source: Source, kind: LineKind = LineKind.PARAGRAPH) -> list[str]:
    return [line.text for line in source.lines if line.text and line.kind is kind]


def read(pages: Sequence[list[Placed]]) -> list[str]:
    return texts(read_pdf(text_pdf(pages), "文件.pdf"))


def ids(text: str, name: str) -> list[str]:
    """Clause and part ids of a shipped text, read as `corpus/load.py` reads it."""
    facts = SHIPPED / f"{name}.toml"
    metadata = read_metadata(facts) if facts.exists() else Metadata()
    outline = parse_outline(text, title=metadata.title, file=name)
    document = Document(id=name, title=metadata.title or name, text=text)
    clauses = read_clauses(document, outline.root, metadata)
    return [found for clause in clauses for found in (clause.id, *(part.id for part in clause.parts))]


def test_the_shipped_texts_as_pdf_give_the_same_paragraphs_and_ids(corpus: Corpus) -> None:
    count = 0
    for path in sorted(SHIPPED.glob("*.txt")):
        text = normalise_text(path.read_text("utf-8"))
        paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
        source = read_pdf(text_pdf(set_pages(paragraphs)), path.name)
        assert texts(source) == paragraphs
        found = ids(source.text, path.stem)
        assert found == ids(text, path.stem)
        count += len(found)
    assert count == sum(1 + len(clause.parts) for clause in corpus.clauses) == 181


def test_a_line_knows_its_page_and_what_was_left_out_is_counted() -> None:
    pages = set_pages([LONG, *[NEXT] * 20])
    source = read_pdf(text_pdf(pages), "文件.pdf")
    assert source.lines[0].anchor.page == 1
    assert source.lines[-1].anchor.page == len(pages) == 2
    assert any("4 行" in notice and "4 lines" in notice for notice in source.notices)


@pytest.mark.parametrize("foot", ["— {} —", "-{}-", "{}", "第 {} 页", "第{}页 共2页", "{}/2", "Page {} of 2", "·{}·"])
def test_page_numbers_of_every_shape_are_left_out(foot: str) -> None:
    assert read(set_pages([LONG, *[NEXT] * 20], foot=foot.format)) == [LONG, *[NEXT] * 20]


def test_what_a_browser_prints_around_a_page_is_left_out_even_of_a_single_page() -> None:
    around = [
        Placed("2025/3/4 09:15", 24, 24, 8),
        Placed("某市公共数据开放办法_某市人民政府", 200, 24, 8),
        Placed("https://www.example.gov.cn/zwgk/2025/content_118.html", 24, 826, 8),
        Placed("1/1", 560, 826, 8),
    ]
    assert read([[*around, *set_lines(LONG, 87.5, 110), *set_lines(NEXT, 87.5, 210)]]) == [LONG, NEXT]


def test_a_sentence_that_a_page_ends_in_is_one_paragraph() -> None:
    long = LONG + "前款所称公共数据，是指行政机关在履行职责中收集和产生的数据。" * 22
    assert read(set_pages([NEXT, long, NEXT])) == [NEXT, long, NEXT]


def test_paragraphs_without_indents_are_known_by_where_their_lines_end() -> None:
    first, second = LONG.removeprefix("第一条 "), NEXT.removeprefix("第二条 ")
    page = [*set_lines(first, 87.5, 110, indent=0), *set_lines(second, 87.5, 185, indent=0)]
    assert read([page]) == [first, second]


def test_paragraphs_set_apart_by_room_are_not_joined() -> None:
    full = "数据开放应当遵循需求导向安全可控分级分类统一标准便捷高效的要求"[:30]
    page = [*set_lines(full, 87.5, 110, indent=0), *set_lines(full, 87.5, 160, indent=0), *set_lines(NEXT, 87.5, 220)]
    assert read([page]) == [full, full, NEXT]


def test_a_title_on_several_lines_is_one_and_stays_apart_from_the_number_below() -> None:
    title = "云泽市人民政府办公室关于印发《云泽市公共数据开放利用管理暂行办法》的通知"
    number = Placed("云政办发〔2024〕18号", 230, 260)
    pages = set_pages([title], titles=[title], head="")
    pages[0] += [number, *set_lines(LONG, 87.5, 310)]
    assert read(pages) == [title, number.text, LONG]


def test_a_signature_and_its_date_are_lines_of_their_own() -> None:
    page = [*set_lines(NEXT, 87.5, 110), Placed("云泽市人民政府", 390, 210), Placed("2024年5月6日", 395, 235)]
    assert read([page]) == [NEXT, "云泽市人民政府", "2024年5月6日"]


def test_latin_words_are_joined_by_a_blank_and_chinese_is_not() -> None:
    text = (
        "数据接口采用国际通行的开放标准，说明文件同时提供英文版本，其名称为 Open Data Access and Reuse Guide for "
        "Residents and Companies，由市数据主管部门负责解释。"
    )
    assert read([set_lines(text, 87.5, 110)]) == [text]


def test_two_columns_are_read_one_after_the_other_below_a_title_over_both() -> None:
    first, second = (LONG + NEXT).replace(" ", ""), (NEXT + LONG).replace(" ", "")
    title = Placed("云泽市公报", 250, 80, 20)
    page = [title, *set_column(first, 60), *set_column(second, 310)]
    assert read([page]) == ["云泽市公报", first, second]


def set_column(text: str, x: float) -> list[Placed]:
    return set_lines(text, x, 120, column=225, size=12)


def grid(canvas: Canvas, xs: Sequence[float], ys: Sequence[float], *, sides: bool = True) -> None:
    for y in ys:
        canvas.line(xs[0], HEIGHT - y, xs[-1], HEIGHT - y)
    for x in xs if sides else xs[1:-1]:
        canvas.line(x, HEIGHT - ys[0], x, HEIGHT - ys[-1])


def cells(rows: Sequence[Sequence[str]], xs: Sequence[float], ys: Sequence[float]) -> list[Placed]:
    return [
        Placed(line, x + 4, y + 16 + 14 * number, 12)
        for row, y in zip(rows, ys, strict=False)
        for text, x in zip(row, xs, strict=False)
        for number, line in enumerate(text.split("\n"))
    ]


XS, YS = (90, 200, 320, 500), (200, 240, 280, 320)


@pytest.mark.parametrize("sides", [True, False])
def test_a_table_is_rows_of_cells_whether_its_sides_are_drawn_or_not(sides: bool) -> None:
    rows = [["项目", "标准", "说明"], ["数据接\n口", "免费", "需要注册"], ["数据下载", "", "每日一次"]]
    page = [*set_lines(NEXT, 87.5, 110), *cells(rows, XS, YS), *set_lines("附注在表后。", 87.5, 360)]
    source = read_pdf(text_pdf([page], draw=lambda canvas, _: grid(canvas, XS, YS, sides=sides)), "表.pdf")
    assert texts(source, LineKind.ROW) == ["项目\t标准\t说明", "数据接口\t免费\t需要注册", "数据下载\t\t每日一次"]
    assert texts(source) == [NEXT, "附注在表后。"]
    row = next(line for line in source.lines if "下载" in line.text)
    assert (row.anchor.page, row.anchor.table, row.anchor.row) == (1, 1, 3)


def test_only_the_first_cell_of_a_merge_holds_its_words() -> None:
    def draw(canvas: Canvas, _: int) -> None:
        for y in YS:
            canvas.line(XS[0] if y != 280 else XS[1], HEIGHT - y, XS[-1], HEIGHT - y)
        for x in XS:
            canvas.line(x, HEIGHT - YS[0], x, HEIGHT - YS[-1])

    rows = [["类别", "等级", "分值"], ["学历\n与技能", "高级", "30分"], ["", "中级", "20分"]]
    source = read_pdf(text_pdf([cells(rows, XS, YS)], draw=draw), "表.pdf")
    assert texts(source, LineKind.ROW) == ["类别\t等级\t分值", "学历与技能\t高级\t30分", "\t中级\t20分"]


def test_a_table_goes_on_over_pages_and_its_head_is_said_once() -> None:
    head = ["项目", "标准", "说明"]
    pages = [
        [*set_lines(NEXT, 87.5, 110), *cells([head, ["甲", "1元", "按次"], ["乙", "2元", "按月"]], XS, YS)],
        [*cells([head, ["丙", "3元", "按年"], ["丁", "4元", "按天"]], XS, YS)],
    ]
    source = read_pdf(text_pdf(pages, draw=lambda canvas, _: grid(canvas, XS, YS)), "表.pdf")
    rows = [line for line in source.lines if line.kind is LineKind.ROW]
    assert [row.text[0] for row in rows] == ["项", "甲", "乙", "丙", "丁"]
    assert [(row.anchor.page, row.anchor.table, row.anchor.row) for row in rows][-1] == (2, 1, 5)


@pytest.mark.parametrize("turn", [90, 270])
def test_a_table_that_lies_on_its_side_is_read_upright(turn: int) -> None:
    rows = [["项目", "标准", "说明"], ["甲类", "1元", "按次"], ["乙类", "2元", "按月"]]

    def draw(canvas: Canvas, _: int) -> None:
        canvas.rotate(turn)
        canvas.translate(*((0, -HEIGHT) if turn == 90 else (-700, -100)))
        grid(canvas, XS, YS)
        for placed in cells(rows, XS, YS):
            draw_text(canvas, placed)

    source = read_pdf(text_pdf([[]], draw=draw), "横表.pdf")
    assert texts(source, LineKind.ROW) == ["项目\t标准\t说明", "甲类\t1元\t按次", "乙类\t2元\t按月"]


def test_words_in_a_frame_are_paragraphs() -> None:
    def draw(canvas: Canvas, _: int) -> None:
        canvas.rect(80, HEIGHT - 330, 440, 130)

    page = [*set_lines(LONG, 87.5, 110), *set_lines(NEXT, 87.5, 230)]
    source = read_pdf(text_pdf([page], draw=draw), "框.pdf")
    assert texts(source) == [LONG, NEXT]


def test_what_nobody_can_see_is_not_read() -> None:
    def draw(canvas: Canvas, _: int) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        draw_text(canvas, Placed("白色的字看不见", 100, 400))
        canvas.setFillColorRGB(0, 0, 0)
        draw_text(canvas, Placed("小得看不见", 100, 430, 0.5))
        draw_text(canvas, Placed("在纸外面", 900, 430))
        text = canvas.beginText(100, HEIGHT - 460)
        text.setFont("STSong-Light", 12)
        text.setTextRenderMode(3)
        text.textOut("不着墨的字")
        canvas.drawText(text)
        canvas.rotate(40)
        draw_text(canvas, Placed("斜着的水印", 300, 500, 40))

    assert texts(read_pdf(text_pdf([set_lines(NEXT, 87.5, 110)], draw=draw), "藏.pdf")) == [NEXT]


def test_white_letters_on_a_dark_ground_are_read() -> None:
    def draw(canvas: Canvas, _: int) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.5)
        canvas.rect(90, HEIGHT - 420, 300, 40, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        draw_text(canvas, Placed("蓝底白字的小标题", 100, 405))

    assert texts(read_pdf(text_pdf([set_lines(NEXT, 87.5, 110)], draw=draw), "底.pdf")) == [NEXT, "蓝底白字的小标题"]


def test_letters_printed_twice_to_look_bold_are_read_once() -> None:
    page = set_lines(NEXT, 87.5, 110)
    twice = [Placed(placed.text, placed.x + 0.4, placed.y, placed.size) for placed in page]
    assert read([[*page, *twice]]) == [NEXT]


def test_a_footnote_follows_the_paragraph_that_goes_on_over_the_page() -> None:
    long = LONG.removesuffix("制定本办法。")
    lines = set_lines(long + "并参照其他城市的做法，制定本办法。", 87.5, 650)
    note = Placed("① 指本市公共数据开放平台。", 87.5, 770, 9)
    first, second = [*set_lines(NEXT, 87.5, 110), *lines[:-1], note], [Placed(lines[-1].text, 87.5, 110)]
    whole = long + "并参照其他城市的做法，制定本办法。"
    assert read([first, [*second, *set_lines(NEXT, 87.5, 135)]]) == [NEXT, whole, note.text, NEXT]


def test_forms_of_characters_stay_as_printed() -> None:
    text = "本办法所称①平台，收费标准每㎡每月２元，办理时限⑩日。"
    assert read([set_lines(text, 87.5, 110)]) == [text]
