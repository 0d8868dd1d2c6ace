"""Plain text: what a clerk typed, copied off a page or was sent, in any of the encodings that offices use.

Wording and punctuation stay as received, because quotes are verbatim; only what cannot be seen is made uniform, and
what a printed page left between the lines is taken out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers.encodings import decode_text
from corpus.readers.furniture import without_furniture
from corpus.readers.limits import read_file
from corpus.readers.normal_form import normalise_text
from corpus.readers.source import Anchor, LineKind, Source, SourceLine

MOST_LINES = 200_000  # the longest law has less than five thousand
_LINE_END = re.compile("[\n\r\f]")
_LABELLED = re.compile(r"[^\t:：]{1,20}[:：]")
_LONGEST_CELL = 200  # characters; a line with longer parts between tabs is no row


def decode(data: bytes, file: str) -> str:
    """Normalised text of UTF-8 `data` (a byte order mark is allowed); `file` is named in errors.

    For files that the product itself reads: facts, records. Raises DocumentError when the bytes are not UTF-8 or hold
    nothing visible.
    """
    try:
        text = normalise_text(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"{file}:{line}: 第 {error.start} 个字节不是 UTF-8 文字，请用 UTF-8 编码另存。"
            f"byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from error
    _refuse_empty(text, file)
    return text


def read_text(path: Path, within: Path | None = None) -> str:
    """Normalised UTF-8 text of a file. Raises DocumentError as `decode` and `read_file` do."""
    return decode(read_file(path, within), str(path))


def read_plain(data: bytes, file: str) -> Source:
    """The lines of a text file, as they were received; one that holds a web page is read as such.

    Raises DocumentError when the bytes are no text, in no known encoding, or hold nothing visible.
    """
    text = decode_text(data, file)
    from corpus.readers.html import is_page, read_html  # noqa: PLC0415 - lxml is loaded for pages only

    if is_page(text):
        return read_html(data, file)
    if len(_LINE_END.findall(text)) > MOST_LINES:
        raise DocumentError(
            f"{file}:1: 超过 {MOST_LINES} 行，请把文件拆开。more than {MOST_LINES} lines; split the document"
        )
    lines, removed = without_furniture(_with_rows(_lines(text)))
    source = Source(tuple(lines), notices=_notices(removed))
    _refuse_empty(source.text, file)
    return source


def _refuse_empty(text: str, file: str) -> None:
    if not text.strip():
        raise DocumentError(
            f"{file}:1: 文件里没有文字，请换一份有文字的。the file holds no text; put the document's text into it"
        )


def _notices(removed: int) -> tuple[str, ...]:
    if not removed:
        return ()
    english = f"{removed} lines of page numbers, heads and addresses left out."
    return (f"打印留下的页码、页眉、网址等 {removed} 行未收入。{english}",)


def _lines(text: str) -> list[SourceLine]:
    """The lines in normal form. Where form feeds part pages, each knows its page."""
    pages = text.split("\f")
    return [
        SourceLine(line, anchor=Anchor(page=number if len(pages) > 1 else None))
        for number, page in enumerate(pages, 1)
        for line in normalise_text(page).split("\n")
    ]


def _with_rows(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Lines that are surely rows of a table are marked so: several in a row with as many cells."""
    marked = list(lines)
    for table, run in enumerate(_tables(lines), 1):
        for row, number in enumerate(run, 1):
            anchor = replace(lines[number].anchor, table=table, row=row)
            marked[number] = replace(lines[number], kind=LineKind.ROW, anchor=anchor)
    return marked


def _tables(lines: Sequence[SourceLine]) -> Iterator[list[int]]:
    """The numbers of the lines of each table; empty lines may stand between them."""
    run: list[int] = []
    for number, line in enumerate(lines):
        if _may_be_row(line.text):
            run.append(number)
        elif line.text.strip():
            if _is_table([lines[one].text for one in run]):
                yield run
            run = []
    if _is_table([lines[one].text for one in run]):
        yield run


def _may_be_row(text: str) -> bool:
    return "\t" in text.strip() and all(len(cell) <= _LONGEST_CELL for cell in text.split("\t"))


def _is_table(texts: Sequence[str]) -> bool:
    """Whether two rows or more, or three of two cells, have cells side by side, and most have as many as the widest."""
    widths = [len(text.rstrip("\t").split("\t")) for text in texts]
    widest = max(widths, default=0)
    as_wide = sum(1 for width in widths if width == widest)
    labelled = sum(1 for text in texts if _LABELLED.match(text))  # 发文机关：…, which is what a page says of its text
    first_cells = any(not text.startswith("\t") for text in texts) and labelled * 2 < max(1, len(texts))
    return first_cells and len(texts) >= (2 if widest > 2 else 3) and as_wide * 2 >= len(texts)
