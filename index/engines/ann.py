"""An approximate index over many vectors, which names candidates that the dense leg scores exactly.

Vectors are kept as codes of four bits for each pair of dimensions, 128 bytes for 512, which a processor compares
thirty-two at a time (André, Kermarrec & Le Scouarnec, "Cache Locality is not Enough: High-Performance Nearest Neighbor
Search with Product Quantization Fast Scan", VLDB 2015). Above `_ONE_LIST` vectors they are sorted into lists by their
nearest centroid, of which a query looks at the nearest ones only; what lies inside a scope is scanned by itself. How
many of the ten best it finds is measured when it is built.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder.vectors import Vectors

APPROXIMATE = 50_000  # vectors up to which every one is compared
CANDIDATES = 512  # vectors that are named; of a longer list of them hardly any gets into the first hundred clauses
COMPACT = (
    131_072  # rows of a scope whose codes are copied together: scanned in a millisecond, whatever lies around them
)
_GATHERED = 8192  # vectors copied at once
_ONE_LIST = 100_000  # vectors that are scanned whole in a millisecond
_LISTS = 1024  # of a million vectors; their number grows as the square root
# Of the lists, for a million vectors inside the scope; more for fewer, because the best lie farther away there.
_PROBED, _MILLION = 0.1875, 1e6
_SAMPLE = 64  # vectors a list that the centroids are trained on
_TRAINED = 16_384  # vectors that the codes are trained on
_LEAST = 640  # vectors that training wants
_ROUNDS = 10  # of k-means
_SEED = 17
_ASKED = 256  # queries that recall is measured on
_BATCH = 65_536  # vectors handled at once: 128 megabytes


@dataclass(frozen=True, slots=True)
class Recall:
    """What an approximate index finds of the exact best vectors, measured when it was built; 0..1, higher is better."""

    at_10: float  # mean share of the ten best
    queries: int


@dataclass(frozen=True, slots=True, eq=False)
class Ann:
    """The index and its recall. Safe from several threads."""

    index: faiss.IndexIVFPQFastScan
    recall: Recall

    def candidates(self, vector: NDArray[np.float32]) -> NDArray[np.int64]:
        """Rows that are probably the nearest of all, at most `CANDIDATES`, ascending. `vector` is float32 [dimension].

        A row that is as far from the query as codes can tell is not named, even where there is room.
        """
        return self.search(vector, self.probed(self.index.ntotal))

    def within(self, rows: NDArray[np.int64], vectors: Vectors) -> "Within":
        """The same of some rows alone, ascending; `vectors` are all that the index was built of, and may be mapped."""
        if len(rows) <= COMPACT:
            return Within(self, rows, codes=self._codes_of(rows, vectors))
        marks = np.zeros(self.index.ntotal, np.bool_)
        marks[rows] = True
        bits = np.packbits(marks, bitorder="little")
        return Within(self, rows, selector=faiss.IDSelectorBitmap(bits))  # type: ignore[call-arg,arg-type]

    def _codes_of(self, rows: NDArray[np.int64], vectors: Vectors) -> faiss.IndexPQFastScan:
        codes = faiss.IndexPQFastScan(self.index.d, self.index.pq.M, self.index.pq.nbits, faiss.METRIC_INNER_PRODUCT)
        codes.pq, codes.is_trained = self.index.pq, True  # a code says nothing of the list that it is in
        faiss.omp_set_num_threads(1)
        for start in range(0, len(rows), _GATHERED):
            codes.add(np.ascontiguousarray(vectors[rows[start : start + _GATHERED]]))
        return codes

    def probed(self, amount: int) -> int:
        """How many lists are looked at for so many rows."""
        share: float = min(1.0, _PROBED * (_MILLION / amount) ** 0.5)
        return max(1, round(self.index.nlist * share))

    def search(
        self, vector: NDArray[np.float32], probed: int, selector: faiss.IDSelector | None = None
    ) -> NDArray[np.int64]:
        """The best rows of so many lists, ascending."""
        wanted = {"sel": selector} if selector else {}
        return _best(self.index, vector, faiss.SearchParametersIVF(nprobe=probed, **wanted))  # type: ignore[call-arg]

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """What is kept on disk."""
        recall = np.array([self.recall.at_10, self.recall.queries])
        return {"ann": faiss.serialize_index(self.index), "ann_recall": recall}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Ann | None":
        """What `to_arrays` gave; None where there is none. Raises ValueError where it is damaged."""
        if "ann" not in arrays:
            return None
        try:
            index: Any = faiss.deserialize_index(np.asarray(arrays["ann"]))
        except RuntimeError as error:
            raise ValueError(f"the approximate index cannot be read: {error}") from error
        at_10, queries = arrays["ann_recall"].tolist()
        return cls(index, Recall(at_10, int(queries)))

    def describe(self) -> dict[str, float]:
        """For the manifest."""
        return asdict(self.recall)


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """Some rows as the index knows them: codes of their own, or what selects them. Safe from several threads."""

    ann: Ann
    rows: NDArray[np.int64]  # ascending
    codes: faiss.IndexPQFastScan | None = None
    selector: faiss.IDSelector | None = None

    def candidates(self, vector: NDArray[np.float32]) -> NDArray[np.int64]:
        """As those of the index, of these rows alone."""
        if self.codes:
            return self.rows[_best(self.codes, vector)]
        found = self.ann.search(vector, self.ann.probed(len(self.rows)), self.selector)
        if len(found) < CANDIDATES:  # what is selected lies elsewhere
            found = self.ann.search(vector, self.ann.index.nlist, self.selector)
        return found


def _best(
    index: faiss.Index, vector: NDArray[np.float32], parameters: faiss.SearchParameters | None = None
) -> NDArray[np.int64]:
    faiss.omp_set_num_threads(1)  # of this thread: for one vector, waking others costs more than they bring
    _, rows = index.search(vector[np.newaxis], min(CANDIDATES, index.ntotal), params=parameters)
    found: NDArray[np.int64] = np.sort(rows[0][rows[0] >= 0])
    return found


def build_ann(vectors: Vectors, queries: Callable[[], Vectors] | None = None) -> Ann | None:
    """The index over rows of unit length, float32 [rows, dimension], which may be mapped; None where they are few.

    Recall is measured with these queries, float32 [queries, dimension], which are made only then; with some of the rows
    where there are none.
    """
    if len(vectors) <= APPROXIMATE:
        return None
    return train_ann(vectors, queries() if queries else None)


def train_ann(vectors: Vectors, queries: Vectors | None = None) -> Ann:
    """The same of any number of rows, at least one. Equal rows give an equal index, byte by byte."""
    rows, dimension = vectors.shape
    lists = 1 if rows <= _ONE_LIST else int(_LISTS * (rows / _MILLION) ** 0.5)
    random = np.random.default_rng(_SEED)
    faiss.omp_set_num_threads(1)  # threads wait for one another longer than they work, and sums would depend on them
    index = faiss.IndexIVFPQFastScan(
        faiss.IndexFlatIP(dimension), dimension, lists, _codes(dimension), 4, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.niter, index.cp.seed, index.pq.cp.seed = _ROUNDS, _SEED, _SEED
    index.train(_sample(vectors, max(_TRAINED, _SAMPLE * lists), random))
    faiss.omp_set_num_threads((os.cpu_count() or 1) if rows > _BATCH else 1)
    for start in range(0, rows, _BATCH):
        index.add(np.ascontiguousarray(vectors[start : start + _BATCH]))
    faiss.omp_set_num_threads(1)
    asked = _sample(vectors, _ASKED, random)[:_ASKED] if queries is None or not len(queries) else queries[:_ASKED]
    return Ann(index, measure_recall(Ann(index, Recall(0.0, 0)), vectors, asked))


def measure_recall(ann: Ann, vectors: Vectors, queries: Vectors) -> Recall:
    """Of the ten rows nearest to each query, the share among the candidates, which are scored exactly afterwards."""
    most = min(10, len(vectors))
    best, rows = np.zeros((len(queries), 0), np.float32), np.zeros((len(queries), 0), np.int64)
    for start in range(0, len(vectors), _BATCH):
        cosines = queries @ np.asarray(vectors[start : start + _BATCH]).T
        best = np.concatenate([best, cosines], axis=1)
        rows = np.concatenate(
            [rows, np.broadcast_to(np.arange(start, start + cosines.shape[1]), cosines.shape)], axis=1
        )
        chosen = np.argpartition(-best, most - 1, axis=1)[:, :most]
        best, rows = np.take_along_axis(best, chosen, axis=1), np.take_along_axis(rows, chosen, axis=1)
    found = [np.isin(exact, ann.candidates(one)).mean() for one, exact in zip(queries, rows, strict=True)]
    return Recall(float(np.mean(found)), len(queries))


def _codes(dimension: int) -> int:
    """How many codes a vector has: one for two dimensions, or for as few as divide it evenly."""
    return dimension // 2 if dimension % 2 == 0 else dimension


def _sample(vectors: Vectors, size: int, random: np.random.Generator) -> Vectors:
    """So many of the rows, or all; very few each several times, because training wants a number of them."""
    if len(vectors) > size:
        return np.array(vectors[np.sort(random.choice(len(vectors), size, replace=False))])
    return np.resize(vectors, (max(len(vectors), _LEAST), vectors.shape[1]))
