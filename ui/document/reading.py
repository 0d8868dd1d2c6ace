"""The whole text of a document to be read from top to bottom: headings, clauses, tables, and what no clause holds.

Every visible character of the text is in exactly one piece, in its order. Of a table whose rows are clauses each row
shows the cells that it shares with the row above as well, so that it can be read alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from corpus.clause import Clause, Document
from corpus.contents import Entry, Heading, in_order
from ui.clause.marking import paragraphs

_LINE = re.compile(r"[^\n]+")
_AROUND_HEADINGS = re.compile(r"[\s#*?？+。：:]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that no clause holds, or a paragraph of one. `number` is what it begins with, where that is a number."""

    text: str
    number: str = ""
    inner: bool = False  # whether it is a point of the clause


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines whose cells stand in columns."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A heading; `printed` as the text has it, empty where the heading stands inside its first clause."""

    heading: Heading
    depth: int
    printed: str


@dataclass(frozen=True, slots=True)
class Article:
    """A clause."""

    clause: Clause
    body: tuple[Line | Grid, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Clauses that are rows of one table, their cells under its columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Clause, tuple[str, ...]], ...]


Piece: TypeAlias = Line | Grid | Title | Article | Rows


def pieces(document: Document, entries: Sequence[Entry]) -> tuple[Piece, ...]:
    """The text from its first character to its last; `entries` are the document's contents."""
    found: list[Piece] = []
    above: list[tuple[int, Heading]] = []
    at = 0
    for depth, entry in in_order(entries):
        if isinstance(entry, Heading):
            above.append((depth, entry))
            continue
        found += _between(document.text[at : entry.start], above)
        found.append(Article(entry, _body(entry)))
        above, at = [], entry.end
    found += _between(document.text[at:], [])
    return tuple(_with_tables(found))


def _between(text: str, above: Sequence[tuple[int, Heading]]) -> Iterator[Piece]:
    """What stands before a clause, with the headings that begin there.

    A heading is looked for from the end, because a table of contents further up may print it too.
    """
    lines = [line for match in _LINE.finditer(text) if (line := match[0].strip(" 　\r\xa0"))]
    spans: list[tuple[int, int]] = []
    end = len(lines)
    for _, heading in reversed(above):
        first, last = _printed_at(lines, _AROUND_HEADINGS.sub("", heading.text), end)
        spans.insert(0, (first, last))
        end = first
    at = 0
    for (depth, heading), (first, last) in zip(above, spans, strict=True):
        yield from _lines(lines[at:first])
        yield Title(heading, depth, "".join(lines[first:last]))
        at = last
    yield from _lines(lines[at:])


def _printed_at(lines: Sequence[str], heading: str, end: int) -> tuple[int, int]:
    """The last lines before `end` that print a heading, half open; empty, and at the end, where none do."""
    for last in range(end, 0, -1):
        left, first = heading, last
        while left and first and (bare := _AROUND_HEADINGS.sub("", lines[first - 1])) and left.endswith(bare):
            left, first = left[: -len(bare)], first - 1
        if not left and first < last:
            return first, last
    return end, end


def _lines(lines: Sequence[str]) -> Iterator[Line | Grid]:
    for in_columns, group in groupby(lines, key=lambda line: "\t" in line):
        if in_columns:
            rows = tuple(tuple(map(str.strip, line.split("\t"))) for line in group if line.strip())
            yield from [Grid(rows)] if rows else ()
        else:
            yield from map(Line, group)


def _body(clause: Clause) -> tuple[Line | Grid, ...]:
    """The paragraphs of a clause; neighbouring ones with cells are one table."""
    found: list[Line | Grid] = []
    number = clause.text[: clause.number_length].strip()
    for paragraph in paragraphs(clause):
        text = "".join(run.text for run in paragraph.runs)
        own = number if number and text.startswith(number) and not found else ""
        if "\t" not in text:
            found.append(Line(text[len(own) :], own, paragraph.part is not None))
            continue
        cells = (tuple(map(str.strip, text.split("\t"))),)
        before = found[-1] if found else None
        if isinstance(before, Grid):
            found[-1] = Grid(before.rows + cells)
        else:
            found.append(Grid(cells))
    return tuple(found)


def _with_tables(found: Sequence[Piece]) -> Iterator[Piece]:
    """Clauses that are neighbouring rows become one table; the line that names its columns is then its head."""
    kept: list[Piece] = []
    for is_row, group in groupby(found, key=lambda piece: isinstance(piece, Article) and bool(piece.clause.cells)):
        run = list(group)
        if is_row:
            table = _table([piece.clause for piece in run if isinstance(piece, Article)])
            if kept and isinstance(kept[-1], Grid):
                kept[-1:] = _without_head(kept[-1], table.columns)
            kept.append(table)
        else:
            kept += run
    yield from kept


def _without_head(grid: Grid, columns: Sequence[str]) -> list[Piece]:
    """The lines above a table without those that say no more than its columns are called."""
    rows = list(grid.rows)
    named = "\n".join("".join(column.split()) for column in columns)
    while rows and all("".join(cell.split()) in named for cell in rows[-1]):
        rows.pop()
    return [Grid(tuple(rows))] if rows else []


def _table(clauses: Sequence[Clause]) -> Rows:
    columns: list[str] = []
    for clause in clauses:
        at = 0
        for head, _ in clause.cells:
            if head not in columns[at:]:
                columns.insert(at, head)
            at = columns.index(head, at) + 1
    return Rows(tuple(columns), tuple((clause, _cells(clause, columns)) for clause in clauses))


def _cells(clause: Clause, columns: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row under the columns; a row lacks those that are empty in it."""
    cells, at = [""] * len(columns), 0
    for head, cell in clause.cells:
        at = columns.index(head, at)
        cells[at] = cell
        at += 1
    return tuple(cells)
