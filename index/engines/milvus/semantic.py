"""The leg by meaning: Milvus lists passages by our own vectors, and their cosines are computed here."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from index.clause_table import ClauseTable, Positions
from index.engines.dense import UPPER_BOUND
from index.engines.milvus.collection import VECTOR, Partition
from index.engines.milvus.cut import MOST, Listed, Span, candidates
from index.engines.milvus.filters import Numbers, both, in_span
from index.engines.passages import FIELDS, PassageOwners
from index.query import Query, QueryReader
from index.retriever import EVERYTHING, Hit, Scope, Source
from index.scorer import Ranker, Scores, as_hits

_UNIT = 2.0**-23  # single precision, of an inner product of unit vectors: this for each dimension


class MilvusSemantic:
    """The best cosine of a clause's passages in Milvus. Satisfies `SemanticLeg`; safe from several threads."""

    def __init__(
        self,
        partition: Partition,
        table: ClauseTable,
        numbers: Numbers,
        *,
        owners: PassageOwners,
        reader: QueryReader,
        name: str,
        kept: NDArray[np.bool_] | None = None,
        condition: str = "",
        most: int = MOST,
    ) -> None:
        """`kept` says which clauses are looked at, bool [clauses], None for all; `condition` says it to Milvus."""
        self.name = name
        self.owners = owners
        self._partition = partition
        has_passages: NDArray[np.bool_] = np.diff(partition.starts) > 0
        self.covered: NDArray[np.bool_] = has_passages if kept is None else has_passages & kept
        self._table = table
        self._numbers = numbers
        self._reader = reader
        self._condition = condition
        self._most = most

    def restricted(self, kept: NDArray[np.bool_]) -> "MilvusSemantic":
        """The same over clauses without a record, which are those that are kept, bool [clauses]."""
        condition = both(self._condition, "recorded == false")
        partition, table, numbers, reader = self._partition, self._table, self._numbers, self._reader
        return MilvusSemantic(
            partition,
            table,
            numbers,
            owners=self.owners,
            reader=reader,
            name=self.name,
            kept=kept & self.covered,
            condition=condition,
            most=self._most,
        )

    def search(self, query: Query | str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        scores = self.open(self._reader.as_query(query))(limit, scope)
        return as_hits(self._table, self.name, scores)

    def open(self, query: Query) -> Ranker:
        if query.is_blank:
            return self._nothing
        vector = query.vector
        score_clauses = partial(self._cosines, vector)

        def rank(limit: int, scope: Scope) -> Scores:
            if limit < 1:
                return self._nothing(limit, scope)
            listed = partial(self._list, vector, both(self._condition, self._numbers.filter(scope)))
            positions = candidates(listed, limit, Span(0, len(self._table)), self._most)
            values = score_clauses(positions)
            best = self._table.best_first(positions, values, limit)
            return Scores(positions[best], values[best], UPPER_BOUND, score_clauses, partial(self._source, vector))

        return rank

    def by_part(self, query: Query, position: int) -> dict[int, float]:
        """Best cosine of each part of a clause by its position, -1 for the clause itself; empty if not covered."""
        if not self.covered[position]:
            return {}
        best: dict[int, float] = {}
        cosines = np.vecdot(self._partition.rows(np.array([position])).vectors, query.vector)
        for part, cosine in zip(self.owners.part[self._span(position)].tolist(), cosines.tolist(), strict=True):
            best[part] = max(best.get(part, -1.0), cosine)
        return best

    def _nothing(self, _limit: int, _scope: Scope) -> Scores:
        return Scores(np.zeros(0, np.intp), np.zeros(0), UPPER_BOUND, self._zeros, lambda _: Source())

    def _list(self, vector: NDArray[np.float32], condition: str, depth: int, span: Span) -> Listed:
        whole = Span(0, len(self._table))
        found = self._partition.search(VECTOR, vector.tolist(), depth, both(condition, in_span(span, whole)))
        positions, first = np.unique(found.clauses, return_index=True)  # the best passage of each is the first
        bound = float(found.scores[-1]) if len(positions) else 0.0
        error = len(vector) * _UNIT
        is_all = len(found.clauses) < depth
        return Listed(positions.astype(np.intp), found.scores[first], bound + error, error, is_all)

    def _cosines(self, vector: NDArray[np.float32], positions: Positions) -> NDArray[np.float64]:
        """The best cosine of each of these clauses, float64 [positions]; NaN for those not covered."""
        values = np.full(len(positions), np.nan)
        covered = self.covered[positions]
        if covered.any():
            rows = self._partition.rows(positions[covered])
            firsts = np.cumsum(rows.lengths) - rows.lengths
            values[covered] = np.maximum.reduceat(np.vecdot(rows.vectors, vector), firsts)
        return values

    def _zeros(self, positions: Positions) -> NDArray[np.float64]:
        return np.where(self.covered[positions], 0.0, np.nan)

    def _source(self, vector: NDArray[np.float32], position: int) -> Source:
        """The part and the field of the first of the passages that score best."""
        cosines = np.vecdot(self._partition.rows(np.array([position])).vectors, vector)
        passage = int(self._partition.starts[position] + cosines.argmax())
        part = int(self.owners.part[passage])
        clause = self._table.clauses[position]
        return Source(clause.all_parts()[part].id if part >= 0 else None, FIELDS[self.owners.field[passage]])

    def _span(self, position: int) -> slice:
        return slice(self._partition.starts[position], self._partition.starts[position + 1])
