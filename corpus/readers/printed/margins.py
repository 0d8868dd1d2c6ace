"""Heads, feet and page numbers of a printed document: known by where they stand and that every page repeats them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.readers.printed.columns import one_line, rows_of_pieces
from corpus.readers.printed.joining import is_numbered
from corpus.readers.printed.page import PrintedLine, PrintedPage

_ZONE = 0.16  # of the page's height, at either end
_DEEPEST = 3  # rows of a head or a foot
_SAME_PLACE = 0.015  # of the page's height
_DIGITS = re.compile(r"\d+")
# A number between dashes, 第 3 页 共 9 页, 3/9. A dash may have been recognised as 一 or 丨.
_PAGE_NUMBER = re.compile(
    r"[\s\-—–－―_·•.一丨|~～]{0,6}\d{1,4}[\s\-—–－―_·•.一丨|~～]{0,6}|[ivxlIVXL]{1,6}|\d{1,4}\s?[/／]\s?\d{1,4}"
    r"|第?\s?\d{1,4}\s?页(?:[\s,，/／|]{0,3}[共总]\s?\d{1,4}\s?页)?|[共总]\s?\d{1,4}\s?页[\s,，/／]{0,3}第\s?\d{1,4}\s?页"
    r"|[Pp]age\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?"
)
# What a browser prints on every page: the day and the title above, the address and 2/6 below.
_BROWSER = re.compile(
    r"(?:\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日),?\s*(?:[上下]午)?\s*\d{1,2}[:：]\d{2}.*"
    r"|(?:https?|file)[:：]//.{0,2000}|about:blank.{0,20}"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One height at the end of a page."""

    page: int  # index
    place: float  # of the page's height, from the end it stands at
    text: str
    members: tuple[PrintedLine, ...]
    apart: bool  # room, or another size of letters, sets it off from what follows

    @property
    def pattern(self) -> str:
        return _DIGITS.sub("#", "".join(self.text.split()))

    @property
    def alone(self) -> bool:
        """Whether it needs no other page to be known."""
        return bool(_PAGE_NUMBER.fullmatch(self.text.strip()) or _BROWSER.fullmatch(self.text.strip()))


def without_margins(pages: Sequence[PrintedPage], size: float) -> tuple[list[PrintedPage], int]:
    """The pages without heads and feet, and how many lines those were; `size` is that of the running text."""
    gone: list[set[PrintedLine]] = [set() for _ in pages]
    removed = 0
    for top in (True, False):
        ends = [list(_end_rows(page, index, size, top=top)) for index, page in enumerate(pages)]
        repeated = _repeated([row for end in ends for row in end])
        for end in ends:
            for row in end:
                if not (row.alone or (row.page, row.text, row.place) in repeated):
                    break
                gone[row.page] |= set(row.members)
                removed += 1
    kept = [
        replace(page, lines=[line for line in page.lines if line not in lost])
        for page, lost in zip(pages, gone, strict=True)
    ]
    return kept, removed


def _end_rows(page: PrintedPage, index: int, size: float, *, top: bool) -> Iterator[_Row]:
    """Rows from the end of the page inwards, as far as a head or foot may reach."""
    rows = rows_of_pieces(page.lines)
    rows = rows if top else rows[::-1]
    lines = [one_line(row) for row in rows[: _DEEPEST + 1]]
    for number, line in enumerate(lines[:_DEEPEST]):
        place = (line.middle if top else page.height - line.middle) / (page.height or 1.0)
        if place > _ZONE:
            return
        following = lines[number + 1] if number + 1 < len(lines) else None
        gap = abs(following.middle - line.middle) - line.size if following else 9 * size
        apart = gap > 1.3 * size or abs(line.size - size) > 0.1 * size
        yield _Row(index, place, line.text, tuple(rows[number]), apart)


def _repeated(rows: Sequence[_Row]) -> set[tuple[int, str, float]]:
    """The rows that stand at the same place, with the same words, on several pages.

    Two pages are enough where the row is set off from the text; numbers in it may run with the pages.
    """
    found: set[tuple[int, str, float]] = set()
    by_pattern: dict[str, list[_Row]] = {}
    for row in rows:
        by_pattern.setdefault(row.pattern, []).append(row)
    for same in by_pattern.values():
        for row in same:
            near = [other for other in same if abs(other.place - row.place) < _SAME_PLACE and _runs(row, other)]
            enough = 2 if row.apart and row.text in {other.text for other in near if other is not row} else 3
            if len({other.page for other in near}) >= enough and (row.apart or len(near) > len(by_pattern) / 2):
                found.add((row.page, row.text, row.place))
    return found


def _runs(row: _Row, other: _Row) -> bool:
    """Whether two rows are equal, or their numbers differ as the pages do."""
    if row.text == other.text:
        return True
    if is_numbered(row.text):
        return False
    pairs = zip(_DIGITS.findall(row.text), _DIGITS.findall(other.text), strict=True)
    return all(first == second or int(second) - int(first) == other.page - row.page for first, second in pairs)
