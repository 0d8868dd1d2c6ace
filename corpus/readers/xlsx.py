"""Excel files: each visible sheet with its name as a heading and its rows; formulas by the values kept in the file."""

import datetime
import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from corpus.errors import DocumentError
from corpus.readers.archive import damaged, open_archive, read_entry
from corpus.readers.source import Anchor, LineKind, Source, SourceLine, row_line, source_line

MOST_ROWS = 50_000  # with words, of all sheets together
MOST_CHARACTERS = 20_000_000  # a string that the file keeps once may stand in every cell
MOST_SHEETS = 200
MOST_COLUMNS = 256
MOST_LOOKED_AT = 100_000  # rows of all sheets together, empty ones as well: a sheet may be formatted to its end
_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表)\s*\d*", re.IGNORECASE)
_PERCENT = re.compile(r"^[0#,]*0(?:\.(0+))?%")

Sheet = Any  # openpyxl's kinds of sheets share no type
Cell = Any


def read_xlsx(data: bytes, file: str) -> Source:
    """The lines of an xlsx or xlsm; macros and links are not followed.

    Raises DocumentError where it is damaged, locked, too large, or holds no words.
    """
    with open_archive(data, file) as archive:
        for name in archive.namelist():
            if name.lower().endswith((".xml", ".rels")):
                read_entry(archive, name, file)  # looked over, as openpyxl will parse it
    reader = _Reader(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what openpyxl would not write back
            reader.read(data)
    except DocumentError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers meet: KeyError, TypeError, ValueError …
        raise damaged(file, error) from error
    if not any(line.kind is LineKind.ROW for line in reader.lines):
        raise DocumentError(
            f"{file}:1: 表中没有文字，请换一份有文字的。the file holds no text; put one with text there"
        )
    return Source(tuple(reader.lines), notices=tuple(reader.notices))


class _Reader:
    def __init__(self, file: str) -> None:
        self.lines: list[SourceLine] = []
        self.notices: list[str] = []
        self._file = file
        self._rows = 0
        self._characters = 0

    def read(self, data: bytes) -> None:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = book.worksheets
        if len(sheets) > MOST_SHEETS:
            raise self._too_much()
        for place, sheet in enumerate(sheets, 1):
            if sheet.sheet_state == "visible":
                self._sheet(sheet, place, MOST_LOOKED_AT // len(sheets))
            else:
                self.notices.append(f"隐藏的工作表“{sheet.title}”没有读入。Hidden sheet left out: {sheet.title}.")
        book.close()

    def _sheet(self, sheet: Sheet, place: int, lowest: int) -> None:
        title = source_line(sheet.title, LineKind.HEADING, level=1, anchor=Anchor(table=place))
        titled = _DEFAULT_NAME.fullmatch(sheet.title.strip()) is not None  # Sheet1 says nothing
        for number, cells in self._filled(sheet, lowest):
            if not titled:
                self.lines.append(title)
                titled = True
            self.lines.append(row_line(cells, Anchor(table=place, row=number)))

    def _filled(self, sheet: Sheet, lowest: int) -> Iterator[tuple[int, list[str]]]:
        """The rows with words and their numbers; a cell that a merge covers is empty in the file itself."""
        sheet.reset_dimensions()  # what a file says of its size need not be true
        widest = 0
        for number, row in enumerate(sheet.iter_rows(max_row=lowest, max_col=MOST_COLUMNS), 1):
            cells = [_shown(cell) for cell in row]
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                self._rows += 1
                self._characters += sum(map(len, cells))
                if self._rows > MOST_ROWS or self._characters > MOST_CHARACTERS:
                    raise self._too_much()
                widest = max(widest, len(cells))
                yield number, cells + [""] * (widest - len(cells))
            if number == lowest:
                title = sheet.title
                self.notices.append(
                    f"工作表“{title}”第 {lowest} 行以下没有看。Not looked at below row {lowest} of {title}."
                )

    def _too_much(self) -> DocumentError:
        return DocumentError(
            f"{self._file}:1: 超过 {MOST_SHEETS} 个工作表、{MOST_ROWS} 行或 {MOST_CHARACTERS} 字，请拆分。"
            f"more than {MOST_SHEETS} sheets, {MOST_ROWS} rows or {MOST_CHARACTERS} characters; split the file"
        )


def _shown(cell: Cell) -> str:
    """The words of a cell, nearly as Excel shows them: days without a time, shares as percent, whole numbers whole."""
    content = cell.value
    if content is None:
        return ""
    if isinstance(content, bool):
        return str(content).upper()
    if isinstance(content, datetime.datetime) and content.time() == datetime.time():
        return content.date().isoformat()
    if isinstance(content, int | float):
        if match := _PERCENT.match(cell.number_format or ""):
            return f"{content * 100:.{min(len(match[1] or ''), 9)}f}%"
        return f"{content:.15g}"
    return str(content)
