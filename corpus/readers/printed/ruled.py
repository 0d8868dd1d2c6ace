"""Tables by their ruling lines: which lines make cells, and which words stand in them.

The geometry is pdfplumber's; lines may come from a pdf, from an OFD or from a picture.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pdfplumber.table import Table, cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from corpus.readers.printed.lines import SURE, Letter, cell_text
from corpus.readers.printed.page import PrintedTable

_MOST_RULES = 3000  # of one page, before and after they are joined; a drawing has more, a table has not
_MOST_CROSSINGS = 3000
_PAGE_WIDTH = 595.0  # points, for which the tolerances are meant
_TOLERANCE = 3.5  # points by which lines that meet may miss one another
_SHORTEST = 5.0  # points of a ruling line

Box = tuple[float, float, float, float]


class Rule(NamedTuple):
    """A straight ruling line, upright or level."""

    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it lies level."""
        return self.x1 - self.x0 >= self.bottom - self.top


def with_tables(
    rules: Sequence[Rule], letters: Sequence[Letter], width: float
) -> tuple[list[PrintedTable], list[Letter]]:
    """The tables that the rules of a page of that width make, and the letters that stand in none of them.

    A frame around words is no table: it takes two columns and two rows, and a row with words in two cells.
    """
    tables: list[PrintedTable] = []
    rest = list(letters)
    for cells in _cells(rules, width / _PAGE_WIDTH):
        table = Table(None, cells)  # type: ignore[arg-type]  # the page is asked for words only, which are here
        if len(table.rows) > 1 and len(table.columns) > 1:
            filled, rest = _filled(table, rest)
            tables += [filled] if filled else []
    return tables, rest


def _cells(rules: Sequence[Rule], scale: float) -> list[list[Box]]:
    """The cells of each table."""
    shown = [rule for rule in rules if max(rule.x1 - rule.x0, rule.bottom - rule.top) > _SHORTEST * scale]
    if not 3 < len(shown) < _MOST_RULES:
        return []
    near = _TOLERANCE * scale
    edges = merge_edges([_edge(rule) for rule in [*shown, *_open_sides(shown, scale)]], near, near, near, near)
    crossings = edges_to_intersections(edges, near, near)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    return cells_to_tables(intersections_to_cells(crossings))


def _open_sides(rules: Sequence[Rule], scale: float) -> list[Rule]:
    """Upright rules that close the sides of a table which is printed without them: where three level rules all end."""
    ends: dict[tuple[int, int], list[Rule]] = {}
    for rule in rules:
        if rule.level and rule.x1 - rule.x0 > _PAGE_WIDTH * scale / 3:
            ends.setdefault((round(rule.x0 / (3 * scale)), round(rule.x1 / (3 * scale))), []).append(rule)
    sides = []
    for same in ends.values():
        if len(same) > 2:
            top, bottom = min(rule.top for rule in same), max(rule.bottom for rule in same)
            sides += [Rule(x, x, top, bottom) for x in (same[0].x0, same[0].x1)]
    return sides


def _edge(rule: Rule) -> dict[str, Any]:
    """The rule as pdfplumber describes one: without thickness."""
    x, y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
    if rule.level:
        return {"orientation": "h", "x0": rule.x0, "x1": rule.x1, "top": y, "bottom": y, **_size(rule.x1 - rule.x0, 0)}
    return {
        "orientation": "v",
        "x0": x,
        "x1": x,
        "top": rule.top,
        "bottom": rule.bottom,
        **_size(0, rule.bottom - rule.top),
    }


def _size(width: float, height: float) -> dict[str, Any]:
    return {"width": width, "height": height, "object_type": "line", "doctop": 0.0}


def _filled(table: Table, letters: list[Letter]) -> tuple[PrintedTable | None, list[Letter]]:
    """The table with its words, and the letters that stand elsewhere; no table where it is only a frame."""
    boxes: list[list[Box | None]] = [list(row.cells) for row in table.rows]
    inside: dict[Box, list[Letter]] = {box: [] for row in boxes for box in row if box}
    outside: list[Letter] = []
    for letter in letters:
        box = _box_of(letter, table.bbox, inside)
        (outside if box is None else inside[box]).append(letter)
    rows = [[cell_text(inside[box], box[0], box[2]) if box else "" for box in row] for row in boxes]
    used = [any(column) for column in zip(*rows, strict=True)]
    kept = [index for index, row in enumerate(rows) if any(row)]
    if not any(sum(map(bool, row)) > 1 for row in rows):
        return None, letters
    doubtful = [
        any(letter.confidence < SURE for box in boxes[index] if box for letter in inside[box]) for index in kept
    ]
    words = [[cell for cell, used_ in zip(rows[index], used, strict=True) if used_] for index in kept]
    x0, top, x1, bottom = table.bbox
    return PrintedTable(x0, x1, top, bottom, words, doubtful), outside


def _box_of(letter: Letter, whole: Box, boxes: dict[Box, list[Letter]]) -> Box | None:
    """The cell that the middle of a letter lies in."""
    x, y = (letter.x0 + letter.x1) / 2, (letter.top + letter.bottom) / 2
    if not (whole[0] <= x <= whole[2] and whole[1] <= y <= whole[3]):
        return None
    return next((box for box in boxes if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)
