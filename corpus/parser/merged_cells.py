"""The cells of a row that merged cells of the rows above it cover.

A table of a document prints a merged cell in its first row and leaves the place empty below; a table copied off a web
page leaves it out, so that the row is shorter than the one above. Which columns are left out shows in what the cells
are: each stands below the one that it is most like, in order.
"""

import re
from collections.abc import Sequence
from math import log10

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_OTHER_KIND = -1.0  # a number below words, or the reverse
_COUNTED_ON = 3.0  # 2 below 1, in a column of running numbers
_DECADES = 2.0  # in which numbers are alike
_WIDEST = 100  # columns of a table that is made by hand
_MOST_LEFT_OUT = 12  # cells of a row
_DIGITS = 9  # of a running number


def fill(cells: Sequence[str], above: Sequence[str], covered: Sequence[int] | None = None) -> list[str]:
    """The cells of a row with those that the row above, already filled, lends it.

    `covered` are the columns, from 0, that belong to a merged cell, where the format says so; else a cell is taken for
    covered that is left out, or empty at the beginning of its row.
    """
    if not above or not any(cells):
        return list(cells)
    row = list(cells)
    if covered is not None:
        row += [""] * (max(covered, default=0) + 1 - len(row))
        return [cell or above[i] if i in covered and i < len(above) else cell for i, cell in enumerate(row)]
    # A row that begins with an empty cell prints what is covered as empty, so that it leaves nothing out.
    if row[0] and len(row) < len(above) <= min(_WIDEST, len(row) + _MOST_LEFT_OUT):
        row = _aligned(row, above)
    for index, cell in enumerate(row):
        if cell or index >= len(above):
            break
        row[index] = above[index]
    return row


def _aligned(cells: Sequence[str], above: Sequence[str]) -> list[str]:
    """The row with each cell in the column where it is likest to the one above, in order; the others from above.

    Needleman & Wunsch's alignment (J. Mol. Biol. 1970), where only columns are left out and that costs nothing.
    """
    width = len(above)
    best = [[0.0] * (width + 1)] + [[float("-inf")] * (width + 1) for _ in cells]
    for i, cell in enumerate(cells, 1):
        for j in range(i, width - len(cells) + i + 1):
            best[i][j] = max(best[i][j - 1], best[i - 1][j - 1] + likeness(cell, above[j - 1]))
    row = list(above)
    j = width
    for i in range(len(cells), 0, -1):
        while best[i][j] == best[i][j - 1]:
            j -= 1
        row[j - 1] = cells[i - 1]
        j -= 1
    return row


def likeness(cell: str, above: str) -> float:
    """How likely two cells stand in one column: words with words by what they share, numbers by their size."""
    one, other = _NUMBER.match(cell), _NUMBER.match(above)
    if (one is None) != (other is None):
        return _OTHER_KIND
    if one and other:
        if max(len(cell), len(above)) <= _DIGITS and _counts_on(cell, above):
            return _COUNTED_ON
        apart = abs(log10(float(one[0]) + 1) - log10(float(other[0]) + 1))
        return max(0.0, 1 - apart / _DECADES) + _shared(cell[one.end() :], above[other.end() :])
    return _shared(cell, above)


def _counts_on(cell: str, above: str) -> bool:
    return cell.isdecimal() and above.isdecimal() and int(cell) == int(above) + 1


def _shared(one: str, other: str) -> float:
    characters = set(one), set(other)
    either = characters[0] | characters[1]
    return len(characters[0] & characters[1]) / len(either) if either else 1.0
