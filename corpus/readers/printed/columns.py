"""In which order the lines of a page are read: one column from top to bottom, or two, the left one first."""

from collections.abc import Sequence
from itertools import groupby

from corpus.readers.printed.page import PrintedLine

_ROWS = 4  # that stand side by side, at least, before a page has two columns
_FILLED = 0.55  # of its column is filled by a line of running text, on the average
_MIDDLE = (0.3, 0.7)  # of the print's width, between which the room between columns lies


def in_reading_order(pieces: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Blocks of lines, in the order they are read; the lines of a block stand in one column.

    `pieces` are what `printed_lines` gives. Where two columns of running text stand side by side, what stands across
    both (a title) parts them into an upper and a lower pair. Pieces of one height in one column are one line.
    """
    rows = rows_of_pieces(pieces)
    middle = gutter(rows)
    if middle is None:
        return [[one_line(row) for row in rows]] if rows else []
    blocks: list[list[PrintedLine]] = []
    for across, group in groupby(rows, key=lambda row: any(piece.x0 < middle < piece.x1 for piece in row)):
        band = list(group)
        if across:
            blocks.append([one_line(row) for row in band])
            continue
        left = [[piece for piece in row if piece.x1 <= middle] for row in band]
        right = [[piece for piece in row if piece.x1 > middle] for row in band]
        blocks += [[one_line(row) for row in side if row] for side in (left, right)]
    return [block for block in blocks if block]


def rows_of_pieces(pieces: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Pieces of one height, from left to right; rows from top to bottom."""
    rows: list[list[PrintedLine]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if rows and abs(piece.middle - rows[-1][0].middle) < 0.5 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row) if len(row) == 1 else sorted(row, key=lambda piece: piece.x0) for row in rows]


def gutter(rows: Sequence[Sequence[PrintedLine]]) -> float | None:
    """Where the room between two columns of running text lies, if there are two.

    Columns need not share their heights, so rows are not asked for pairs: the print is parted where few pieces cross,
    and each side must hold lines that fill it and stand beside one another.
    """
    pieces = [piece for row in rows for piece in row]
    if len(pieces) < 2 * _ROWS:
        return None
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    width = right - left
    starts = sorted({piece.x0 for piece in pieces if _MIDDLE[0] * width < piece.x0 - left < _MIDDLE[1] * width})
    best: tuple[int, float] | None = None
    for x in starts[:200]:
        at = x - 0.3
        before = [piece for piece in pieces if piece.x1 <= at]
        after = [piece for piece in pieces if piece.x0 >= at]
        if _side_by_side(before, after) < _ROWS or len(before) + len(after) < 0.7 * len(pieces):
            continue
        edge = max(piece.x1 for piece in before)
        if _fill(before, edge - left) < _FILLED or _fill(after, right - x) < _FILLED:
            continue
        if best is None or len(before) + len(after) > best[0]:
            best = (len(before) + len(after), (edge + x) / 2)
    return best[1] if best else None


def _side_by_side(before: Sequence[PrintedLine], after: Sequence[PrintedLine]) -> int:
    """How many lines of the left have a line of the right within their reach."""
    if not before or not after:
        return 0
    top, bottom = min(piece.top for piece in after), max(piece.bottom for piece in after)
    beside = sum(top <= piece.middle <= bottom for piece in before)
    top, bottom = min(piece.top for piece in before), max(piece.bottom for piece in before)
    return min(beside, sum(top <= piece.middle <= bottom for piece in after))


def _fill(pieces: Sequence[PrintedLine], width: float) -> float:
    return sum(piece.x1 - piece.x0 for piece in pieces) / (len(pieces) * (width or 1.0))


def one_line(row: Sequence[PrintedLine]) -> PrintedLine:
    """The pieces of one height as one line, a blank where the wide gap was."""
    if len(row) == 1:
        return row[0]
    return PrintedLine(
        " ".join(piece.text for piece in row),
        row[0].x0,
        max(piece.x1 for piece in row),
        min(piece.top for piece in row),
        max(piece.bottom for piece in row),
        max(row, key=lambda piece: len(piece.text)).size,
        min(piece.confidence for piece in row),
        len(row),
    )
