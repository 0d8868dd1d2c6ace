"""The vector of a question turned so that what it is about counts, and how it is put counts less.

Questions about one document differ in what they want of it and in how people talk: along the directions in which they
differ most, vectors are shortened (within-class covariance normalisation, Hatch, Kajarekar and Stolcke 2006).
`matter.npz` holds the mean and the turning, fitted by `python -m eval.fitting.matter` for the shipped encoder; vectors
of another encoder are left as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

FILE = "matter.npz"
_LEAST = 0.1  # variance that every direction is taken to have at least, of a mean of 1; chosen with `clustering.NEAR`

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """What turns vectors."""

    mean: Floats  # [dimension]
    turning: Floats  # [dimension, dimension], symmetrical

    def turned(self, vectors: Floats) -> Floats:
        """float32 [texts, dimension] of unit length, or zero; as given, where they are another encoder's."""
        if vectors.shape[1] != len(self.mean):
            return vectors
        found = (vectors - self.mean) @ self.turning
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.where(vectors.any(axis=1, keepdims=True), found / np.maximum(lengths, 1e-9), 0).astype(np.float32)


@cache
def load_matter() -> Matter:
    """The shipped one."""
    with resources.files("assistant.gaps").joinpath(FILE).open("rb") as file, np.load(file) as arrays:
        return Matter(arrays["mean"].astype(np.float32), arrays["turning"].astype(np.float32))


def fit_matter(groups: Sequence[Floats]) -> Matter:
    """Fitted on the vectors of questions about the same, float32 [questions, dimension] a group of two or more."""
    differences = np.concatenate([vectors - vectors.mean(axis=0) for vectors in groups]).astype(np.float64)
    within = differences.T @ differences
    variances, directions = np.linalg.eigh(within / np.trace(within) * len(within))
    turning = (directions * (np.maximum(variances, 0) + _LEAST) ** -0.5) @ directions.T
    mean = np.concatenate(list(groups)).mean(axis=0)
    return Matter(mean.astype(np.float32), turning.astype(np.float32))
