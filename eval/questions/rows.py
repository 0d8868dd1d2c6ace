"""The rows of a question file, each with its line: JSONL, CSV (UTF-8) or the first sheet of an .xlsx workbook.

A table has one column a field, named in its first row. Cells are texts; a list is separated by `;`, and an answer
in `answers` is written `document: quote`.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook

from corpus.errors import QuestionFileError

SEPARATOR = ";"
LISTS = ("history", "tags", "relevant", "relevant_parts", "related")
ANSWERS = "answers"

Row = dict[str, Any]


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """(line, row) in the order of the file; blank lines are skipped. What a row must hold is not looked at here.

    Raises QuestionFileError, whose message starts with the file and, where there is one, the line.
    """
    read = _READERS.get(path.suffix.lower(), _read_jsonl)
    try:
        yield from read(path)
    except FileNotFoundError:
        raise QuestionFileError(f"{path}: no such file. Give the path of a question file (JSONL, CSV, xlsx).") from None
    except UnicodeDecodeError as error:
        raise QuestionFileError(f"{path}: cannot be read ({error}). Save it as UTF-8 text and try again.") from error
    except (OSError, BadZipFile, KeyError, csv.Error) as error:
        raise QuestionFileError(f"{path}: cannot be read ({error}). Save it again as {path.suffix}.") from error


def _read_jsonl(path: Path) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            fault = f"not JSON ({error.msg} at column {error.colno}); write one object a line"
            raise QuestionFileError(f"{path}:{number}: {fault}.") from error
        if not isinstance(row, dict):
            raise QuestionFileError(f"{path}:{number}: not a JSON object; write {{…}} with id, question and relevant.")
        yield number, row


def _read_csv(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        yield from _table(path, ((reader.line_num, cells) for cells in reader))


def _read_xlsx(path: Path) -> Iterator[tuple[int, Row]]:
    # not read-only: such a workbook keeps its file open
    sheet = load_workbook(path, data_only=True).worksheets[0]
    yield from _table(path, enumerate(sheet.iter_rows(values_only=True), start=1))


_READERS: Mapping[str, Callable[[Path], Iterator[tuple[int, Row]]]] = {".csv": _read_csv, ".xlsx": _read_xlsx}


def _table(path: Path, lines: Iterable[tuple[int, Sequence[object]]]) -> Iterator[tuple[int, Row]]:
    """Rows of a table whose first line names the columns."""
    names: list[str] = []
    for number, values in lines:
        cells = ["" if value is None else str(value).strip() for value in values]
        if not any(cells):
            continue
        if not names:
            names = cells[: 1 + max(place for place, cell in enumerate(cells) if cell)]
        elif any(cells[len(names) :]):
            raise QuestionFileError(
                f"{path}:{number}: more cells than columns; put a text that holds commas in quotes."
            )
        else:
            yield number, _row(dict(zip(names, cells, strict=False)), f"{path}:{number}")


def _row(cells: Mapping[str, str], where: str) -> Row:
    row: Row = dict(cells)
    row.update({name: _list(cells[name]) for name in LISTS if name in cells})
    if ANSWERS in cells:
        row[ANSWERS] = [_answer(one, where) for one in _list(cells[ANSWERS])]
    return row


def _list(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(SEPARATOR) if one.strip()]


def _answer(text: str, where: str) -> Mapping[str, str]:
    document, colon, quote = text.partition(":")
    if not colon:
        raise QuestionFileError(f"{where}: {ANSWERS!r} holds {text!r}; write it as document: quote.")
    return {"document": document.strip(), "quote": quote.strip()}
