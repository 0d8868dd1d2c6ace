"""Tables printed without ruling lines: words in columns, with wide room between them, on several heights in a row.

Only what is surely a table becomes one. Numbered items, labels with what they say, names and signatures side by side
stay lines.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from statistics import median

from corpus.readers.printed.columns import gutter, rows_of_pieces
from corpus.readers.printed.joining import first_unit, is_finished, is_numbered, joined
from corpus.readers.printed.lines import SURE
from corpus.readers.printed.page import PrintedLine, PrintedPage, PrintedTable

_ROWS = 3  # at least, with words in two columns or more
_FARTHEST = 5.0  # em between the middles of two rows of a table
_NEXT_LINE = 2.0  # em between the middles of two lines of one cell
_ROOM = 0.5  # em between the words of two columns, at least
_EVEN = 0.75  # of the usual distance of rows, at least, between any two
_NEARER = 0.9  # of the distance to the row on the other side, by which a line belongs to this one
_PADDING = 1.5  # em between the end of a full cell and the next column
_NAME = 4  # characters of a name, at most
_DATE = re.compile(r"[\d〇○零一二三四五六七八九十]{2,4}\s?年.{1,4}月.{1,4}日")
_PART = re.compile(r"第\s?\S{1,7}\s?[编章节条]")
_DIGIT = re.compile(r"\d")

Row = Sequence[PrintedLine]
Span = tuple[float, float]


def with_unruled(page: PrintedPage) -> PrintedPage:
    """The page, with tables for the lines that make them."""
    rows = rows_of_pieces(page.lines)
    if sum(len(row) > 1 for row in rows) < _ROWS or gutter(rows) is not None:
        return page
    tables: list[PrintedTable] = []
    gone: set[PrintedLine] = set()
    start = 0
    while start < len(rows):
        end = _end_of_stretch(rows, start)
        found = _table(rows[start:end], rows[end] if end < len(rows) else ()) if end - start >= _ROWS else None
        if found and not (tables and _broken_off(tables[-1], rows[start - 1], found[0])):
            tables.append(found[0])
            gone.update(piece for row in rows[start : start + found[1]] for piece in row)
        start = max(end, start + 1)
    return replace(page, lines=[line for line in page.lines if line not in gone], tables=[*page.tables, *tables])


def _broken_off(table: PrintedTable, between: Row, rest: PrintedTable) -> bool:
    """Whether what looks like a table is the rest of the one above: its first row is no head."""
    size = between[0].size
    near = rest.top - table.bottom < 2 * _FARTHEST * size and abs(rest.x0 - table.x0) < size
    return near and len(rest.rows[0]) == len(table.rows[0]) and not is_numbered(between[0].text)


def _end_of_stretch(rows: Sequence[Row], start: int) -> int:
    """Where the rows end that may be one table, from a row of several pieces on."""
    if _is_text(rows[start]):
        return start
    end = start + 1
    size, left = rows[start][0].size, rows[start][0].x0
    while end < len(rows):
        row, before = rows[end], rows[end - 1]
        if row[0].middle - before[0].middle > _FARTHEST * size or abs(row[0].size - size) > 0.15 * size:
            break
        if _is_text(row) and (len(row) > 1 or row[0].x0 < left + size):  # more of the table, or text below it
            more = end + 1 < len(rows) and not _is_text(rows[end + 1])
            if not more or is_numbered(row[0].text) or is_finished(row[0].text) or len(row) > 1:
                break
        end += 1
    return end


def _is_text(row: Row) -> bool:
    """Whether a row is no row of a table: one piece, a number and its item, or labels with what they say."""
    return len(row) == 1 or (len(row) == 2 and is_numbered(row[0].text)) or all("：" in piece.text for piece in row)


def _table(rows: Sequence[Row], below: Row) -> tuple[PrintedTable, int] | None:
    """The table that the rows make, and how many of them; None where that is not sure. `below` follows them."""
    columns = _columns(rows)
    if columns is None:
        return None
    filling = _Filling(columns)
    used = 0
    while used < len(rows) and filling.takes(rows[used], rows[used + 1] if used + 1 < len(rows) else ()):
        used += 1
    rest = rows[used:]
    if (
        filling.early
        or sum(len(row) > 1 for row in rest) > 1
        or not _is_sure(filling.texts, rest[0] if rest else below)
    ):
        return None
    distances = [second - first for first, second in pairwise(filling.middles)]
    if min(distances) < _EVEN * median(distances):  # lines of cells that nothing says belong together
        return None
    pieces = [piece for row in rows[:used] for piece in row]
    x0, x1 = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    top, bottom = min(piece.top for piece in pieces), max(piece.bottom for piece in pieces)
    return PrintedTable(x0, x1, top, bottom, filling.texts, filling.doubtful), used


def _columns(rows: Sequence[Row]) -> list[Span] | None:
    """Where the columns stand, by the rows that fill all of them; None where these do not stand below one another."""
    counts = Counter(len(row) for row in rows)
    number = max((count for count, often in counts.items() if count > 1 and often > 1), default=0)
    full = [row for row in rows if len(row) == number]
    if not full:
        return None
    spans = [
        (min(piece.x0 for piece in column), max(piece.x1 for piece in column)) for column in zip(*full, strict=True)
    ]
    for row in sorted(rows, key=len, reverse=True):  # words over several columns, in a head, come last
        for piece in row:
            over = [index for index, span in enumerate(spans) if piece.x0 < span[1] and piece.x1 > span[0]]
            if len(over) == 1:
                x0, x1 = spans[over[0]]
                spans[over[0]] = min(x0, piece.x0), max(x1, piece.x1)
    room = _ROOM * full[0][0].size
    return spans if all(first[1] + room < second[0] for first, second in pairwise(spans)) else None


class _Filling:
    """A table that is filled from top to bottom, by columns that are known."""

    def __init__(self, columns: Sequence[Span]) -> None:
        self.texts: list[list[str]] = []
        self.doubtful: list[bool] = []
        self.middles: list[float] = []
        self._columns = columns
        self._last: list[PrintedLine | None] = []  # of each cell of the last row, its last line
        self.early: list[PrintedLine] = []  # lines of one cell that stand above the other cells of their row
        self._middle = float("-inf")  # of the last row that was taken
        self._headed = False  # a row has filled all columns

    def takes(self, row: Row, below: Row) -> bool:
        """Adds the row, or what it adds to the cells above or below it, and says whether it fits."""
        placed = self._placed(row)
        if placed is None:
            return False
        line, column = row[0], next(index for index, piece in enumerate(placed) if piece is not None)
        above, self._middle = line.middle - self._middle, line.middle
        distance = below[0].middle - line.middle if below else float("inf")
        if len(row) > 1:
            return self._add(placed, row)
        if column and distance < min(_NEXT_LINE * line.size, _NEARER * above):
            self.early.append(line)
        elif self._goes_on(column, line, broken=above < _NEARER * distance < float("inf")):
            self.texts[-1][column] = joined(self.texts[-1][column], line.text)
            self.doubtful[-1] |= line.confidence < SURE
            self._last[column] = line
        else:
            return column == 0 and self._add(placed, row)
        return True

    def _add(self, placed: list[PrintedLine | None], row: Row) -> bool:
        """A new row, with the lines that came early."""
        texts = [piece.text if piece else "" for piece in placed]
        early = self._placed(self.early[-1:]) if self.early else None
        if early is not None:
            column = next(index for index, piece in enumerate(early) if piece is not None)
            texts[column] = reduce(joined, [*(piece.text for piece in self.early), *filter(None, [texts[column]])])
            placed[column] = placed[column] or self.early[-1]
        self.texts.append(texts)
        self.doubtful.append(any(piece.confidence < SURE for piece in [*row, *self.early]))
        self.middles.append(row[0].middle)
        self._last, self.early = placed, []
        self._headed = self._headed or None not in placed
        return True

    def _placed(self, row: Row) -> list[PrintedLine | None] | None:
        """The pieces of a row by column. Only in a head may one stand over several columns: the first has it.

        None where a piece stands in no column, or two in one.
        """
        placed: list[PrintedLine | None] = [None] * len(self._columns)
        for piece in row:
            over = self._over(piece, 0.0) or self._over(piece, piece.size)[:1]
            if not over or (len(over) > 1 and (self._headed or len(row) == 1)) or placed[over[0]] is not None:
                return None
            placed[over[0]] = piece
        return placed

    def _over(self, piece: PrintedLine, near: float) -> list[int]:
        return [index for index, (x0, x1) in enumerate(self._columns) if piece.x0 < x1 + near and piece.x1 > x0 - near]

    def _goes_on(self, column: int, line: PrintedLine, *, broken: bool) -> bool:
        """Whether a line goes on with the cell above it: that is full, or was `broken` by hand, as its place says."""
        above = self._last[column] if self._last else None
        if above is None or self.early or line.middle - above.middle > _NEXT_LINE * line.size:
            return False
        aligned = abs(line.x0 - above.x0) < _ROOM * line.size
        if broken and aligned:
            return True
        last = column + 1 == len(self._columns)
        edge = self._columns[column][1] if last else self._columns[column + 1][0] - _PADDING * line.size
        return (aligned or not last) and above.x1 + first_unit(line.text) * line.size > edge


def _is_sure(rows: Sequence[Sequence[str]], below: Row) -> bool:
    """Whether rows of words are a table to everybody who sees them."""
    words = [cell for row in rows for cell in row if cell]
    if sum(sum(map(bool, row)) > 1 for row in rows) < _ROWS or 2 * len(words) < len(rows) * len(rows[0]):
        return False
    first = [row[0] for row in rows if row[0]]
    if any(_PART.match(cell) for cell in first) or 2 * sum("：" in cell or ":" in cell for cell in words) >= len(words):
        return False
    digits = any(map(_DIGIT.search, words))
    if not digits and (max(map(len, words)) <= _NAME or any(_DATE.match(piece.text) for piece in below)):
        return False  # names or issuers side by side
    return len(rows[0]) > 2 or (2 * sum(map(is_numbered, first)) < len(first) and _counts(rows))


def _counts(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column below its head is one of numbers: sums, days, telephones."""
    return any(_numeric(column[1:]) for column in list(zip(*rows, strict=True))[1:])


def _numeric(cells: Sequence[str]) -> bool:
    return 2 * sum(_DIGIT.search(cell) is not None for cell in cells) > len(cells)
