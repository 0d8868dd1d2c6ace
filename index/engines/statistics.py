"""What of a layer stays in the index's own files where another engine holds its postings and vectors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.bm25 import BM25Weights
from index.engines.passages import PassageOwners

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of the terms, and whose each passage is."""

    weights: BM25Weights  # vocabulary, idf and frequencies; no postings
    kept: BM25Weights  # the postings that the engine does not hold
    owners: PassageOwners

    def arrays(self) -> Arrays:
        """Those of the terms, by name."""
        return {
            "terms": terms_array(self.weights.vocabulary),
            "indptr": self.weights.indptr,
            "idf": self.weights.idf,
            "kept_indptr": self.kept.indptr,
            "clauses": self.kept.clauses,
            "weights": self.kept.weights,
        }


def statistics_of(arrays: Arrays, owners: PassageOwners) -> Statistics:
    """What `Statistics.arrays` gave. Raises KeyError where one is missing."""
    vocabulary, idf = vocabulary_of(arrays), arrays["idf"]
    none = np.zeros(0, np.int32), np.zeros(0, np.float32)
    return Statistics(
        BM25Weights(vocabulary, arrays["indptr"], *none, idf),
        BM25Weights(vocabulary, arrays["kept_indptr"], arrays["clauses"], arrays["weights"], idf),
        owners,
    )


def terms_array(terms: Iterable[str]) -> NDArray[np.uint8]:
    """Terms as bytes."""
    return np.frombuffer("\n".join(terms).encode(), np.uint8)


def vocabulary_of(arrays: Arrays) -> dict[str, int]:
    """Terms with their numbers."""
    terms = arrays["terms"].tobytes().decode().split("\n") if arrays["terms"].size else []
    return {term: t for t, term in enumerate(terms)}
