"""Laws of tables in Word files: one line a row, every column in its place, layout is no table."""

from corpus.readers.docx import read_docx
from corpus.readers.source import LineKind
from tests.corpus.readers.office_files import paragraph, row, run, table, word_file


def cell(text: str, properties: str) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def plain(text: str) -> str:
    return cell(text, "")


def lines(body: str) -> list[str]:
    return read_docx(word_file(body), "a.docx").text.split("\n")


def test_cells_merged_sideways_leave_the_columns_in_their_places() -> None:
    wide = "<w:tr>" + cell("学历与职称", '<w:gridSpan w:val="2"/>') + plain("分值") + "</w:tr>"
    assert lines(table(wide, row("本科", "中级", "80"))) == ["学历与职称\t\t分值", "本科\t中级\t80"]


def test_cells_merged_downwards_hold_their_words_once() -> None:
    first = "<w:tr>" + cell("学历", '<w:vMerge w:val="restart"/>') + plain("本科") + "</w:tr>"
    second = "<w:tr>" + cell("", "<w:vMerge/>") + plain("硕士") + "</w:tr>"
    assert lines(table(first, second)) == ["学历\t本科", "\t硕士"]


def test_columns_that_a_row_leaves_free_are_counted() -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{plain("甲")}{plain("乙")}</w:tr>'
    assert lines(table(row("一", "二", "三"), late)) == ["一\t二\t三", "\t甲\t乙"]


def test_a_row_that_was_deleted_is_gone() -> None:
    gone = row("旧", "值").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    assert lines(table(row("项", "值"), gone)) == ["项\t值"]


def test_paragraphs_and_line_breaks_in_a_cell_are_one_line() -> None:
    body = table(row("材料", paragraph("身份证") + paragraph(run("户口簿") + "<w:r><w:br/></w:r>" + run("照片"))))
    assert lines(body) == ["材料\t身份证 户口簿 照片"]


def test_characters_set_one_below_the_other_are_one_word() -> None:
    assert lines(table(row(paragraph("学") + paragraph("历"), "本科"))) == ["学历\t本科"]


def test_a_table_of_one_column_lays_out_paragraphs() -> None:
    source = read_docx(word_file(table(row(paragraph("第一行") + paragraph("第二行")), row("第三行"))), "a.docx")
    assert source.text == "第一行\n第二行\n第三行"
    assert {line.kind for line in source.lines} == {LineKind.PARAGRAPH}


def test_side_columns_without_words_do_not_make_a_table() -> None:
    assert lines(table(row("", "标题", ""), row("", paragraph("正文") + paragraph("落款"), ""))) == [
        "标题",
        "正文",
        "落款",
    ]


def test_a_table_inside_a_cell_is_read_as_a_table() -> None:
    inner = table(row("项", "值"), row("甲", "1"))
    source = read_docx(word_file(table(row("导航", paragraph("正文") + inner + paragraph("落款")))), "a.docx")
    assert source.text == "导航\n正文\n项\t值\n甲\t1\n落款"


def test_a_cell_with_several_articles_lays_out_a_text() -> None:
    text = paragraph("第一条 为了规范管理。") + paragraph("第二条 本办法自公布之日起施行。")
    assert lines(table(row("正文", text))) == ["正文", "第一条 为了规范管理。", "第二条 本办法自公布之日起施行。"]


def test_a_row_of_one_cell_in_a_table_stays_a_row() -> None:
    source = read_docx(word_file(table(row("一、基本条件"), row("年龄", "18周岁以上"))), "a.docx")
    assert [line.kind for line in source.lines] == [LineKind.ROW] * 2
