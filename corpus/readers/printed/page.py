"""What stands printed on a page, before anybody knows which lines belong together.

A page of text, a page read from a picture and a page of OFD all become a `PrintedPage`; from there on they go the same
way (`document.py`). Measures are in points or in pixels: only their proportions count. y grows downward.
"""

from dataclasses import dataclass
from typing import NamedTuple


class PrintedLine(NamedTuple):
    """One printed line, or the piece of it that stands in one column."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float  # of its letters: one em
    confidence: float = 1.0  # of the recognition; 1 where nothing had to be recognised
    pieces: int = 1  # that it was put together from, with wide room between them

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2


class PrintedTable(NamedTuple):
    """A table: its rows of cells. A cell that a merge covers is empty, except where the merged cell begins."""

    x0: float
    x1: float
    top: float
    bottom: float
    rows: list[list[str]]
    doubtful: list[bool]  # by row


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page: lines in no particular order, and the tables that the lines do not repeat."""

    number: int  # from 1
    width: float
    height: float
    lines: list[PrintedLine]
    tables: list[PrintedTable]
    pictured: bool = False  # read from a picture
    unread: bool = False  # a picture that nothing could read
