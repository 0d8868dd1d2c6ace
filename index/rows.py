"""Rows of tables as their tables mean them: each cell under its head, with the unit that stands in the head."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.clause import Clause
from index.text.normalizer import Normal, normalize

_COUNTABLE = "[次人户家天件个名台套张辆项]"
_MEASURE = "%|‰|[元吨亩米日月年]|个月|个?工作日|小时|分钟|平方米|公里|千瓦"
_BRACKETED = re.compile(rf"\((?:单位:)?([亿万千百]?(?:{_COUNTABLE}|{_MEASURE})(?:/[^()]{{1,4}})?)\)")  # 补贴额(元)
_COUNTED = re.compile(rf"({_COUNTABLE})数$")  # 检查次数
_CAPTION = re.compile(r"单位:([^()\s,;:]{1,4})")  # above the table: (单位:人)
_VALUE = 20  # characters: a longer cell describes


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty."""

    head: Normal  # what calls it: its head, or, without one, the words before it in the row
    normal: Normal  # the cell; a bare number has the unit that its head, its row or the line above the table gives
    text: str  # the cell as printed
    written: str  # behind its head as printed: head：cell
    has_words: bool  # not only numbers and marks

    @property
    def under_head(self) -> Normal:
        """The cell behind its head."""
        return Normal(f"{self.head}:{self.normal}") if self.head else self.normal


def read_cells(clause: Clause) -> tuple[Cell, ...]:
    """The cells of a row; none for any other clause."""
    found: list[Cell] = []
    label = unit = ""  # of the last cell of words
    above = _CAPTION.search(normalize(clause.path[-1])) if clause.cells and clause.path else None
    caption = above[1] if above else ""
    for head, cell in clause.cells:
        if not cell.strip():
            continue
        name, normal, written = normalize(head or label), normalize(cell), head or label
        if has_words := any(map(str.isalpha, normal)):
            label, unit = cell, unit_of(normal) or unit
        elif any(map(str.isdigit, normal)):
            if unit and head and not unit_of(name):  # 起付线（元） stands in the row, 二级 above
                written = f"{label} {head}"
            normal = Normal(normal + (unit_of(name) or unit or caption))
        found.append(Cell(name, normal, cell, f"{written}：{cell}" if written else cell, has_words))
    return tuple(found)


def unit_of(head: str) -> str:
    """The unit that a head in normal form gives its numbers; nothing where it gives none."""
    match = _BRACKETED.search(head) or _COUNTED.search(head)
    return match[1] if match else ""


@dataclass(frozen=True, slots=True)
class RowName:
    """By what a row is told from the others of its table, in normal form."""

    name: str  # the cell in the first column of words that differs in every row; nothing without such a column
    words: str  # the words of the row up to there, and of cells that describe; without such a column all its words


def row_names(rows: Sequence[Sequence[Cell]]) -> list[RowName]:
    """The names of the rows of one table."""
    columns = [_by_column(row) for row in rows]
    naming = next((column for column in columns[0] if _differs(column, columns)), None) if rows else None
    return [_name_of(row, naming) for row in columns]


def _by_column(row: Sequence[Cell]) -> dict[str, Cell]:
    """The cells by their heads, by their places where these say nothing new."""
    found: dict[str, Cell] = {}
    for place, cell in enumerate(row):
        found[cell.head if cell.head and cell.head not in found else str(place)] = cell
    return found


def _differs(column: str, rows: Sequence[Mapping[str, Cell]]) -> bool:
    cells = [cell for row in rows if (cell := row.get(column)) and cell.has_words]
    return len({cell.normal for cell in cells}) == len(rows)


def _name_of(row: Mapping[str, Cell], naming: str | None) -> RowName:
    cells = list(row.values())
    end = len(cells) if naming is None else list(row).index(naming) + 1
    telling = [*cells[:end], *(cell for cell in cells[end:] if len(cell.normal) > _VALUE)]
    name = row[naming].normal if naming else ""
    return RowName(name, " ".join(cell.normal for cell in telling if cell.has_words))
