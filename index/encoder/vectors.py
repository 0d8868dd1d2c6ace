"""Vectors of texts."""

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # [texts, dimension]


def unit_rows(vectors: Vectors) -> Vectors:
    """Rows scaled to length one; zero rows stay zero."""
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True).astype(np.float32)
    lengths[lengths == 0] = 1
    return vectors / lengths
