"""Tables of a Word file: rows of cells, and tables that only lay out a page, which are read as paragraphs."""

import re
from collections.abc import Callable, Sequence

from corpus.numbering import NumberingStyle, match_number
from corpus.readers.source import Anchor, LineKind, SourceLine, row_line
from corpus.readers.word.package import Element, qn
from corpus.readers.word.styles import child, descend, switched, value

Blocks = Callable[[Element], list[SourceLine]]  # the lines of what stands in an element

MOST_COLUMNS = 63  # as in Word
_ARTICLES = 2  # in one cell: it holds a text and lays it out
_ONE_BY_ONE = re.compile(r"(?:\S\n+)+\S")  # characters set one below the other
_ORDINALS = (NumberingStyle.CHAPTER, NumberingStyle.SECTION, NumberingStyle.ARTICLE)


Cell = list[SourceLine]  # its lines; none where it is empty or a merge covers it


class Row(list[Cell]):
    """The cells of a row, and which columns a merged cell of a row above covers."""

    covered: tuple[int, ...] = ()


def table_lines(table: Element, number: int, blocks: Blocks) -> list[SourceLine]:
    """The lines of one table of a docx, the `number`-th of its file."""
    rows = [_row(element, blocks) for element in _contents(table, "w:tr") if not _is_deleted(element)]
    return lines_of_rows(rows, number)


def lines_of_rows(rows: Sequence[list[Cell]], number: int) -> list[SourceLine]:
    """The lines of one table: a row each, or paragraphs where it only lays out a page.

    A row lays out where a cell holds a table of its own or several articles, and every row does where none has more
    than one cell with words.
    """
    filled = [[cell for cell in row if any(line.text.strip() for line in cell)] for row in rows]
    layout = all(len(cells) <= 1 for cells in filled)
    lines: list[SourceLine] = []
    for place, (row, cells) in enumerate(zip(rows, filled, strict=True), 1):
        if layout or any(map(_lays_out, cells)):
            lines += [line for cell in cells for line in cell]
        elif cells:
            covered = row.covered if isinstance(row, Row) else None
            lines.append(row_line([_cell_text(cell) for cell in row], Anchor(table=number, row=place), covered=covered))
    return lines


def _row(element: Element, blocks: Blocks) -> Row:
    row = Row()
    _skip(row, value(descend(element, "w:trPr", "w:gridBefore")))
    for cell in _contents(element, "w:tc"):
        properties = child(cell, "w:tcPr")
        below = _continues(child(properties, "w:vMerge"))
        covered = below or _continues(child(properties, "w:hMerge"))
        row.covered += (len(row),) if below else ()
        if len(row) < MOST_COLUMNS:
            row.append([] if covered else blocks(cell))
        elif not covered:
            row[-1] += blocks(cell)
        _skip(row, value(child(properties, "w:gridSpan")), 1)
    return row


def _contents(parent: Element, name: str) -> list[Element]:
    """The rows of a table or the cells of a row, those inside content controls and the like as well."""
    found: list[Element] = []
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        if element.tag == qn(name):
            found.append(element)
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
            waiting.extend(reversed(element))
    return found


def _skip(row: list[Cell], columns: str | None, less: int = 0) -> None:
    number = int(columns) - less if columns and columns.isascii() and columns.isdecimal() and len(columns) < 4 else 0
    row += [[] for _ in range(min(number, MOST_COLUMNS - len(row)))]


def _continues(merge: Element | None) -> bool:
    return merge is not None and value(merge) != "restart"


def _is_deleted(row: Element) -> bool:
    properties = child(row, "w:trPr")
    return child(properties, "w:del") is not None or bool(switched(child(properties, "w:hidden")))


def _lays_out(cell: Cell) -> bool:
    if any(line.kind is LineKind.ROW for line in cell):
        return True
    numbers = (match_number(line.text.lstrip()) for line in cell)
    return sum(number is not None and number.style in _ORDINALS for number in numbers) >= _ARTICLES


def _cell_text(cell: Cell) -> str:
    text = "\n".join(line.text.strip() for line in cell if line.text.strip())
    return text.replace("\n", "") if _ONE_BY_ONE.fullmatch(text) else text
