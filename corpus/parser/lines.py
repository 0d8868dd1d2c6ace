"""The visible lines of a text, and how hard-wrapped lines join into paragraphs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.numbering import HeadingNumber, match_number
from corpus.readers.source import LineKind, SourceLine

_FINISHED = re.compile(r"[。！？!?；;：:…][”’」』）)》]*$")

_RULE = re.compile(r"\|(?:\s*+:?-{2,}+:?\s*+\|)++")  # below the head of a table parted by bars


@dataclass(frozen=True, slots=True)
class TableLine:
    """What a line is in the table that it belongs to."""

    table: int  # which table of the document, from 1
    row: int  # which row below the head, from 1; 0 for the head, -1 for notes below the table
    cells: tuple[tuple[str, str], ...] = ()  # of a row: what its head calls each cell, or nothing, and the cell


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it; `document.text[start:end] == text`."""

    number: int  # from 1, as an editor counts
    start: int
    end: int
    text: str
    indented: bool = False
    after_blank: bool = True  # the first line, or one below an empty line
    cells: tuple[str, ...] = ()  # where tabs or bars part it, its pieces; those of an empty cell are empty
    in_table: TableLine | None = None
    covered: tuple[int, ...] | None = None  # columns that a merged cell above covers; None where no format says so
    is_furniture: bool = False  # of the page or the site, as the format says
    level: int = 0  # of a heading, where the format says that it is one
    decimal: HeadingNumber | bool = True  # what the lines around show a number with a point to be; False for none
    number_at_start: HeadingNumber | None = field(init=False, repr=False)  # none in a table, where numbers are data

    def __post_init__(self) -> None:
        """Reads the number once, for it is asked for again and again."""
        number = match_number(self.text) if self.decimal is True else self.decimal or None
        object.__setattr__(self, "number_at_start", None if self.in_table else number)

    @property
    def finished(self) -> bool:
        """Whether the line ends as a sentence or an enumerated item does."""
        return bool(_FINISHED.search(self.text))

    @property
    def squeezed(self) -> str:
        """The text without any blank, for comparing titles."""
        return "".join(self.text.split())


def split_lines(text: str, hints: Sequence[SourceLine] = ()) -> list[Line]:
    """All lines of a normalised text that show something, in order.

    `hints` are the lines as their format gives them, one for each line of the text, or none.
    """
    lines: list[Line] = []
    previous = -1
    for number, raw in enumerate(text.split("\n"), 1):
        start = previous + 1
        previous = start + len(raw)
        shown = raw.strip()
        if shown:
            begin = start + raw.index(shown)
            after_blank = not lines or lines[-1].number < number - 1
            hint = hints[number - 1] if hints else SourceLine(shown)
            lines.append(
                Line(
                    number=number,
                    start=begin,
                    end=begin + len(shown),
                    text=shown,
                    indented=begin > start,
                    after_blank=after_blank,
                    cells=_cells(raw),
                    covered=hint.covered,
                    is_furniture=hint.kind is LineKind.FURNITURE or bool(_RULE.fullmatch(shown)),
                    level=hint.level,
                )
            )
    return lines


def _cells(raw: str) -> tuple[str, ...]:
    """The cells of a row, which tabs part, or bars as in | 线路 | 票价 |."""
    if "\t" in raw:
        return tuple(cell.strip() for cell in raw.split("\t"))
    shown = raw.strip()
    barred = shown.count("|") > 2 and shown[0] == shown[-1] == "|"
    return tuple(cell.strip() for cell in shown[1:-1].split("|")) if barred else ()


def continues(line: Line, previous: Line) -> bool:
    """Whether `line` is the hard-wrapped rest of the paragraph that `previous` belongs to."""
    if line.in_table or previous.in_table or line.level or previous.level:
        return False
    return not (line.after_blank or line.indented or previous.finished)


def wraps(line: Line, previous: Line) -> bool:
    """Whether `line` continues `previous` and stands directly below it."""
    return line.number == previous.number + 1 and continues(line, previous)


def paragraphs(lines: Iterable[Line]) -> list[Sequence[Line]]:
    """The lines grouped into paragraphs, in order."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and wraps(line, groups[-1][-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return list(groups)
