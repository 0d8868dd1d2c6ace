"""How often answers of each confidence are right: the bins of the calibration error, and a plot of them.

A point on the diagonal keeps its word; one below it promises too much (DeGroot & Fienberg, The Statistician, 1983).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
_SIDE, _EDGE = 400, 56  # pixels of the square, and around it


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose confidence lies in one tenth of 0..1."""

    n: int
    confidence: float  # their mean
    right: float  # share of them that is right


def reliability(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> list[Bin]:
    """Bins of equal width, empty ones left out."""
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    chosen = [place == k for k in range(BINS)]
    return [Bin(int(one.sum()), float(confidence[one].mean()), float(right[one].mean())) for one in chosen if one.any()]


def plot(bins: Sequence[Bin], title: str) -> str:
    """An SVG of the bins: mean confidence to the right, share of right ones upwards, area as the number in the bin."""
    most = max(one.n for one in bins)
    size = _SIDE + 2 * _EDGE

    def at(x: float, y: float) -> str:
        return f'cx="{_EDGE + x * _SIDE:.1f}" cy="{_EDGE + (1 - y) * _SIDE:.1f}"'

    points = [
        f'<circle {at(one.confidence, one.right)} r="{3 + 15 * (one.n / most) ** 0.5:.1f}" fill="#1d4f91" '
        f'fill-opacity=".7"><title>{one.n}: {one.confidence:.2f} → {one.right:.2f}</title></circle>'
        for one in bins
    ]
    end, middle = _EDGE + _SIDE, _EDGE + _SIDE / 2
    ticks = [
        f'<text x="{_EDGE + x * _SIDE:.0f}" y="{end + 18}" text-anchor="middle">{x:g}</text>'
        f'<text x="{_EDGE - 8}" y="{end - x * _SIDE + 4:.0f}" text-anchor="end">{x:g}</text>'
        for x in (0, 0.25, 0.5, 0.75, 1)
    ]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
            'font-family="sans-serif" font-size="13">',
            f'<rect width="{size}" height="{size}" fill="#fff"/>',
            f'<rect x="{_EDGE}" y="{_EDGE}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#cfd6df"/>',
            f'<path d="M{_EDGE} {end}L{end} {_EDGE}" stroke="#55606e" stroke-dasharray="4"/>',
            *points,
            *ticks,
            f'<text x="{middle}" y="{_EDGE - 24}" text-anchor="middle" font-size="15">{title}</text>',
            f'<text x="{middle}" y="{end + 40}" text-anchor="middle">把握 confidence</text>',
            f'<text x="{_EDGE - 40}" y="{middle}" text-anchor="middle" transform="rotate(-90 {_EDGE - 40} {middle})">'
            "答对的比例 share that is right</text>",
            "</svg>\n",
        )
    )
