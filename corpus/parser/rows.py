"""The nodes of tables: their head, a clause or part for every row, the notes below."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.lines import Line, TableLine
from corpus.parser.node import Kind, Node


@dataclass(slots=True)
class RowCount:
    """Counts the rows of all tables that one clause, section or body holds."""

    kind: Kind = Kind.CLAUSE  # of a row: a clause of its own, or inside a clause a part
    _rows: int = 0

    def nodes(self, lines: Sequence[Line]) -> list[Node]:
        """The nodes of the lines of tables, in order."""
        nodes: list[Node] = []
        for place, group in groupby(lines, key=_place):
            own = list(group)
            start, end = own[0].start, own[-1].end
            if place.row > 0:
                self._rows += 1
                number = HeadingNumber(NumberingStyle.ROW, self._rows)
                nodes.append(Node(self.kind, start, end, number, (), place.cells))
            elif place.row == 0:
                nodes.append(Node(Kind.TABLE_HEAD, start, end))
            elif self.kind is Kind.CLAUSE:
                nodes.append(Node(Kind.CLAUSE, start, end))
        return nodes


def by_table(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines in stretches: those of tables, and those between them."""
    return [list(group) for _, group in groupby(lines, key=lambda line: line.in_table is not None)]


def _place(line: Line) -> TableLine:
    return line.in_table or TableLine(0, 0)
