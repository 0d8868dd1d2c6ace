"""95 % intervals by the percentile bootstrap (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
SEED = 66


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def estimates(
    statistic: Callable[[NDArray[np.intp]], NDArray[np.float64]], questions: int, *, seed: int = SEED
) -> list[Estimate | None]:
    """One estimate for each figure that `statistic` returns.

    `statistic` takes the numbers of the questions that are in a sample (with repetition) and returns the figures
    of shape [figures], nan where one is undefined for that sample. Whole questions are drawn, so figures of
    several legs stay paired. None where a figure is undefined over all questions. Same seed, same interval.
    """
    values = statistic(np.arange(questions))
    if not questions:
        return [None] * len(values)
    draws = np.random.default_rng(seed).integers(questions, size=(RESAMPLES, questions))
    samples = np.array([statistic(draw) for draw in draws])
    return [_estimate(value, sample) for value, sample in zip(values, samples.T, strict=True)]


def _estimate(value: float, samples: NDArray[np.float64]) -> Estimate | None:
    if np.isnan(value):
        return None
    low, high = np.nanpercentile(samples, (2.5, 97.5))
    return Estimate(float(value), float(low), float(high))
