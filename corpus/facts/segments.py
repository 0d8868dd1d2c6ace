"""Lines cut into the pieces that mean something by themselves: at tabs, and where a labelled fact (文号：…) begins."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.facts.words import label_words
from corpus.readers.source import LineKind, Source

# Radicals that look as characters do and come from fonts: ⽤ is no 用.
RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2E80, 0x2FE0)}
PLAIN = RADICALS | {ord("０") + i: str(i) for i in range(10)}
_PAGE = re.compile(r"[-－—–―\s]*\d{1,4}[-－—–―\s]*|[-_－—–―=＿*\s]+|第\s*\d+\s*页.{0,12}")
_PRINTED = re.compile(  # by a browser: 2026/7/24 16:15 title, https://… 1/6
    r"\d{1,4}/\d{1,2}/\d{1,4},?\s+\d{1,2}:\d{2}(?:\s.*)?|https?://\S+(?:\s.*)?|\d+\s+of\s+\d+\s.*"
)
_BEGINNING, _END = 20_000, 5_000  # lines
_CUT = re.compile("\t+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line without the blanks around it; `source.text[start:end] == text`."""

    text: str
    start: int
    end: int
    line: int  # index in source.lines
    apart: bool  # a blank line stands above
    row: bool  # of a table
    heading: bool
    label: str = ""  # 文号, where the segment is what follows such a label; blanks inside it removed

    @property
    def squeezed(self) -> str:
        """The text without any blank, figures in half width, radicals as characters."""
        return "".join(self.text.split()).translate(PLAIN)


def segments_of(source: Source) -> list[Segment]:
    """The segments of a text in order, without page numbers, ruled lines and what a browser prints around a page.

    Of a very long text only the beginning and the end, where its facts stand.
    """
    found: list[Segment] = []
    start, blank = 0, False
    middle = range(_BEGINNING, len(source.lines) - _END)
    for index, line in enumerate(source.lines):
        if index in middle or not line.text.strip():
            blank = True
        elif line.kind is not LineKind.FURNITURE and not _PRINTED.fullmatch(line.text.strip()):
            row, heading = line.kind is LineKind.ROW, line.kind is LineKind.HEADING
            for label, begin, end in _pieces(line.text):
                at, to = start + begin, start + end
                if label or not _PAGE.fullmatch(line.text[begin:end]):
                    found.append(Segment(source.text[at:to], at, to, index, blank, row, heading, label))
                    blank = False
        start += len(line.text) + 1
    return found


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Label, start and end of each piece of a line; a label's piece is what follows it, and may be empty."""
    labels = list(label_words().finditer(text))
    stops = [*(match.start() for match in labels), len(text)]
    yield from (("", *span) for span in _cells(text, 0, stops[0]))
    for match, stop in zip(labels, stops[1:], strict=True):
        cells = list(_cells(text, match.end(), stop))
        if not cells or text[match.end()] == "\t":  # the cell behind the label is empty
            cells = [(match.end(), match.end()), *cells]
        first, *others = cells
        yield "".join(match["label"].split()), *first
        yield from (("", *span) for span in others)


def _cells(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    cuts = [(begin, begin), *(match.span() for match in _CUT.finditer(text, begin, stop)), (stop, stop)]
    for (_, left), (right, _) in pairwise(cuts):
        cell = text[left:right]
        if cell.strip():
            lead = len(cell) - len(cell.lstrip())
            yield left + lead, left + len(cell.rstrip())
