"""What may be shown of counts so that nobody is found in them: nothing that rests on fewer than five questions.

A cell of 1 to 4 is hidden, and so is a second one where the first could be computed as what is left of the total
(complementary suppression: Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001). No question at
all is nobody's, so a cell of 0 is shown.
"""

from collections.abc import Sequence
from enum import StrEnum

LEAST = 5  # questions


class Hidden(StrEnum):
    """Why a cell shows no number."""

    FEW = "few"  # there are fewer than LEAST
    WITHHELD = "withheld"  # another cell could be computed from it


Cell = int | Hidden


def is_small(count: int) -> bool:
    """Whether so few questions may not be shown."""
    return 0 < count < LEAST


def shown(count: int) -> Cell:
    """One count that adds up to nothing else that is shown."""
    return Hidden.FEW if is_small(count) else count


def shown_series(counts: Sequence[int]) -> list[Cell]:
    """Counts whose total is shown too."""
    hidden = _hidden(counts)
    return [_cell(count, position in hidden) for position, count in enumerate(counts)]


def shown_parts(parts: Sequence[int], wholes: Sequence[int]) -> list[tuple[Cell, Cell]]:
    """Series of parts and of the wholes that hold them, each with its total shown: `(part, whole)` a position.

    What is left of a whole without its part counts as a cell as well: it can be computed. Where a whole is hidden, so
    is its part.
    """
    without_whole = _hidden(wholes)
    rests = [whole - part for part, whole in zip(parts, wholes, strict=True)]
    without_part = _hidden(parts, without_whole) | _hidden(rests, without_whole)
    return [
        (_cell(part, position in without_part), _cell(whole, position in without_whole))
        for position, (part, whole) in enumerate(zip(parts, wholes, strict=True))
    ]


def shown_part(part: int, whole: int) -> tuple[Cell, Cell]:
    """A single part and the whole that holds it."""
    return shown_parts([part], [whole])[0]


def _cell(count: int, hidden: bool) -> Cell:
    if not hidden:
        return count
    return Hidden.FEW if count < LEAST else Hidden.WITHHELD


def _hidden(counts: Sequence[int], others: frozenset[int] = frozenset()) -> frozenset[int]:
    """Positions to hide: the small ones and `others`, and as many more, the smallest, until none can be computed.

    What can be computed then is a sum of two or more, of LEAST questions at least.
    """
    chosen = others | {position for position, count in enumerate(counts) if is_small(count)}
    rest = sorted((count, position) for position, count in enumerate(counts) if count and position not in chosen)
    for _, position in rest:
        held = [counts[one] for one in chosen if counts[one]]
        if not held or (len(held) > 1 and sum(held) >= LEAST):
            break
        chosen |= {position}
    return chosen
