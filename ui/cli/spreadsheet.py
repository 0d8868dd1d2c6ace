"""Feedback as CSV that a spreadsheet opens, and from which it computes nothing.

A cell that begins with a sign of a formula would be computed, also behind blanks and characters that nobody sees. And
where the spreadsheet separates by other signs than commas (`;` in much of Europe, tabs on pasting), even a quoted cell
is cut at them, and each piece is a cell of its own. So an apostrophe, by which spreadsheets know text, stands before a
cell whose first visible character is such a sign, and before a piece like that after a separator; all cells are quoted.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import TextIO

from assistant.feedback.store import FeedbackRow

Value = str | float | date | None

_SIGNS = frozenset("=+-@\N{MINUS SIGN}")
_SEPARATORS = re.compile(r"([;,|\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029])")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and a Braille cell that show nothing
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"})  # Unicode categories that take no ink of their own


def write_csv(rows: Iterable[FeedbackRow], file: TextIO) -> None:
    """A heading and one line a row."""
    names = [field.name for field in fields(FeedbackRow)]
    write_rows(names, ([getattr(row, name) for name in names] for row in rows), file)


def write_rows(names: Sequence[str], rows: Iterable[Sequence[Value]], file: TextIO) -> None:
    """The same for any table with columns of these names."""
    table = csv.writer(file, quoting=csv.QUOTE_ALL)
    table.writerow(names)
    table.writerows(map(_cell, row) for row in rows)


def _cell(value: Value) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, float | date):
        return str(value)
    pieces = _SEPARATORS.split(value or "")  # text, separator, text, …
    return "".join(f"'{piece}" if _is_formula(piece) else piece for piece in pieces)


def _is_formula(piece: str) -> bool:
    """Whether the first character that is seen is a sign of a formula, in any width."""
    seen = next((character for character in piece if not _is_unseen(character)), "")
    return unicodedata.normalize("NFKC", seen)[:1] in _SIGNS if seen else False


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN or character in _BLANK_LETTERS
