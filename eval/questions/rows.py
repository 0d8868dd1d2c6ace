"""The rows of a question file, each with the place where it stands: JSONL, CSV or every sheet of an .xlsx workbook.

A place is a line (`12`), or sheet and row (`Sheet1!12`). What tables of an office look like is said in `table.py`.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import DocumentError, QuestionFileError
from corpus.readers.encodings import decode_text
from eval.questions.heads import find_heads
from eval.questions.table import Line, Report, Row, read_table, without_heads

_DELIMITERS = ",;\t"


def read_rows(path: Path, report: Report = lambda _: None) -> Iterator[tuple[str, Row]]:
    """(place, row) in the order of the file; blank lines are skipped. What a row must hold is not looked at here.

    `report` is told of columns and sheets that are passed over. Raises QuestionFileError, whose message starts with
    the file and, where there is one, the place.
    """
    read = _READERS.get(path.suffix.lower(), _read_jsonl)
    try:
        yield from read(path, report)
    except FileNotFoundError:
        raise QuestionFileError(
            f"{path}: 没有这个文件，请给出问题文件（JSONL、CSV、xlsx）的路径。"
            "no such file. Give the path of a question file (JSONL, CSV, xlsx)."
        ) from None
    except UnicodeDecodeError as error:
        raise QuestionFileError(f"{path}: cannot be read ({error}). Save it as UTF-8 text and try again.") from error
    except DocumentError as error:
        raise QuestionFileError(str(error)) from error
    except (OSError, BadZipFile, KeyError, csv.Error) as error:
        raise QuestionFileError(
            f"{path}: 读不了，请用原来的程序打开后另存为 {path.suffix}。cannot be read ({error}). "
            f"Save it again as {path.suffix}."
        ) from error


def _read_jsonl(path: Path, _: Report) -> Iterator[tuple[str, Row]]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row: Any = json.loads(line)
        except json.JSONDecodeError as error:
            fault = f"not JSON ({error.msg} at column {error.colno}); write one object a line"
            raise QuestionFileError(f"{path}:{number}: {fault}.") from error
        if not isinstance(row, dict):
            raise QuestionFileError(f"{path}:{number}: not a JSON object; write {{…}} with id, question and relevant.")
        yield str(number), row


def _read_csv(path: Path, report: Report) -> Iterator[tuple[str, Row]]:
    """The delimiter is the one with which most heads are known: `,`, `;` or a tab."""
    text = decode_text(path.read_bytes(), str(path))
    heads = {one: find_heads(cells for _, cells in _lines(text, one, strict=False)) for one in _DELIMITERS}
    delimiter = max(heads, key=lambda one: len(found.fields) if (found := heads[one]) else 0)
    lines, found = list(_lines(text, delimiter, strict=True)), heads[delimiter]
    if lines and found is None:
        raise without_heads(f"{path}:{lines[0].place}", lines[0].cells)
    if found is not None:
        yield from read_table(str(path), lines, found, report)


def _lines(text: str, delimiter: str, *, strict: bool) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Line(str(reader.line_num), [cell.strip() for cell in cells])


def _read_xlsx(path: Path, report: Report) -> Iterator[tuple[str, Row]]:
    # not read-only: such a workbook keeps its file open, and knows no merged cells
    sheets = {sheet.title: list(_sheet_lines(sheet)) for sheet in load_workbook(path, data_only=True).worksheets}
    heads = {title: find_heads([cells for _, cells in lines]) for title, lines in sheets.items()}
    filled = [title for title, lines in sheets.items() if lines]
    if filled and not any(heads.values()):
        first = sheets[filled[0]][0]
        raise without_heads(f"{path}:{first.place}", first.cells)
    if other := [title for title in filled if heads[title] is None]:
        names = "、".join(other)
        report(f"{path}: 没有“问题”一列的工作表没有读入 Sheets without a column of questions are passed over: {names}")
    for title, found in heads.items():
        if found is not None:
            yield from read_table(str(path), sheets[title], found, report)


def _sheet_lines(sheet: Worksheet) -> Iterator[Line]:
    """The rows that hold something; a cell that is merged downwards says the same of every row."""
    covering: dict[tuple[int, int], Any] = {}
    for merged in sheet.merged_cells.ranges:
        if merged.min_col == merged.max_col:
            value = sheet.cell(merged.min_row, merged.min_col).value
            covering.update({(row, merged.min_col): value for row in range(merged.min_row, merged.max_row + 1)})
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_shown(covering.get((number, column), value)) for column, value in enumerate(values, start=1)]
        if any(_shown(value) for value in values):
            yield Line(f"{sheet.title}!{number}", cells)


def _shown(value: object) -> str:
    """The words of a cell: whole numbers whole, days without a time."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value).strip()


def _refuse_old(path: Path, _: Report) -> Iterator[tuple[str, Row]]:
    raise QuestionFileError(
        f"{path}: 读不了 {path.suffix}，请在原来的程序里另存为 .xlsx。a table of another program; save it as .xlsx."
    )


_READERS: Mapping[str, Callable[[Path, Report], Iterator[tuple[str, Row]]]] = {
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".xlsx": _read_xlsx,
    ".xlsm": _read_xlsx,
    **dict.fromkeys((".xls", ".et", ".ods", ".numbers"), _refuse_old),
}
