"""Which reader reads a file, and what each kind of file that cannot be read says."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.readers import ocr, registry
from corpus.readers.limits import MOST_BYTES_OF_PAGES
from corpus.readers.registry import ENDINGS, Format, detect, read_document_file, read_source
from corpus.readers.source import Source
from tests.corpus.readers.office_files import typed_docx, zip_file

TEXT = "云泽市湖岸停车管理办法\n\n第一条 湖岸停车位按小时收费。\n第二条 残疾人专用车位不收费。\n"
PAGE = "<!DOCTYPE html><html><body><h1>云泽市湖岸停车管理办法</h1><p>第一条 湖岸停车位按小时收费。</p></body></html>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def refused(data: bytes, file: str) -> str:
    with pytest.raises(DocumentError) as caught:
        read_source(data, file)
    assert str(caught.value).startswith(f"{file}:")
    return str(caught.value)


def squeezed(source: Source) -> str:
    return "".join(source.text.split())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_any_encoding_of_an_office(encoding: str) -> None:
    assert squeezed(read_source(TEXT.encode(encoding), "a.TXT")) == "".join(TEXT.split())


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (PAGE.encode(), "保存的网页.doc", Format.HTML),
        (PAGE.encode("utf-16"), "a.txt", Format.HTML),
        (b"\xef\xbb\xbf  \r\n" + PAGE.encode(), "a.xls", Format.HTML),
        (zip_file({"[Content_Types].xml": "", "word/document.xml": ""}), "办法.txt", Format.DOCX),
        (zip_file({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "表", Format.XLSX),
        (zip_file({"OFD.xml": "", "Doc_0/Document.xml": ""}), "a.zip", Format.OFD),
        (zip_file({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "a.odt", Format.OFFICE),
        (b"%PDF-1.7\n", "扫描.JPG", Format.PDF),
        (b"\r\n\r\n%PDF-1.4\n", "a.pdf", Format.PDF),
        (b"{\\rtf1\\ansi a}", "a.doc", Format.RTF),
        (OLE, "a.docx", Format.OFFICE),
        (PNG, "a.pdf", Format.IMAGE),
        (b"\xff\xd8\xff\xe0" + bytes(40), "a", Format.IMAGE),
        (b"BM" + bytes(40), "a.bmp", Format.IMAGE),
        ("BM 系列补贴办法".encode(), "a.txt", Format.TEXT),
        ("<某市>通知".encode(), "a.txt", Format.TEXT),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "a.xml", Format.OFFICE),
    ],
)
def test_the_content_says_what_a_file_is_whatever_it_is_called(data: bytes, name: str, expected: Format) -> None:
    assert detect(data, name) is expected


@pytest.mark.parametrize(("format_", "endings"), ENDINGS.items())
def test_every_format_has_a_reader(format_: Format, endings: tuple[str, ...]) -> None:
    assert callable(registry._reader(format_))
    assert endings


def test_a_file_with_a_wrong_ending_is_read_and_says_so() -> None:
    source = read_source(typed_docx(TEXT), "办法.txt")
    assert squeezed(source) == "".join(TEXT.split())
    assert ".txt" in source.notices[-1]
    assert "docx" in source.notices[-1]


def test_what_has_its_own_ending_in_any_case_gives_no_notice() -> None:
    assert read_source(typed_docx(TEXT), "办法.DOCX").notices == ()


@pytest.mark.parametrize(
    ("data", "file", "told"),
    [
        (b"", "a.pdf", ("空文件", "empty")),
        (b"  \n\t\n", "a.txt", ("no text",)),
        (zip_file({"a.txt": TEXT}), "改了名.docx", ("压缩包", "unpack")),
        (zip_file({"a.txt": TEXT}), "a.zip", ("压缩包", "unpack")),
        (zip_file({"ppt/presentation.xml": ""}), "a.pptx", ("另存为", "not a format")),
        (b"PK\x03\x04 and no more", "a.docx", ("已损坏", "get it again")),
        (b"Rar!\x1a\x07\x01\x00", "a.doc", ("压缩包", "unpack")),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "a.7z", ("压缩包", "unpack")),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密.docx", ("密码", "password", "save it again")),
        (TEXT.encode(), "a.pdf", (".pdf", ".txt", "get it again")),
        (TEXT.encode(), "a.docx", (".docx", ".txt")),
        (TEXT.encode(), "a.csv", ("docx", "save it as")),
        (TEXT.encode(), "无扩展名", ("docx", "save it as")),
        (b"\x00\x01\x02\x03" * 100, "影片.mp4", ("另存为", "move it out")),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "a.mht", ("mht", "HTML")),
        (b"\x00\x01\x02\xff" * 100, "a.txt", ("a.txt",)),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, file: str, told: tuple[str, ...]) -> None:
    message = refused(data, file)
    assert [words for words in told if words not in message] == []


def test_a_scan_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    assert "policyqa[ocr]" in refused(PNG, "扫描件.png")


def test_a_pdf_of_no_page_is_refused_with_the_next_step() -> None:
    assert "请" in refused(b"%PDF-1.4\n%%EOF\n", "空.pdf")


def test_a_file_of_300_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(DocumentError, match=rf"大\.pdf:1: 文件 300 MB.*{MOST_BYTES_OF_PAGES // 1_000_000} MB.*split"):
        read_document_file(path)


def test_a_text_may_not_be_as_large_as_a_scan(tmp_path: Path) -> None:
    path = tmp_path / "长.txt"
    with path.open("wb") as file:
        file.truncate(30_000_000)
    with pytest.raises(DocumentError, match="more than 20 MB"):
        read_document_file(path)


def test_many_names_in_a_zip_end_in_an_error() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}", b"")
    assert "10000" in refused(buffer.getvalue(), "a.docx")


def test_a_library_that_breaks_down_on_a_file_is_an_error_of_that_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_data: bytes, _file: str) -> Source:
        raise IndexError("list index out of range")

    monkeypatch.setattr(registry, "_reader", lambda _format: broken)
    assert "IndexError" in refused(TEXT.encode(), "a.txt")


def test_texts_load_no_library_of_other_formats(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from corpus.load import load_corpus; "
        f"load_corpus(Path({str(tmp_path)!r})); "
        "print([name for name in ('docx', 'openpyxl', 'pdfplumber', 'rapidocr', 'PIL') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
