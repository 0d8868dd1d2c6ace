"""The Milvus engine: a collection for each index, searched by its own name, and one alias that means the newest.

An index is searched in the collection that its manifest names and in no other, so that several servers, an older
generation and a newer one never see each other's rows. The alias is for who looks at Milvus from outside.
"""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus.corpus import Corpus
from corpus.errors import EngineError, IndexMismatchError
from index.clause_table import ClauseTable
from index.encoder.vectors import Vectors
from index.engines.engine import Placed, Progress
from index.engines.milvus.collection import VECTOR, Partition, collection_schema, index_parameters
from index.engines.milvus.connection import PATIENCE, Address, Connection, MissingCollectionError
from index.engines.milvus.cut import MOST
from index.engines.milvus.filters import Numbers
from index.engines.milvus.lexical import MilvusLexical
from index.engines.milvus.semantic import MilvusSemantic
from index.engines.milvus.writing import batches, passages_in, statistics
from index.engines.names import MILVUS
from index.engines.statistics import Statistics
from index.layer import INDUCED, LEG_NAMES, RECORDS, TEXT, Layer
from index.query import QueryReader

ALIAS = "policyqa"
EXHAUSTIVE = 200_000  # passages: up to here an exact scan takes some 20 ms of one core
_NUMBERS = {TEXT: 0, RECORDS: 1, INDUCED: 2}  # of the layers
_INSERT = 60.0  # seconds for one batch
_SAMPLE, _NEAREST = 64, 10  # passages asked for their nearest, to see what an approximate index finds


class MilvusEngine:
    """Satisfies `Engine`."""

    name = MILVUS

    def __init__(self, connection: Connection, *, exhaustive: int = EXHAUSTIVE, most: int = MOST) -> None:
        self.connection = connection
        self._exhaustive = exhaustive
        self._most = most

    def place(
        self,
        version: str,
        layers: Sequence[Layer],
        recorded: NDArray[np.bool_],
        table: ClauseTable,
        corpus: Corpus,
        *,
        note: Callable[[str], object],
        progress: Progress,
    ) -> Placed:
        """Write a new collection. Raises EngineError."""
        rows = sum(len(passages_in(layer).vectors) for layer in layers)
        dense_index = "FLAT" if rows <= self._exhaustive else "HNSW"
        name = f"{ALIAS}_{version}_{secrets.token_hex(4)}"
        placed = {"collection": name, "rows": rows, "dense_index": dense_index}
        self.connection.call("list_collections")  # nothing is noted down where nobody answers
        note(name)
        try:
            self._create(name, passages_in(layers[0]).vectors.shape[1], [layer.name for layer in layers])
            self._fill(
                name,
                layers=layers,
                recorded=recorded,
                table=table,
                numbers=Numbers(corpus),
                progress=lambda done: progress(done, rows),
            )
            self._finish(name, dense_index)
            self._check(placed, f"集合 {name} 没有写全。The collection was not written whole.")
            recall = self._recall(placed, layers[0], table)
        except BaseException:
            with suppress(EngineError):
                self.drop(name)
            raise
        return placed | {"recall@10": recall}

    def statistics(self, layer: Layer) -> Statistics:
        """What of a layer stays here."""
        return Statistics(*statistics(layer.lexical.weights), layer.semantic.owners)

    def open(self, placed: Placed, corpus: Corpus) -> "OpenedMilvus":
        """Raises IndexMismatchError where the collection is gone or not whole, EngineError."""
        name = placed["collection"]
        if self.connection.call("has_collection", name):
            self.connection.call("load_collection", name, seconds=PATIENCE)  # at once where it is loaded already
        self._check(placed, f"Milvus 的集合 {name} 不属于这个索引。The collection is not that of this index.")
        return OpenedMilvus(self.connection, placed, corpus, self._most)

    def show(self, placed: Placed) -> None:
        """Switch the alias in one step."""
        name = placed["collection"]
        try:
            meant = self.connection.call("describe_alias", ALIAS)["collection_name"]
        except (EngineError, MissingCollectionError):
            meant = None  # there is none yet; where Milvus is away, the next step says so
        if meant is None:
            self.connection.call("create_alias", name, ALIAS)
        elif meant != name:
            self.connection.call("alter_alias", name, ALIAS)

    def drop(self, name: str) -> None:
        """Remove a collection, and the alias where it means this one."""
        with suppress(MissingCollectionError):
            if not self.connection.call("has_collection", name):
                return
            if ALIAS in self.connection.call("list_aliases", name).get("aliases", ()):
                self.connection.call("drop_alias", ALIAS)
            self.connection.call("drop_collection", name, seconds=_INSERT)

    def _create(self, name: str, dimension: int, layers: Sequence[str]) -> None:
        self.connection.call(
            "create_collection", name, schema=collection_schema(dimension), consistency_level="Bounded", seconds=_INSERT
        )
        for layer in layers:
            self.connection.call("create_partition", name, layer, seconds=_INSERT)

    def _fill(
        self,
        name: str,
        *,
        layers: Sequence[Layer],
        recorded: NDArray[np.bool_],
        table: ClauseTable,
        numbers: Numbers,
        progress: Callable[[int], object],
    ) -> None:
        done = 0
        flags = recorded.tolist()
        for layer in layers:
            for batch in batches(_NUMBERS[layer.name], layer, flags, table, numbers):
                self.connection.call("insert", name, batch, partition_name=layer.name, seconds=_INSERT)
                done += len(batch)
                progress(done)

    def _finish(self, name: str, dense_index: str) -> None:
        """Everything on the disk, indexed and ready to be searched."""
        self.connection.call("flush", name, seconds=PATIENCE)
        self.connection.call("create_index", name, index_parameters(dense_index), seconds=PATIENCE)
        self.connection.call("load_collection", name, seconds=PATIENCE)

    def _check(self, placed: Placed, fault: str) -> None:
        """Raises IndexMismatchError where the collection has not the rows that it should have."""
        name, wanted = placed["collection"], placed["rows"]
        try:
            count = ["count(*)"]
            found = self.connection.call("query", name, filter="", output_fields=count, consistency_level="Strong")
            rows = found[0]["count(*)"]
        except MissingCollectionError:
            rows = None
        if rows != wanted:
            raise IndexMismatchError(
                f"{fault} 应有 {wanted} 行，实有 {rows or 0} 行；请运行 policyqa index 重建。"
                f"It has {rows or 0} rows of {wanted}; run `policyqa index` to build it again."
            )

    def _recall(self, placed: Placed, layer: Layer, table: ClauseTable) -> float:
        """Share of the nearest passages of some that a search for them finds; 1 for an exact index."""
        vectors = passages_in(layer).vectors
        if placed["dense_index"] == "FLAT" or len(vectors) <= _NEAREST:
            return 1.0
        starts = np.searchsorted(layer.semantic.owners.clause, np.arange(len(table) + 1))
        partition = Partition(
            self.connection,
            placed["collection"],
            layer.name,
            _NUMBERS[layer.name],
            starts=starts,
            dense=placed["dense_index"],
        )
        shares = []
        for p in np.linspace(0, len(vectors) - 1, _SAMPLE).astype(int).tolist():
            last = _nth_cosine(vectors, p)
            found = partition.search(VECTOR, vectors[p].tolist(), _NEAREST, "")
            shares.append(np.count_nonzero(found.scores >= last - 1e-5) / _NEAREST)
        return round(float(np.mean(shares)), 4)


def _nth_cosine(vectors: Vectors, p: int) -> float:
    cosines = np.vecdot(vectors, vectors[p])
    return float(np.partition(cosines, -_NEAREST)[-_NEAREST])


class OpenedMilvus:
    """One collection. Satisfies `OpenedEngine`."""

    def __init__(self, connection: Connection, placed: Placed, corpus: Corpus, most: int) -> None:
        self._connection = connection
        self._placed = placed
        self._numbers = Numbers(corpus)
        self._most = most

    def layer(self, name: str, statistics: Statistics, table: ClauseTable, reader: QueryReader) -> Layer:
        """A layer of it."""
        owners, numbers = statistics.owners, self._numbers
        starts = np.searchsorted(owners.clause, np.arange(len(table) + 1))
        partition = Partition(
            self._connection,
            self._placed["collection"],
            name,
            _NUMBERS[name],
            starts=starts,
            dense=self._placed["dense_index"],
        )
        lexical_name, dense_name = LEG_NAMES[name]
        semantic = MilvusSemantic(
            partition, table, numbers, owners=owners, reader=reader, name=dense_name, most=self._most
        )
        covered = None if name == TEXT else semantic.covered
        lexical = MilvusLexical(
            partition,
            table,
            numbers,
            weights=statistics.weights,
            kept=statistics.kept,
            lexicon=reader.lexicon,
            name=lexical_name,
            covered=covered,
            most=self._most,
        )
        return Layer(name, lexical, semantic)


@cache
def milvus_engine(address: Address) -> MilvusEngine:
    """The engine at an address; generations of one process share its connection."""
    return MilvusEngine(Connection(address))
