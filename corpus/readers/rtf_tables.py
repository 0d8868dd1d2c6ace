"""Tables of an RTF file: rows come one by one, with the right edges of their cells, and may stand inside a cell."""

from dataclasses import dataclass, field

from corpus.readers.source import SourceLine
from corpus.readers.word.tables import MOST_COLUMNS, Cell, lines_of_rows

_SAME_EDGE = 60  # twips: edges nearer than this are one column's in two rows
_DEEPEST = 6  # tables inside one another; what is deeper stands in the sixth


@dataclass(slots=True)
class RowFormat:
    """What is said of a row before or behind its cells."""

    edges: list[int] = field(default_factory=list)  # where its cells end, in twips from the left
    covered: list[bool] = field(default_factory=list)  # whether a merge covers them
    next_is_covered: bool = False

    def add(self, edge: int) -> None:
        """One more cell."""
        if len(self.edges) < MOST_COLUMNS:
            self.edges.append(edge)
            self.covered.append(self.next_is_covered)
        self.next_is_covered = False


@dataclass(slots=True)
class _Table:
    cell: Cell = field(default_factory=list)  # being read
    row: list[Cell] = field(default_factory=list)
    rows: list[tuple[list[Cell], RowFormat]] = field(default_factory=list)

    def lines(self, number: int) -> list[SourceLine]:
        columns = _columns([edge for _, form in self.rows for edge in form.edges])
        return lines_of_rows([_in_columns(cells, form, columns) for cells, form in self.rows], number)


class Tables:
    """Puts paragraphs, ends of cells and ends of rows together; `lines` are those of the whole file."""

    def __init__(self) -> None:
        self.lines: list[SourceLine] = []
        self._open: list[_Table] = []  # outermost first
        self._count = 0

    def paragraph(self, lines: list[SourceLine], depth: int) -> None:
        """Lines that stand in a table of this depth; 0: in none."""
        if depth or any(line.text for line in lines):  # a blank line does not end a table
            self._go_to(depth)
        self._here(depth).extend(lines)

    def end_cell(self, depth: int) -> None:
        """A cell of the table of this depth, from 1, ends."""
        table = self._go_to(max(depth, 1))
        if len(table.row) < MOST_COLUMNS:
            table.row.append(table.cell)
        else:
            table.row[-1] += table.cell
        table.cell = []

    def end_row(self, depth: int, form: RowFormat) -> None:
        """A row of the table of this depth, from 1, ends."""
        table = self._go_to(max(depth, 1))
        if table.row:
            table.rows.append((table.row, form))
        table.row = []

    def end(self) -> None:
        """The file ends, be it inside a row."""
        self._go_to(0)

    def _here(self, depth: int) -> list[SourceLine]:
        return self._open[min(depth, len(self._open)) - 1].cell if depth else self.lines

    def _go_to(self, depth: int) -> _Table:
        """Ends the tables inside the one of this depth, opens those that lead to it."""
        depth = min(depth, _DEEPEST)
        while len(self._open) > depth:
            table = self._open.pop()
            if table.cell:
                table.row.append(table.cell)
            if table.row:
                table.rows.append((table.row, RowFormat()))
            self._count += 1
            self._here(len(self._open)).extend(table.lines(self._count))
        while len(self._open) < depth:
            self._open.append(_Table())
        return self._open[-1] if self._open else _Table()


def _columns(edges: list[int]) -> list[int]:
    """The right edges of the columns of a table, from those of all its cells."""
    columns: list[int] = []
    for edge in sorted(set(edges)):
        if not columns or edge - columns[-1] > _SAME_EDGE:
            columns.append(edge)
    return columns[:MOST_COLUMNS]


def _in_columns(cells: list[Cell], form: RowFormat, columns: list[int]) -> list[Cell]:
    """The cells of a row with an empty one for each further column that a wide cell covers."""
    placed: list[Cell] = []
    column = 0
    for at, cell in enumerate(cells):
        known = at < len(form.edges)
        placed.append([] if known and form.covered[at] else cell)
        column += 1
        while known and column < len(columns) and columns[column] <= form.edges[at]:
            placed.append([])
            column += 1
    return placed
