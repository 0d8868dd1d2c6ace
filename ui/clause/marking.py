"""The text of a clause in paragraphs, with what is quoted of it marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.clause import Clause, Part

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one paragraph that is quoted, or is not."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a clause; `part` is the innermost part that it belongs to, `depth` in how many parts it lies."""

    part: Part | None
    depth: int
    runs: tuple[Run, ...]

    @property
    def quoted(self) -> bool:
        """Whether something in it is quoted."""
        return any(run.quoted for run in self.runs)


def paragraphs(clause: Clause, quotes: Sequence[Span] = ()) -> tuple[Paragraph, ...]:
    """The clause's text, cut where a part or a line begins; `quotes` are offsets into the document, half open.

    What of a quote lies outside the clause is passed over; quotes may overlap. A part may lie inside another.
    """
    parts = clause.all_parts()
    begins = sorted({clause.start, *(part.start for part in parts), *(part.end for part in parts)})
    found = []
    for start, end in pairwise((*begins, clause.end)):
        holding = [part for part in parts if part.start <= start < part.end]
        innermost = min(holding, key=lambda part: part.end - part.start, default=None)
        for line in re.finditer(r"\S[^\n]*", clause.text[start - clause.start : end - clause.start]):
            cut = runs(clause, start + line.start(), start + line.end(), quotes)
            found.append(Paragraph(innermost, len(holding), tuple(cut)))
    return tuple(found)


def runs(clause: Clause, start: int, end: int, quotes: Sequence[Span]) -> Iterator[Run]:
    """The stretch `[start, end)` of the document, which lies in this clause, cut where a quote begins or ends."""
    cuts = sorted({start, end, *(at for quote in quotes for at in quote if start < at < end)})
    for begin, stop in pairwise(cuts):
        quoted = any(first <= begin and stop <= last for first, last in quotes)
        yield Run(clause.text[begin - clause.start : stop - clause.start], quoted)
