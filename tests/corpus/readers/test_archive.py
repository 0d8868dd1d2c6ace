"""Laws of the limits: nothing is unpacked that is too much, and no entity is expanded."""

import io
import zipfile

import pytest

from corpus.errors import DocumentError
from corpus.readers import archive
from corpus.readers.archive import open_archive, read_entry
from corpus.readers.docx import read_docx
from tests.corpus.readers.office_files import numbered, paragraph, run, table, word_file, zip_file

BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_what_is_within_the_limits_is_opened() -> None:
    with open_archive(zip_file({"a.xml": "<a/>"}), "a.docx") as opened:
        assert read_entry(opened, "a.xml", "a.docx") == b"<a/>"


def test_a_file_that_unpacks_to_too_much_is_refused_unread() -> None:
    with pytest.raises(DocumentError, match=r"^a\.docx:1: 压缩比异常"):
        open_archive(zip_file({"word/document.xml": "0" * 30_000_000}), "a.docx")


def test_the_sum_and_the_number_of_entries_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zip_file({f"{number}.xml": "12345" for number in range(20)})
    monkeypatch.setattr(archive, "MOST_UNPACKED", 99)
    with pytest.raises(DocumentError, match=r"^a\.docx:1: 解压后过大"):
        open_archive(data, "a.docx")
    monkeypatch.setattr(archive, "MOST_UNPACKED", 100)
    open_archive(data, "a.docx").close()
    monkeypatch.setattr(archive, "MOST_ENTRIES", 19)
    with pytest.raises(DocumentError, match=r"^a\.docx:1: 解压后过大"):
        open_archive(data, "a.docx")


def test_a_part_that_is_too_large_to_parse_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_OF_A_PART", 500)
    with pytest.raises(DocumentError, match=r"word/document\.xml"):
        read_docx(word_file(paragraph("正文")), "a.docx")


def test_an_entry_with_a_password_is_refused() -> None:
    data = bytearray(zip_file({"a.xml": "<a/>"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + flags] |= 1
    with pytest.raises(DocumentError, match="密码"):
        open_archive(bytes(data), "a.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{BOMB}<w>&b;</w>'.encode(encoding)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("word/document.xml", xml)
    with pytest.raises(DocumentError, match=r"^a\.docx:1: .*实体"):
        read_docx(buffer.getvalue(), "a.docx")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"), ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")],
)
def test_what_is_nested_without_end_is_an_error(opening: str, closing: str) -> None:
    with pytest.raises(DocumentError, match=r"^a\.docx:1: "):
        read_docx(word_file(opening * 50_000 + paragraph("甲") + closing * 50_000), "a.docx")


def test_hostile_numbering_is_read_in_one_pass() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{"9" * 40}"/><w:numFmt w:val="upperRoman"/>'
        f'<w:lvlText w:val="{"%1" * 500}"/></w:lvl>'
        for at in range(9)
    )
    definitions = "".join(f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>' for at in range(100))
    instances = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at % 100}"/></w:num>' for at in range(2_000))
    styles = "".join(
        f'<w:style w:styleId="{at}"><w:basedOn w:val="{(at + 1) % 2000}"/></w:style>' for at in range(2_000)
    )
    body = "".join(
        numbered("甲", at, at % 9) + paragraph("乙", f'<w:pStyle w:val="{at % 2000}"/>') for at in range(2_000)
    )
    source = read_docx(word_file(body, numbering=definitions + instances, styles=styles), "a.docx")
    assert len(source.lines) == 4_000


def test_a_note_that_refers_to_itself_and_to_others_is_given_once() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{paragraph(run("注") + reference)}</w:footnote>'
    source = read_docx(word_file(paragraph(run("甲") + reference) * 100, footnotes=note), "a.docx")
    assert source.text.count("注") == 1


def test_fields_that_never_end_are_read_in_one_pass() -> None:
    marks = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    source = read_docx(word_file(paragraph(marks + run("甲")) * 2_000), "a.docx")
    assert len(source.lines) == 2_000


def test_cells_that_span_without_end_are_bounded() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="999"/></w:tcPr>{paragraph("甲")}</w:tc>'
    source = read_docx(word_file(table(f"<w:tr>{wide * 100}</w:tr>")), "a.docx")
    assert source.text.count("\t") < 63
    assert source.text.count("甲") == 100
