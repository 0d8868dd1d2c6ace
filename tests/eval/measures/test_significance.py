import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from ranx.statistical_tests.fisher_randomization_test import fisher_randomization_test
from ranx.statistical_tests.paired_student_t_test import paired_student_t_test

from eval.measures.significance import PERMUTATIONS, paired_tests

VALUES = arrays(
    np.float64, st.tuples(st.integers(3, 40), st.just(2)), elements=st.sampled_from([0, 0.25, 1 / 3, 0.5, 1])
)


@given(VALUES)
def test_student_equals_ranx(values: NDArray[np.float64]) -> None:
    before, after = values[:, 0], values[:, 1]
    (chance,) = paired_tests(values[:, :1], values[:, 1:])
    if np.ptp(after - before) > 0:  # what is the same everywhere has no variance to set it against
        assert chance.student == pytest.approx(paired_student_t_test(before, after)[0], abs=1e-9)


def test_fisher_is_near_ranx_and_near_all_signs_counted() -> None:
    before = np.array([1.0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1])
    after = np.array([1.0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0])  # 4 won, 1 lost
    (chance,) = paired_tests(before[:, None], after[:, None])
    exactly = 2 * (1 + 5) / 2**5
    assert chance.fisher == pytest.approx(exactly, abs=0.02)
    assert chance.fisher == pytest.approx(fisher_randomization_test(before, after, 10_000, 0.01, 1)[0], abs=0.02)


def test_the_same_twice_gives_the_same_chances_and_columns_do_not_influence_each_other() -> None:
    random = np.random.default_rng(3)
    before, after = random.random((2, 30, 4))
    together = paired_tests(before, after)
    assert together == paired_tests(before, after)
    assert together[2:3] == paired_tests(before[:, 2:3], after[:, 2:3])


def test_no_difference_is_no_evidence_and_no_chance_is_nought() -> None:
    same = np.full((9, 1), 0.3)
    assert [(one.student, one.fisher) for one in paired_tests(same, same)] == [(1.0, 1.0)]
    (all_won,) = paired_tests(np.zeros((60, 1)), np.ones((60, 1)))
    assert all_won.student == 0
    assert all_won.fisher == 1 / (PERMUTATIONS + 1)


def test_of_one_question_or_none_nothing_is_said() -> None:
    assert paired_tests(np.zeros((1, 1)), np.ones((1, 1)))[0].student == 1
    assert paired_tests(np.zeros((0, 2)), np.zeros((0, 2)))[1].fisher == 1
