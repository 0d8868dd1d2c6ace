"""The curve of what another threshold would do, in the pixels of its drawing."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from eval.measures.tradeoff import TradeoffPoint
from eval.summary import Evaluation

WIDTH, HEIGHT, EDGE = 400, 240, 56
_MARKED = (0.9, 0.7, 0.5, 0.3)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the drawing with what it says."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Coverage to the right, share of wrong answers upwards. Lines are points of SVG."""

    sure: str
    estimated: str  # of answers that were not given
    in_use: Spot
    marks: tuple[Spot, ...]
    across: tuple[Spot, ...]  # ticks of coverage
    upwards: tuple[Spot, ...]
    width: int = WIDTH
    height: int = HEIGHT
    edge: int = EDGE


def curve(evaluation: Evaluation, threshold: float) -> Curve | None:
    """The drawing, with what the threshold in use did; None where nothing was answered."""
    points, coverage = evaluation.tradeoff, evaluation.overall.answers["coverage"]
    given = [one for one in evaluation.run.results if one.cited]
    if not points or not given or coverage is None:
        return None
    wrong = sum(not one.right for one in given) / len(given)
    top = max(0.1, ceil(10 * max(wrong, *(one.wrong for one in points))) / 10)

    def spot(coverage: float, wrong: float, text: str) -> Spot:
        return Spot(round(EDGE + coverage * WIDTH, 1), round(EDGE + (1 - wrong / top) * HEIGHT, 1), text)

    def line(chosen: Iterable[TradeoffPoint]) -> str:
        return " ".join(f"{at.x},{at.y}" for one in chosen for at in [spot(one.coverage, one.wrong, "")])

    parts = {estimated: list(one) for estimated, one in groupby(points, key=lambda one: one.estimated)}
    sure, estimated = parts.get(False, []), parts.get(True, [])
    marked = [(level, [one for one in points if one.threshold >= level]) for level in _MARKED]
    return Curve(
        sure=line(sure),
        estimated=line([*sure[-1:], *estimated]),
        in_use=spot(coverage.value, wrong, f"{threshold:g}: {coverage.value:.3f}, {wrong:.3f}"),
        marks=tuple(
            spot(reached[-1].coverage, reached[-1].wrong, f"{level:g}") for level, reached in marked if reached
        ),
        across=tuple(spot(x, 0, f"{x:g}") for x in (0, 0.25, 0.5, 0.75, 1)),
        upwards=tuple(spot(0, top * share, f"{top * share:.3g}") for share in (0, 0.5, 1)),
    )
