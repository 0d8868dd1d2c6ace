"""Printed lines to paragraphs, by geometry: where a line ends, where the next begins, and the room between them.

A line goes on in the next one when what the next begins with would not have fitted into the room left, and the next
one is not indented. What the words say is asked only where geometry is silent.
"""

from dataclasses import dataclass

from corpus.readers.printed.joining import begins_anew, first_unit, is_finished, is_numbered, joined
from corpus.readers.printed.measure import Measure
from corpus.readers.printed.page import PrintedLine

_INDENT = 0.8  # em further right than the line before: a new paragraph
_SLACK = 0.6  # em by which a full line may miss the margin
_FAR = 3.2  # em from the left margin: no paragraph begins there, but signatures and centred lines do
_SPACED = 1.3  # of the usual distance of lines: room between paragraphs
_LARGE = 1.12  # of the running text's size: a title


@dataclass(slots=True)
class Paragraph:
    """A paragraph that may still go on."""

    text: str
    page: int
    first: PrintedLine
    last: PrintedLine
    measure: Measure  # of its last line
    hanging: bool = False
    confidence: float = 1.0

    def takes(self, line: PrintedLine, measure: Measure, *, same_column: bool) -> bool:
        """Adds the line where it goes on with the paragraph, and says whether it did."""
        if not self._goes_on(line, measure, same_column=same_column):
            return False
        self.hanging = self.hanging or (self.last is self.first and line.x0 > self.first.x0 + _INDENT * line.size)
        self.text = joined(self.text, line.text)
        self.last, self.measure = line, measure
        self.confidence = min(self.confidence, line.confidence)
        return True

    def _goes_on(self, line: PrintedLine, measure: Measure, *, same_column: bool) -> bool:
        last, size = self.last, self.last.size
        distance = line.middle - last.middle
        if abs(line.size - size) > 0.25 * size or (last.pieces > 2 and line.pieces > 1):  # words in columns
            return False
        if _is_title(last, self.measure) and _is_title(line, measure):
            alike = distance < 2.0 * size and abs(line.size - size) < 0.08 * size
            return same_column and alike and not is_finished(last.text) and not is_numbered(line.text)
        if same_column and distance > _SPACED * max(measure.pitch, 1.15 * size):
            return False
        if same_column and _open(self.text) and _is_centred(last, self.measure) and _is_centred(line, measure):
            return True
        apart = last.x0 > self.measure.left + _FAR * size and not self.hanging
        return (
            not apart
            and not begins_anew(line.text, self.text)
            and _is_full(last, line, self.measure)
            and self._is_flush(line, measure)
        )

    def _is_flush(self, line: PrintedLine, measure: Measure) -> bool:
        """Whether the line begins where a line that goes on does: at the margin, or below what hangs out (抄送：…)."""
        indent = line.x0 - measure.left
        if self.hanging:
            return abs(indent - (self.last.x0 - self.measure.left)) < _INDENT * line.size
        if indent < _INDENT * line.size:
            return True
        if self.last is not self.first or is_numbered(line.text) or is_finished(self.text):
            return False
        hangs = _INDENT * line.size < line.x0 - self.first.x0 < _FAR * line.size
        return hangs and self.first.x0 - self.measure.left < 1.5 * line.size


def _is_full(last: PrintedLine, line: PrintedLine, measure: Measure) -> bool:
    """Whether what the next line begins with had no room left on the last one."""
    return last.x1 + first_unit(line.text) * last.size > measure.right - _SLACK * last.size


def _is_centred(line: PrintedLine, measure: Measure) -> bool:
    off = abs(line.x0 + line.x1 - measure.left - measure.right) / 2
    return off < line.size


def _is_title(line: PrintedLine, measure: Measure) -> bool:
    return line.size > _LARGE * measure.size and _is_centred(line, measure)


def _open(text: str) -> bool:
    """Whether a bracket is still open."""
    return text.count("《") > text.count("》") or text.count("（") > text.count("）")
