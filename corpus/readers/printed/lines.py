"""Letters to lines: letters on one height, with blanks where the print leaves room, cut where a column ends."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple
from unicodedata import normalize

from corpus.readers.printed.joining import joined
from corpus.readers.printed.page import PrintedLine

SURE = 0.8  # confidence from which a recognised piece is not doubtful

_LATIN_GAP = 0.2  # em between two Latin letters that belong to different words
_HAN_GAP = 0.9  # em between two Chinese characters with room between them: 总 则
_COLUMN_GAP = 1.2  # em between two pieces of a line that may belong to different columns


class Letter(NamedTuple):
    """One letter, or one piece recognised in a picture."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    confidence: float = 1.0


def printed_lines(letters: Iterable[Letter]) -> list[PrintedLine]:
    """The lines of a page; a line with a wide gap in it is several, which `columns.py` puts together again."""
    lines: list[PrintedLine] = []
    for row in rows_of(letters):
        piece: list[Letter] = []
        for letter in row:
            if piece and letter.x0 - piece[-1].x1 > _COLUMN_GAP * min(letter.size, piece[-1].size):
                lines.append(_line(piece))
                piece = []
            piece.append(letter)
        lines.append(_line(piece))
    return lines


def rows_of(letters: Iterable[Letter]) -> list[list[Letter]]:
    """Letters that stand on one height, from left to right; rows from top to bottom.

    A raised or a small letter belongs to the row that its middle stands in. A printed blank becomes part of the letter
    before it.
    """
    rows: list[list[Letter]] = []
    top = bottom = 0.0
    for letter in sorted(letters, key=lambda letter: letter.bottom):
        middle = (letter.top + letter.bottom) / 2
        if rows and top <= middle <= bottom + 0.1 * (bottom - top):
            rows[-1].append(letter)
            if letter.bottom - letter.top > bottom - top:
                top, bottom = letter.top, letter.bottom
        else:
            rows.append([letter])
            top, bottom = letter.top, letter.bottom
    return [shown for row in rows if (shown := _without_blanks(row))]


def _without_blanks(row: list[Letter]) -> list[Letter]:
    shown: list[Letter] = []
    for letter in sorted(row, key=lambda letter: letter.x0):
        if letter.text.strip():
            shown.append(letter)
        elif shown and not shown[-1].text.endswith(" ") and letter.x1 - letter.x0 > 0.1 * letter.size:
            shown[-1] = shown[-1]._replace(text=shown[-1].text + " ")
    return shown


def _line(piece: Sequence[Letter]) -> PrintedLine:
    size = median(letter.size for letter in piece)
    text = piece[0].text
    for left, right in pairwise(piece):
        text += _blank(left, right) + _new(left, right)
    return PrintedLine(
        " ".join(text.split()),
        piece[0].x0,
        max(letter.x1 for letter in piece),
        min(letter.top for letter in piece),
        max(letter.bottom for letter in piece),
        size,
        min(letter.confidence for letter in piece),
    )


def _new(left: Letter, right: Letter) -> str:
    """What `right` says; without its first character where both are printed, or were recognised, one over the other."""
    over = left.x1 - right.x0 > 0.3 * right.size
    same = normalize("NFKC", left.text[-1:]) == normalize("NFKC", right.text[:1])
    return right.text[1:] if over and same else right.text


def _blank(left: Letter, right: Letter) -> str:
    """A blank between two letters of a row, where there is room for one."""
    gap = (right.x0 - left.x1) / (min(left.size, right.size) or 1)
    latin = left.text[-1].isascii() and right.text[0].isascii()
    return " " if gap > (_LATIN_GAP if latin else _HAN_GAP) else ""


def cell_text(letters: Iterable[Letter], x0: float, x1: float) -> str:
    """The words of a cell between `x0` and `x1`: its lines joined, with a blank where one ended before its edge."""
    lines = [_line(row) for row in rows_of(letters)]
    if not lines:
        return ""
    edge = max(line.x1 for line in lines)
    text, last = lines[0].text, lines[0]
    for line in lines[1:]:
        short = edge - last.x1 > 1.5 * last.size and last.x1 - last.x0 > 0.4 * (x1 - x0)
        text = f"{text} {line.text}" if short else joined(text, line.text)
        last = line
    return text
