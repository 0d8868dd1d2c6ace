"""Bars over weeks, as an SVG is drawn of them: across in percent, so that they fit any page; upward in pixels.

Letters keep their size so, on a telephone as on a desktop.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

HEIGHT = 150  # pixels of the highest bar
TOP = 22  # above it, for the number of the uppermost line
LEFT = 12.5  # percent of the width, before the bars, for numbers
_MOST_LABELS = 5  # below the bars
_STEPS = (1, 2, 3, 4, 6, 8)


@dataclass(frozen=True, slots=True)
class Bar:
    """A week: where it stands, and how high it and its darker part are; None where there is no number to show."""

    x: float  # percent, as is its width
    width: float
    middle: float
    height: float | None  # pixels
    part: float | None
    label: str  # with its number, for who points at it


@dataclass(frozen=True, slots=True)
class Line:
    """A line across, with the value that it stands for."""

    y: float  # pixels
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    weeks: tuple[tuple[float, str, date], ...]  # percent, the SVG's anchor of a text, and the Monday written there
    left: float = LEFT


@dataclass(frozen=True, slots=True)
class Value:
    """What a bar stands for; `part` is of it. None: not shown."""

    whole: float | None
    part: float | None
    label: str


def chart(values: Sequence[Value], weeks: Sequence[date], least: float = 10) -> Chart:
    """Bars for these values, a week each; the scale reaches `least` at least."""
    most = _scale(max([least, *(value.whole or 0 for value in values)]))
    step = (100 - LEFT) / len(values)

    def height(value: float | None) -> float | None:
        return None if value is None else round(value / most * HEIGHT, 1)

    bars = tuple(
        Bar(
            round(LEFT + (number + 0.12) * step, 3),
            round(step * 0.76, 3),
            round(LEFT + (number + 0.5) * step, 3),
            height(value.whole),
            height(value.part),
            value.label,
        )
        for number, value in enumerate(values)
    )
    lines = tuple(Line(TOP + HEIGHT * (1 - share), most * share) for share in (1, 0.5, 0))
    return Chart(bars, lines, tuple(_labels(weeks)))


def _scale(most: float) -> float:
    """The next of 1, 2, 3, 4, 6, 8, 10, 20 … that is not below."""
    scales = (step * 10.0**power for power, step in product(range(-3, 12), _STEPS))
    return next(scale for scale in scales if scale >= most)


def _labels(weeks: Sequence[date]) -> list[tuple[float, str, date]]:
    """Some of the weeks, evenly spread, the first and the last among them."""
    last = len(weeks) - 1
    many = min(_MOST_LABELS, len(weeks))
    chosen = sorted({round(number * last / max(1, many - 1)) for number in range(many)})
    step = (100 - LEFT) / len(weeks)
    return [
        (100.0, "end", weeks[one]) if one == last > 0 else (round(LEFT + (one + 0.5) * step, 3), "middle", weeks[one])
        for one in chosen
    ]
