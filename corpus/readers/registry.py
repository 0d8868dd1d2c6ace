"""Which reader reads a file: by its content where that says so for certain, else by the ending of its name.

Readers are imported when the first file of their format comes, so that a folder of texts loads no library for Word.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from importlib import import_module
from pathlib import Path, PurePath
from typing import cast

from corpus.errors import DocumentError
from corpus.readers.archive import open_archive, read_entry
from corpus.readers.limits import MOST_BYTES, MOST_BYTES_OF_PAGES, MOST_CHARACTERS, read_file, too_large, too_long
from corpus.readers.source import Source


class Format(StrEnum):
    """What a reader reads; the value is the name of its module."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    RTF = "rtf"
    OFFICE = "office"  # what LibreOffice reads for us: doc, wps, xls, et, odt, ods
    OFD = "ofd"
    IMAGE = "image"


ENDINGS = {
    Format.TEXT: ("txt", "text"),
    Format.HTML: ("html", "htm", "xhtml", "shtml"),
    Format.DOCX: ("docx", "docm", "dotx"),
    Format.XLSX: ("xlsx", "xlsm"),
    Format.PDF: ("pdf",),
    Format.RTF: ("rtf",),
    Format.OFFICE: ("doc", "dot", "wps", "wpt", "xls", "xlt", "et", "ett", "odt", "ods"),
    Format.OFD: ("ofd",),
    Format.IMAGE: ("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp"),
}
_BY_ENDING = {ending: format_ for format_, endings in ENDINGS.items() for ending in endings}
_PLAIN = (Format.TEXT, Format.HTML, Format.RTF)

_HEAD = 4096  # bytes that are looked at for the marks of a format
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word and Excel until 2003, WPS; also what holds an encrypted docx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # a stream in it
_OTHER_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ\x00")
_MARKS = {
    Format.OFFICE: re.compile(re.escape(_OLE)),
    Format.PDF: re.compile(rb"[\s\S]{0,1023}?%PDF-"),
    # BMP by its reserved bytes too: two letters alone may begin a text
    Format.IMAGE: re.compile(
        rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|II\*\0|MM\0\*|GIF8[79]a|RIFF[\s\S]{4}WEBP|BM[\s\S]{4}\0{4}"
    ),
    Format.RTF: re.compile(rb"\s*\{\\rtf"),
}
_PAGE = re.compile(
    r"[\s\ufeff]*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,1000}>\s*)?"
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|div)\b",
    re.IGNORECASE,
)
_WORD_XML = re.compile(r"<\?mso-application|<w:wordDocument|<pkg:package|<Workbook\b")
_ARCHIVED_PAGE = re.compile(r"(?:From: <Saved by|MIME-Version: 1\.0)[^\0]*multipart/related", re.IGNORECASE)
_INSIDE_ZIP = (("word/", Format.DOCX), ("xl/", Format.XLSX), ("OFD.xml", Format.OFD))


def read_source(data: bytes, file: str) -> Source:
    """The lines of a file in any of the formats; `file` is its name, with the folder where errors shall name it.

    A file whose ending is wrong is read by its content, and a notice says so. Raises DocumentError.
    """
    format_ = detect(data, file)
    if len(data) > most_bytes(format_):
        raise too_large(file, len(data), most_bytes(format_))
    reader = _reader(format_)
    try:
        source = reader(data, file)
    except DocumentError:
        raise
    except Exception as error:  # a library that meets what nobody has tried must not take other files with it
        raise unexpected(file, error) from error
    if len(source.text) > MOST_CHARACTERS:
        raise too_long(file, len(source.text))
    if not source.text.strip():
        raise DocumentError(
            f"{file}:1: 文件里没有文字，请换一份有文字的。the file holds no text; put one with text there"
        )
    named = _BY_ENDING.get(ending(file))
    if named in (None, format_):
        return source
    notice = f"名称以 .{ending(file)} 结尾，内容是 {ENDINGS[format_][0]}，已按内容读取。Read as {ENDINGS[format_][0]}."
    return replace(source, notices=(*source.notices, notice))


def _reader(format_: Format) -> Callable[[bytes, str], Source]:
    module = import_module(f"corpus.readers.{format_}")
    name = "plain" if format_ is Format.TEXT else format_
    return cast(Callable[[bytes, str], Source], getattr(module, f"read_{name}"))


def detect(data: bytes, file: str) -> Format:
    """The format of a file. Raises DocumentError where nothing here reads it, or its ending promises what it is not."""
    if not data:
        raise DocumentError(
            f"{file}:1: 空文件，请换一份有内容的。the file is empty, it holds no text; put one with text there"
        )
    by_content = _by_content(data, file)
    if by_content is not None:
        return by_content
    by_ending = _BY_ENDING.get(ending(file))
    if by_ending is None:
        raise unknown_format(file)
    if by_ending not in (Format.TEXT, Format.HTML):
        raise DocumentError(
            f"{file}:1: 名称以 .{ending(file)} 结尾，内容却不是，可能已损坏或改过名；请重新下载，纯文本请改名为 .txt。"
            f"not what .{ending(file)} promises: damaged or renamed; get it again, or call it .txt if it is plain text"
        )
    return by_ending


def unexpected(file: str, error: Exception) -> DocumentError:
    """The error about a file that something fails on which it should not; it is no fault of whoever brings the file."""
    return DocumentError(
        f"{file}:1: 读取失败，请另存为 docx、pdf 或 txt 再试，并报告此问题。"
        f"cannot be read ({type(error).__name__}: {error}); save it in another format, and report this"
    )


def unknown_format(file: str) -> DocumentError:
    """The error about a file whose name and content say nothing that is read."""
    known = " ".join(name for names in ENDINGS.values() for name in names)
    return DocumentError(
        f"{file}:1: 不读这种文件，请另存为 docx、pdf 或 txt，或移出文件夹。"
        f"not a format that is read ({known}); save it as one of them, or move it out of the folder"
    )


def ending(file: str) -> str:
    """The ending of a name in small letters, without the dot."""
    return PurePath(file).suffix[1:].lower()


def most_bytes(format_: Format | None) -> int:
    """How large a file of this format may be; None: one that its name does not tell."""
    return MOST_BYTES if format_ in _PLAIN else MOST_BYTES_OF_PAGES


def read_document_file(path: Path, within: Path | None = None) -> bytes:
    """The bytes of a document, as many as its ending allows. Raises DocumentError as `limits.read_file` does."""
    return read_file(path, within, most_bytes(_BY_ENDING.get(ending(path.name))))


def _by_content(data: bytes, file: str) -> Format | None:
    """The format whose marks the content bears; None for what may be plain text or anything."""
    head = data[:_HEAD]
    if head.startswith(_ZIP):
        return _inside_zip(data, file)
    if head.startswith(_OTHER_ARCHIVES):
        raise _archive(file)
    if head.startswith(_OLE) and _ENCRYPTED in data:
        raise DocumentError(
            f"{file}:1: 文件设有密码，请用 Word 打开、去掉密码后再存一次。"
            "protected by a password; open it, remove the password and save it again"
        )
    for format_, marks in _MARKS.items():
        if marks.match(head):
            return format_
    return _by_markup(head, file)


def _by_markup(head: bytes, file: str) -> Format | None:
    wide = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    text = head.decode(wide, "replace") if wide else head.decode("utf-8-sig", "replace")
    if _ARCHIVED_PAGE.match(text):
        raise DocumentError(
            f"{file}:1: 单文件网页（mht）不读，请在浏览器里另存为“网页，仅 HTML”。"
            "a web page in one file (mht) is not read; save it as HTML only"
        )
    if _WORD_XML.search(text):
        return Format.OFFICE
    return Format.HTML if _PAGE.match(text) else None


def _inside_zip(data: bytes, file: str) -> Format:
    with open_archive(data, file) as archive:
        names = archive.namelist()
        kind = read_entry(archive, "mimetype", file) if names[:1] == ["mimetype"] else b""
    for name, format_ in _INSIDE_ZIP:
        if any(one.startswith(name) for one in names):
            return format_
    if kind.startswith((b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.spreadsheet")):
        return Format.OFFICE
    if any(one.startswith("ppt/") for one in names):
        raise unknown_format(file)
    raise _archive(file)


def _archive(file: str) -> DocumentError:
    renamed = f"（名称虽以 .{ending(file)} 结尾）" if ending(file) in _BY_ENDING else ""
    return DocumentError(
        f"{file}:1: 这是压缩包{renamed}，不是文件本身；请解压后放入其中的文件。"
        "an archive, not a document, whatever it is called; unpack it and put the files themselves there"
    )
