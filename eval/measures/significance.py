"""Paired tests: whether two runs over the same questions differ by more than chance. All are two-sided.

Smucker, Allan & Carterette, A Comparison of Statistical Significance Tests for Information Retrieval Evaluation,
CIKM 2007.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import ttest_rel

PERMUTATIONS = 10_000
SEED = 66
_EQUAL = 1e-12  # mean differences closer than this are the same, whatever their last bits
_AT_ONCE = 500  # permutations in memory


@dataclass(frozen=True, slots=True)
class Paired:
    """Chances of a difference of means as large as this where the runs are no different, 0..1."""

    student: float  # Student's t of paired samples
    fisher: float  # Fisher's randomisation


def paired_tests(before: NDArray[np.float64], after: NDArray[np.float64]) -> list[Paired]:
    """One entry for each column of two arrays of shape [questions, measures], row for row the same questions.

    Where no question differs both are 1; where every one differs by as much, and there are two or more, Student's is 0.
    Of a single question Student's test says nothing: 1.
    """
    difference = after - before
    return [
        Paired(student, fisher)
        for student, fisher in zip(map(_student, before.T, after.T), _fisher(difference), strict=True)
    ]


def _student(before: NDArray[np.float64], after: NDArray[np.float64]) -> float:
    difference = after - before
    if len(difference) < 2 or np.ptp(difference) == 0:
        return 0.0 if len(difference) > 1 and difference[0] != 0 else 1.0
    return float(ttest_rel(after, before).pvalue)


def _fisher(difference: NDArray[np.float64]) -> list[float]:
    """Shares of random signs under which the mean is as far from 0 as it is.

    The signs as they are count as one more permutation, so that no chance is 0 (Phipson & Smyth, Statistical
    Applications in Genetics and Molecular Biology, 2010). Same seed, same chances.
    """
    questions, measures = difference.shape
    if not questions:
        return [1.0] * measures
    observed = np.abs(difference.mean(axis=0)) - _EQUAL
    random = np.random.default_rng(SEED)
    as_far = np.ones(measures)
    for _ in range(PERMUTATIONS // _AT_ONCE):
        signs = random.integers(0, 2, size=(_AT_ONCE, questions)) * 2.0 - 1
        as_far += (np.abs(signs @ difference / questions) >= observed).sum(axis=0)
    return [float(share) for share in as_far / (PERMUTATIONS + 1)]
