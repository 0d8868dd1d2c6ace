"""What another threshold of the confidence would do: more questions answered, or fewer answered wrong.

The risk-coverage curve of a classifier that may abstain (El-Yaniv & Wiener, On the Foundations of Noise-free Selective
Classification, JMLR 2010).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One question, of which the confidence decides whether it is answered."""

    confidence: float
    answerable: bool
    right: bool  # the answer is right; of one that was refused, its first result would be
    given: bool  # it was answered


@dataclass(frozen=True, slots=True)
class TradeoffPoint:
    """What is answered from a threshold on."""

    threshold: float
    coverage: float  # share of all answerable questions that are answered
    wrong: float  # share of wrong ones among the answers; 0 where nothing is answered
    estimated: bool  # answers count that were refused, as if their first result were cited


def tradeoff(candidates: Sequence[Candidate], answerable: int) -> tuple[TradeoffPoint, ...]:
    """A point for each confidence there is, the highest first; none where no question is answerable.

    `answerable` counts all such questions, also those that no threshold lets through.
    """
    points: list[TradeoffPoint] = []
    covered = wrong = 0
    estimated = False
    ranked = sorted(candidates, key=lambda one: -one.confidence)
    for number, one in enumerate(ranked, start=1):
        covered += one.answerable
        wrong += not one.right
        estimated = estimated or not one.given
        is_last = number == len(ranked) or ranked[number].confidence != one.confidence
        if is_last and answerable:
            points.append(TradeoffPoint(one.confidence, covered / answerable, wrong / number, estimated))
    return tuple(points)
