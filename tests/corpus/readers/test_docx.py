"""Laws of reading Word files: what Word shows is what is read, in its order, once."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.load import SHIPPED, load_corpus
from corpus.readers.docx import read_docx
from corpus.readers.normal_form import normalise_text
from corpus.readers.source import LineKind
from tests.corpus.readers.office_files import (
    auto_numbered_docx,
    paragraph,
    row,
    run,
    table,
    typed_docx,
    word_file,
    zip_file,
)

TEXTS = ("anhui-2023-4", "harbin-66")
BOX = '<mc:AlternateContent><mc:Choice Requires="wps">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'


def read(body: str, **parts: str) -> list[str]:
    return read_docx(word_file(body, **parts), "a.docx").text.split("\n")


def shown(text: str) -> list[str]:
    return [line.strip() for line in normalise_text(text).split("\n") if line.strip()]


@pytest.mark.parametrize("name", TEXTS)
def test_a_shipped_text_typed_into_word_is_read_line_by_line(name: str) -> None:
    text = (SHIPPED / f"{name}.txt").read_text("utf-8")
    assert shown(read_docx(typed_docx(text), "a.docx").text) == shown(text)


@pytest.mark.parametrize("suffix", ["nothing", "space", "tab"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_shipped_text_whose_numbers_word_counts_is_read_line_by_line(name: str, suffix: str) -> None:
    text = (SHIPPED / f"{name}.txt").read_text("utf-8")
    data = auto_numbered_docx(text, suffix)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "一、".encode() not in archive.read("word/document.xml")
    assert shown(read_docx(data, "a.docx").text) == shown(text)


@pytest.mark.parametrize("make", [typed_docx, auto_numbered_docx])
def test_a_shipped_text_keeps_its_ids_in_word(make: Callable[[str], bytes], tmp_path: Path) -> None:
    for name in TEXTS:
        text = (SHIPPED / f"{name}.txt").read_text("utf-8")
        (tmp_path / f"{name}.txt").write_text(read_docx(make(text), "a.docx").text, "utf-8")
        (tmp_path / f"{name}.toml").write_bytes((SHIPPED / f"{name}.toml").read_bytes())

    def ids(folder: Path | None) -> list[str]:
        clauses = load_corpus(folder).clauses
        return [name for clause in clauses for name in (clause.id, *(part.id for part in clause.all_parts()))]

    assert ids(tmp_path) == ids(None)
    assert len(ids(None)) == 181


def test_paragraphs_and_tables_come_in_the_order_of_the_body() -> None:
    body = paragraph("表前") + table(row("学历", "分值"), row("本科", "80分")) + paragraph("表后")
    source = read_docx(word_file(body), "a.docx")
    assert source.text == "表前\n学历\t分值\n本科\t80分\n表后"
    assert [line.kind for line in source.lines][1:3] == [LineKind.ROW] * 2
    assert (source.lines[2].anchor.table, source.lines[2].anchor.row) == (1, 2)


def test_a_line_broken_in_a_paragraph_is_a_line() -> None:
    assert read(paragraph("<w:r><w:t>云泽市</w:t><w:br/><w:t>人民政府</w:t></w:r>")) == ["云泽市", "人民政府"]


def test_tracked_changes_are_accepted() -> None:
    body = paragraph(
        run("满")
        + "<w:del><w:r><w:delText>三</w:delText></w:r></w:del>"
        + f"<w:ins>{run('五')}</w:ins><w:moveFrom>{run('日')}</w:moveFrom><w:moveTo>{run('年')}</w:moveTo>"
    )
    source = read_docx(word_file(body), "a.docx")
    assert source.text == "满五年"
    assert any("修订" in notice for notice in source.notices)


def test_a_deleted_paragraph_end_joins_two_paragraphs_and_counts_once() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph("甲", number + "<w:rPr><w:del/></w:rPr>") + paragraph("乙", number) + paragraph("丙", number)
    assert read(body, numbering=lists) == ["1.甲乙", "2.丙"]


def test_hidden_text_and_comments_are_left_out_and_said() -> None:
    body = paragraph(run("可见") + run("草稿", "<w:vanish/>") + run("的", '<w:vanish w:val="0"/>'))
    body += paragraph("内部备注", '<w:pStyle w:val="Note"/>') + paragraph(
        run("正文") + "<w:r><w:commentReference/></w:r>"
    )
    styles = '<w:style w:type="paragraph" w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style>'
    source = read_docx(word_file(body, styles=styles), "a.docx")
    assert [line for line in source.text.split("\n") if line] == ["可见的", "正文"]
    assert any("隐藏" in notice for notice in source.notices)
    assert any("批注" in notice for notice in source.notices)


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_a_field_shows_its_result() -> None:
    instruction = "<w:r><w:instrText>HYPERLINK 网址</w:instrText></w:r>"
    body = mark("begin") + instruction + run("不显示") + mark("separate") + run("办事大厅") + mark("end") + run("办理")
    assert read(paragraph(body)) == ["办事大厅办理"]


def test_a_field_that_never_ends_hides_no_other_paragraph() -> None:
    assert read(paragraph(run("甲") + mark("begin") + run("坏")) + paragraph("乙")) == ["甲", "乙"]


def test_a_number_in_a_circle_is_read_from_its_field() -> None:
    body = mark("begin") + r"<w:r><w:instrText>eq \o\ac(○,3)</w:instrText></w:r>" + mark("end") + run("户口簿")
    assert read(paragraph(body)) == ["③户口簿"]


def test_a_check_box_of_a_form_is_read() -> None:
    box = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{box}</w:fldChar></w:r>'
    body = begin + "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>" + mark("end") + run("个人")
    assert read(paragraph(body)) == ["☑个人"]


def test_a_table_of_contents_is_furniture() -> None:
    begin = mark("begin") + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>" + mark("separate")
    body = (
        paragraph(begin + run("第一章 总则 1"))
        + paragraph("第二章 附则 9")
        + paragraph(mark("end"))
        + paragraph("第一章 总则")
    )
    lines = [line for line in read_docx(word_file(body), "a.docx").lines if line.text]
    assert [line.kind for line in lines] == [LineKind.FURNITURE, LineKind.FURNITURE, LineKind.PARAGRAPH]


def test_a_text_box_is_read_once_below_its_paragraph() -> None:
    inside = f"<wps:txbx><w:txbxContent>{paragraph('框内')}</w:txbxContent></wps:txbx>"
    old = f"<w:pict><v:textbox><w:txbxContent>{paragraph('框内')}</w:txbxContent></v:textbox></w:pict>"
    box = BOX.format(f"<w:drawing>{inside}</w:drawing>", old)
    assert read(paragraph(f"<w:r><w:t>正文</w:t>{box}</w:r>") + paragraph("下文")) == ["正文", "框内", "下文"]
    assert read(paragraph(f"<w:r><w:t>正文</w:t>{old}</w:r>")) == ["正文", "框内"]


def test_notes_stand_below_the_paragraph_that_refers_to_them() -> None:
    first = f'<w:footnote w:id="2">{paragraph("指市级财政。")}</w:footnote>'
    last = f'<w:endnote w:id="2">{paragraph("见附件。")}</w:endnote>'
    body = paragraph(run("给予补贴") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("。"))
    body += paragraph(run("另行公布。") + '<w:r><w:endnoteReference w:id="2"/></w:r>')
    lines = read(body, footnotes=first, endnotes=last)
    assert lines == ["给予补贴。", "指市级财政。", "另行公布。", "见附件。"]


def test_controls_links_and_tags_are_read_through_and_prompts_are_not() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format("", paragraph("控件"))
    inside = control.format("<w:showingPlcHdr/>", run("单击输入"))
    body += paragraph(f"<w:smartTag>{run('标记')}</w:smartTag><w:hyperlink>{run('链接')}</w:hyperlink>{inside}")
    assert read(body) == ["控件", "标记链接"]


def test_signs_of_symbol_fonts_are_the_signs_they_show() -> None:
    body = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>' + run("\uf0fe", '<w:rFonts w:ascii="Wingdings"/>')
    assert read(paragraph(body + run("个人"))) == ["□☑个人"]


@pytest.mark.parametrize(
    ("properties", "level"),
    [('<w:pStyle w:val="2"/>', 2), ('<w:pStyle w:val="own"/>', 2), ('<w:outlineLvl w:val="0"/>', 1), ("", 0)],
)
def test_headings_are_told_by_style_or_outline_level(properties: str, level: int) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="小标题"/><w:basedOn w:val="2"/></w:style>'
    line = read_docx(word_file(paragraph("申请条件", properties), styles=styles), "a.docx").lines[0]
    assert line.level == level
    assert (line.kind is LineKind.HEADING) == bool(level)


def test_a_whole_paragraph_with_an_outline_level_is_no_heading() -> None:
    line = read_docx(word_file(paragraph("申请人应当提交材料。" * 20, '<w:outlineLvl w:val="0"/>')), "a.docx").lines[0]
    assert line.kind is LineKind.PARAGRAPH


def test_page_heads_are_no_part_of_the_text() -> None:
    header = '<Relationship Id="rId9" Type="http://x/header" Target="header1.xml"/>'
    files = zipfile.ZipFile(io.BytesIO(word_file(paragraph("正文"), extra=header)))
    content = {name: files.read(name).decode() for name in files.namelist()}
    content["word/header1.xml"] = f"<w:hdr xmlns:w='w'>{paragraph('页眉')}</w:hdr>"
    assert read_docx(zip_file(content), "a.docx").text == "正文"


def test_a_link_to_nowhere_and_one_to_the_outside_do_no_harm() -> None:
    link = '<Relationship Id="rId{}" Type="http://x/{}" Target="{}" {}/>'
    extra = link.format(8, "hyperlink", "NULL", "") + link.format(
        7, "numbering", "http://x/n.xml", 'TargetMode="External"'
    )
    assert read(paragraph("正文"), extra=extra) == ["正文"]


def test_a_file_in_the_strict_form_is_read() -> None:
    data = zipfile.ZipFile(io.BytesIO(word_file(paragraph("正文"), styles="<w:style/>")))
    main, relations = (
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    old = "http://schemas.openxmlformats.org/"
    content = {
        name: data.read(name)
        .decode()
        .replace(f"{old}wordprocessingml/2006/main", main)
        .replace(f"{old}officeDocument/2006/relationships", relations)
        for name in data.namelist()
    }
    assert read_docx(zip_file(content), "a.docx").text == "正文"


def test_a_file_of_pictures_is_refused_with_what_to_do() -> None:
    picture = '<w:r><w:drawing><a:blip r:embed="rId5"/></w:drawing></w:r>'
    with pytest.raises(DocumentError, match=r"^a\.docx:1: 文件里只有图片.*as pdf$"):
        read(paragraph(picture))
    source = read_docx(word_file(paragraph(run("见图") + picture)), "a.docx")
    assert source.notices == ("图片 1 幅没有读入，其中的文字请另外补上。Pictures left out: 1; add what they say.",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04broken", "已损坏"),
        (typed_docx("正文")[:-400], "已损坏"),
        (zip_file({"a/b.txt": "一"}), "不是 Word 文件"),
        (zip_file({"word/document.xml": "<w:document"}), "已损坏"),
        (word_file(""), "没有文字"),
    ],
)
def test_what_is_no_whole_word_file_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=rf"^a\.docx:1: .*{words}"):
        read_docx(data, "a.docx")
