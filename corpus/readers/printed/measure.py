"""The measure of a column of print: where its lines begin and end, and how far they stand apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.readers.printed.joining import is_finished, is_numbered
from corpus.readers.printed.page import PrintedLine

_FEW = 24  # lines, among which the longest tells more than what several share
_NEAR = 2.0  # em by which a right margin may differ from the expected one without further proof
_NARROWEST = 12.0  # em: no running text is set in a narrower column
_RAGGED = 1.0  # em by which full lines end before the margin where they are not justified
_FLUSH = 0.8  # em from the left margin


@dataclass(frozen=True, slots=True)
class Measure:
    """The column a line stands in: its margins, and the usual distance of its lines (middle to middle)."""

    left: float
    right: float
    pitch: float
    size: float  # of the running text


def measured(
    lines: Sequence[PrintedLine], size: float, *, usual: Measure | None = None, width: float | None = None
) -> Measure:
    """The measure of a column from its lines.

    What too few lines cannot tell is taken from `usual`, the measure of pages like this one; where there is none, the
    right margin is expected to be as wide as the left one, on a page of that `width`.
    """
    body = [line for line in lines if abs(line.size - size) < 0.2 * size] or list(lines)
    left = _edge(sorted(line.x0 for line in body), 0.4 * size)
    if usual and (len(body) < 4 or 1.4 * size < left - usual.left < 2.8 * size):  # nothing but first lines here
        left = usual.left
    right = -_edge(sorted(-line.x1 for line in body), 0.4 * size)
    if usual and len(body) < 4:
        right = max(right, usual.right)
    elif usual or width:
        right = _right_margin(body, left, right, expected=usual.right if usual else (width or 0.0) - left, size=size)
    distances = [second.middle - first.middle for first, second in pairwise(body) if second.middle > first.middle]
    pitch = _usual_distance(distances, size) if usual is None or len(distances) > 3 else usual.pitch
    return Measure(left, right, pitch, size)


def _right_margin(body: Sequence[PrintedLine], left: float, edge: float, *, expected: float, size: float) -> float:
    """The right margin: the edge that lines share, where it is the expected one or where text runs on beyond it.

    On a page of short lines, as a notice has them, some end at one place by chance.
    """
    if edge > expected - _NEAR * size or _runs_on(body, left, edge, size):
        return edge
    return max(expected, *(line.x1 for line in body)) if len(body) < _FEW else expected


def _runs_on(body: Sequence[PrintedLine], left: float, edge: float, size: float) -> bool:
    """Whether most lines that end in the middle of a sentence, with a line at the left margin below, end at the edge.

    Names and headings, one a line, end where they happen to.
    """
    unfinished = [
        first
        for first, second in pairwise(body)
        if second.x0 - left < _FLUSH * size
        and max(first.pieces, second.pieces) == 1
        and not is_finished(first.text)
        and not is_numbered(second.text)
    ]
    full = [line for line in unfinished if -_RAGGED < (edge - line.x1) / size < _RAGGED]
    wide = sum(line.x1 - line.x0 >= _NARROWEST * size for line in full)
    return wide >= 3 and 2 * wide > len(unfinished)


def _edge(values: Sequence[float], tolerance: float) -> float:
    """The outermost value (the least) that a few share; the outermost of all among few values."""
    needed = 1 + len(values) // 8 if len(values) < _FEW else len(values) // 20 + 2
    for index, value in enumerate(values):
        if index + needed <= len(values) and values[index + needed - 1] - value <= tolerance:
            return value
    return values[0]


def _usual_distance(distances: Sequence[float], size: float) -> float:
    """The median of the distances of lines that can belong to one paragraph."""
    close = [distance for distance in distances if distance < 3 * size]
    return median(close) if close else 1.8 * size
