"""What every reader gives, whatever the format of the file: lines, and the facts that stand around the text.

A reader takes the bytes of one file and gives a `Source`. Nothing below it knows about formats: the parser reads
`Source.text`, and looks at a line's kind where the format tells more than the words do.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from corpus.readers.normal_form import normalise_line


class LineKind(StrEnum):
    """What the format says of a line."""

    PARAGRAPH = "paragraph"  # nothing in particular
    HEADING = "heading"  # styled as a heading, of `level`
    ROW = "row"  # a row of a table: cells separated by a tab, an empty cell is empty
    FURNITURE = "furniture"  # of the page or the site: it stays in the text, and belongs to no clause


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a line stands in its file; all from 1."""

    page: int | None = None
    table: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line: a paragraph joined from its printed lines, a row of a table, or nothing, where a blank line stands."""

    text: str  # without line ends; tabs only between cells
    kind: LineKind = LineKind.PARAGRAPH
    level: int = 0  # of a heading, from 1
    anchor: Anchor = Anchor()
    doubtful: bool = False  # recognised in a picture, and not surely
    # Of a row: the columns, from 0, that a merged cell of a row above covers; None where the format does not say.
    covered: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Source:
    """The content of one file, in the order it is read. Law: `text.split("\\n")[i] == lines[i].text`."""

    lines: tuple[SourceLine, ...]
    facts: tuple[tuple[str, str], ...] = ()  # as the page or the file states them: ("发文机关", "某市人民政府")
    notices: tuple[str, ...] = field(default=())  # what was left out or is doubtful, in words for a clerk

    @cached_property
    def text(self) -> str:
        """The text that every offset refers to."""
        return "\n".join(line.text for line in self.lines)


def source_line(
    text: str, kind: LineKind = LineKind.PARAGRAPH, *, level: int = 0, anchor: Anchor = Anchor(), doubtful: bool = False
) -> SourceLine:
    """A line in normal form; a line end inside it, as in a cell, becomes a blank."""
    return SourceLine(normalise_line(text), kind, level, anchor, doubtful)


def row_line(
    cells: list[str], anchor: Anchor = Anchor(), *, doubtful: bool = False, covered: Iterable[int] | None = None
) -> SourceLine:
    """A row of a table. A cell that a merge covers is given empty, except where the merged cell begins."""
    text = "\t".join(normalise_line(cell.replace("\t", " ")).strip() for cell in cells)
    return SourceLine(text, LineKind.ROW, 0, anchor, doubtful, None if covered is None else tuple(covered))
