import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from eval.measures.bootstrap import Estimate, estimates

VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def _mean(values: list[float], seed: int = 1) -> Estimate:
    array = np.array(values)
    (estimate,) = estimates(lambda rows: np.array([array[rows].mean()]), len(array), seed=seed)
    assert estimate is not None
    return estimate


@given(VALUES)
def test_the_interval_lies_within_the_range_of_the_values(values: list[float]) -> None:
    estimate = _mean(values)
    assert estimate.value == pytest.approx(np.mean(values))
    assert min(values) - 1e-9 <= estimate.low <= estimate.high <= max(values) + 1e-9


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    values = np.random.default_rng(0).random(50).tolist()
    assert _mean(values) == _mean(values)
    assert _mean(values) != _mean(values, seed=2)


def test_the_width_is_that_of_the_normal_approximation_for_many_questions() -> None:
    estimate = _mean([0.0, 1.0] * 200)
    half = 1.96 * np.sqrt(0.25 / 400)
    assert estimate.low == pytest.approx(0.5 - half, abs=0.01)
    assert estimate.high == pytest.approx(0.5 + half, abs=0.01)


def test_a_constant_has_no_width() -> None:
    assert _mean([1.0] * 7) == Estimate(1.0, 1.0, 1.0)


def test_an_undefined_figure_is_none_and_leaves_the_others_alone() -> None:
    def statistic(rows: NDArray[np.intp]) -> NDArray[np.float64]:
        return np.array([np.nan, float(len(rows))])

    assert estimates(statistic, 3) == [None, Estimate(3.0, 3.0, 3.0)]


def test_no_question_gives_no_figure() -> None:
    assert estimates(lambda _: np.array([np.nan, np.nan]), 0) == [None, None]
