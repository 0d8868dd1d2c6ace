"""One collection of Milvus: a row for each passage of each layer, and what is asked of it.

    id        number of the layer × 2^40 + the passage's position in the layer
    clause    position of its clause
    document  number of its document       what a scope names; numbers are `filters.Numbers`
    places    numbers of its places
    recorded  whether its clause has a plain-language record
    vector    of the passage, unit length or zero
    weights   BM25 of the clause's terms, on its first passage; those above zero alone, because an index of inner
              products may take it that there are no others. A row without any holds a dimension that no query asks.

Each layer is a partition, so that a search walks through no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray
from pymilvus import CollectionSchema, DataType, MilvusClient
from pymilvus.milvus_client.index import IndexParams

from corpus.errors import EngineError
from index.clause_table import Positions
from index.encoder.vectors import Vectors
from index.engines.milvus.connection import Connection, MissingCollectionError, ReleasedError

VECTOR, WEIGHTS = "vector", "weights"
NO_TERM = 2**32 - 2  # the highest dimension there is
_LAYER = 2**40  # more passages than a layer has
_MOST_PLACES = 4096  # of one clause; the most that Milvus takes
_ROWS = 1024  # fetched in one call: some three megabytes
_REMEMBERED = 8192  # clauses of a layer whose rows are kept: some 30 MB
_SPARSE = {"inverted_index_algo": "DAAT_MAXSCORE"}
_GRAPH = {"M": 32, "efConstruction": 256}
_SEARCHED = 4  # of the graph, times as many rows as are asked for


def collection_schema(dimension: int) -> CollectionSchema:
    """The fields of a collection of vectors of this dimension."""
    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("clause", DataType.INT64)
    schema.add_field("document", DataType.INT64)
    schema.add_field("places", DataType.ARRAY, element_type=DataType.INT64, max_capacity=_MOST_PLACES)
    schema.add_field("recorded", DataType.BOOL)
    schema.add_field(VECTOR, DataType.FLOAT_VECTOR, dim=dimension)
    schema.add_field(WEIGHTS, DataType.SPARSE_FLOAT_VECTOR)
    return schema


def index_parameters(dense_index: str) -> IndexParams:
    """Exact for the weights; for the vectors as said: FLAT or HNSW."""
    parameters = MilvusClient.prepare_index_params()
    graph = _GRAPH if dense_index == "HNSW" else {}
    parameters.add_index(VECTOR, index_type=dense_index, metric_type="IP", params=graph)
    parameters.add_index(WEIGHTS, index_type="SPARSE_INVERTED_INDEX", metric_type="IP", params=_SPARSE)
    return parameters


def row_id(layer: int, passage: int) -> int:
    """The primary key of a passage."""
    return layer * _LAYER + passage


class Found(NamedTuple):
    """Rows, the best first."""

    clauses: NDArray[np.int64]  # [rows]
    scores: NDArray[np.float64]  # [rows] inner products as Milvus computed them


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What Milvus keeps of some clauses, exact."""

    lengths: NDArray[np.intp]  # [clauses] how many passages each has
    vectors: Vectors  # float32 [passages, dimension], clause by clause
    counts: NDArray[np.intp]  # [clauses] how many terms each has
    terms: NDArray[np.int64]  # [terms of all]
    weights: NDArray[np.float32]  # [terms of all]


class _Kept(NamedTuple):
    """The rows of one clause."""

    vectors: Vectors
    terms: NDArray[np.int64]
    weights: NDArray[np.float32]


class Partition:
    """One layer of one collection. Safe from several threads; what was fetched is remembered, for nothing changes."""

    def __init__(
        self, connection: Connection, collection: str, name: str, number: int, *, starts: NDArray[np.intp], dense: str
    ) -> None:
        """The passages of clause c are `starts[c]:starts[c + 1]`; `dense` is the index of the vectors."""
        self.size = len(starts) - 1  # clauses
        self.starts = starts
        self._connection = connection
        self._collection = collection
        self._name = name
        self._number = number
        self._dense = dense
        self._kept: LRUCache[int, _Kept] = LRUCache(_REMEMBERED)
        self._lock = Lock()

    def search(self, field: str, asked: Any, depth: int, condition: str) -> Found:  # noqa: ANN401  (either vector)
        """The `depth` rows of the highest inner product that satisfy a condition; one expression, empty for all."""
        graph = {"ef": _SEARCHED * depth} if field == VECTOR and self._dense == "HNSW" else {}
        (hits,) = self._call(
            "search",
            data=[asked],
            anns_field=field,
            limit=depth,
            filter=condition,
            output_fields=["clause"],
            partition_names=[self._name],
            search_params={"metric_type": "IP", "params": graph},
        )
        pairs = [(hit["entity"]["clause"], hit["distance"]) for hit in hits]
        clauses, scores = zip(*pairs, strict=True) if pairs else ((), ())
        return Found(np.array(clauses, np.int64), np.array(scores, np.float64))

    def rows(self, positions: Positions) -> Rows:
        """The rows of some clauses of this layer, each of which has at least one."""
        wanted = positions.tolist()
        with self._lock:
            kept = {clause: self._kept[clause] for clause in wanted if clause in self._kept}
        new = [clause for clause in dict.fromkeys(wanted) if clause not in kept]
        fetched = self._fetch(new)
        with self._lock:
            self._kept.update(fetched)
        kept |= fetched
        every = [kept[clause] for clause in wanted]
        return Rows(
            np.array([len(one.vectors) for one in every], np.intp),
            np.concatenate([one.vectors for one in every]),
            np.array([len(one.terms) for one in every], np.intp),
            np.concatenate([one.terms for one in every]),
            np.concatenate([one.weights for one in every]),
        )

    def _fetch(self, clauses: Sequence[int]) -> dict[int, _Kept]:
        owners = [(clause, p) for clause in clauses for p in range(self.starts[clause], self.starts[clause + 1])]
        ids = [row_id(self._number, int(passage)) for _, passage in owners]
        found: dict[int, Any] = {}
        for first in range(0, len(ids), _ROWS):
            some = ids[first : first + _ROWS]
            rows = self._call("query", ids=some, output_fields=["id", VECTOR, WEIGHTS], partition_names=[self._name])
            found |= {row["id"]: row for row in rows}
        if len(found) < len(ids):
            raise EngineError(
                f"Milvus 的集合 {self._collection} 缺少数据；请运行 policyqa index 重建。"
                f"The collection {self._collection} in Milvus lacks rows; run `policyqa index` to build it again."
            )
        kept: dict[int, _Kept] = {}
        at = 0
        for clause in clauses:
            length = int(self.starts[clause + 1] - self.starts[clause])
            rows = [found[id_] for id_ in ids[at : at + length]]
            kept[clause] = _kept(rows)
            at += length
        return kept

    def _call(self, name: str, **what: Any) -> Any:  # noqa: ANN401  (what pymilvus gives)
        try:
            try:
                return self._connection.call(name, self._collection, **what)
            except ReleasedError:
                self._connection.call("load_collection", self._collection)
                return self._connection.call(name, self._collection, **what)
        except (MissingCollectionError, ReleasedError) as error:
            raise EngineError(
                f"Milvus 里没有集合 {self._collection} 了；请运行 policyqa index 重建。"
                f"The collection {self._collection} is gone from Milvus; run `policyqa index` to build it again."
            ) from error


def _kept(rows: Sequence[Any]) -> _Kept:
    """Rows of one clause, in the order of its passages."""
    weights = {term: value for term, value in rows[0][WEIGHTS].items() if term != NO_TERM}
    return _Kept(
        np.array([row[VECTOR] for row in rows], np.float32),
        np.fromiter(weights, np.int64, len(weights)),
        np.fromiter(weights.values(), np.float32, len(weights)),
    )
