"""Figures that must be reached, `success@1=0.9`: what makes `policyqa eval` end with 1."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.errors import FloorError, InputError
from eval.measures.answers import FIGURES
from eval.measures.bootstrap import Estimate
from eval.measures.ranking import RANKING
from eval.summary import Evaluation

LOWER_IS_BETTER = ("false_answers", "ece")


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that a figure may be."""

    leg: str  # empty for a figure of answers
    measure: str
    least: float

    @property
    def name(self) -> str:
        return f"{self.leg}:{self.measure}" if self.leg else self.measure


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A floor that is not reached; `value` is None where the figure does not apply to these questions."""

    floor: Floor
    value: float | None

    def __str__(self) -> str:
        name, least = self.floor.name, f"{self.floor.least:g}"
        if self.value is None:
            return f"{name} 没有可算的问题，不算达到 {least} no question to measure it on, so {least} is not reached"
        return f"{name} = {self.value:.4f}，低于 {least} is below {least}"


def read_floors(written: Iterable[str], legs: Sequence[str]) -> tuple[Floor, ...]:
    """The floors of `NAME=VALUE`; a measure of ranking is that of the last leg, or of the one named (`bm25:mrr@10`).

    Raises InputError for what is no such pair, for a name that there is not, and for a value outside 0..1.
    """
    return tuple(_floor(one, legs) for one in written)


def _floor(written: str, legs: Sequence[str]) -> Floor:
    name, equals, value = (piece.strip() for piece in written.partition("="))
    leg, _, measure = name.rpartition(":")
    ranking = [one.name for one in RANKING]
    answers = [one for one in FIGURES if one not in LOWER_IS_BETTER]
    if not (name in answers or (measure in ranking and (not leg or leg in legs))):
        listed = ", ".join((*ranking, *answers))
        raise _fault(
            f"没有“{name}”这个指标，可用：{listed}；前面可加 {'、'.join(legs)} 和冒号，如 {legs[0]}:mrr@10。"
            f"no figure {name!r}; choose one of these, a leg before it or not. "
            f"{', '.join(LOWER_IS_BETTER)} are better when lower and have no floor."
        )
    try:
        least = float(value)
    except ValueError:
        least = -1.0
    if not equals or not 0 <= least <= 1:
        raise _fault(
            f"“{written}”要写成 指标=0 到 1 的数，如 success@1=0.9。write it as NAME=VALUE, the value from 0 to 1."
        )
    return Floor("" if name in answers else leg or legs[-1], measure, least)


def _fault(message: str) -> InputError:
    return InputError(f"--at-least: {message}", "at_least")


def shortfalls(evaluation: Evaluation, floors: Iterable[Floor]) -> list[Shortfall]:
    """The floors that the figures over all questions do not reach."""
    values = [(floor, _value(evaluation, floor)) for floor in floors]
    return [Shortfall(floor, value) for floor, value in values if value is None or value < floor.least]


def demand(evaluation: Evaluation, floors: Iterable[Floor]) -> None:
    """Raises FloorError naming every floor that is not reached."""
    if found := shortfalls(evaluation, floors):
        listed = "\n  ".join(map(str, found))
        raise FloorError(
            f"没有达到要求，请看未答对的问题。below what was asked for; see the questions that went wrong.\n  {listed}"
        )


def _value(evaluation: Evaluation, floor: Floor) -> float | None:
    overall = evaluation.overall
    estimate: Estimate | None = (overall.legs[floor.leg] if floor.leg else overall.answers)[floor.measure]
    return estimate.value if estimate else None
