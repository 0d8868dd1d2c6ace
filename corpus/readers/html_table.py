"""The cells of an HTML table in their places, merged ones too."""

import re
from collections.abc import Iterable

from lxml import etree

_MOST_COLUMNS = 100
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)  # not visibility: pages that fade in are saved so
_ARTICLE = re.compile(r"\s*第\s?[一二三四五六七八九十百零〇\d]{1,7}\s?条")


class Table:
    """A table that holds no other table. A merged cell stands where it begins; what it covers is None."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self._lines = [row for row in element.iterdescendants("tr") if not is_hidden(row)]
        self.covered: list[list[int]] = []  # by row: the columns that a merged cell of a row above covers
        self._rows = list(self._placed())

    def cells(self) -> list[etree._Element]:
        """Every cell once, in the order of the page."""
        return [cell for row in self._rows for cell in row if cell is not None]

    def rows(self) -> list[list[etree._Element | None]]:
        """The rows, with a cell or None in every column."""
        return self._rows

    def line(self, number: int) -> etree._Element:
        """The element of a row, from 1."""
        return self._lines[number - 1]

    def _placed(self) -> Iterable[list[etree._Element | None]]:
        covered: dict[int, int] = {}  # by column: how many rows below a merged cell still covers
        for line in self._lines:
            row: list[etree._Element | None] = []
            self.covered.append(list(covered))
            for cell in line.iterchildren("td", "th"):
                _pass_over(row, covered)
                width = min(_span(cell, "colspan"), _MOST_COLUMNS - len(row))
                if width < 1:
                    break
                if (height := _span(cell, "rowspan")) > 1:
                    covered.update(dict.fromkeys(range(len(row), len(row) + width), height))
                row += [cell, *[None] * (width - 1)]
            _pass_over(row, covered)
            yield row
            covered = {column: left - 1 for column, left in covered.items() if left > 1}


def is_hidden(element: etree._Element) -> bool:
    """Whether a browser does not show the element."""
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _pass_over(row: list[etree._Element | None], covered: dict[int, int]) -> None:
    while len(row) in covered:
        row.append(None)


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, int(value)) if re.fullmatch(r"[0-9]{1,5}", value) else 1


def article_starts(texts: Iterable[str]) -> int:
    """How many of the lines begin an article."""
    return sum(1 for text in texts if _ARTICLE.match(text))
