"""The dense leg: exact inner product over unit vectors, so a score is a cosine in -1..1.

A clause is encoded whole and by its parts; it scores by its best, because a long case is about several things and
a question about one of them.

Up to `EXHAUSTIVE` passages are scored in one product. Of more, FAISS scans the vectors in half precision, which halves
the memory that a query has to walk through; the clauses it finds are scored again in full precision, and the scan is
deepened until rounding cannot have hidden a better one. Of very many an approximate index (`ann`) names candidates,
always as many, so that a longer list extends a shorter one; they are scored exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from index.clause_table import ClauseTable, Positions, different
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors, unit_rows
from index.engines.ann import Ann, Within
from index.engines.inside import ScopeMemory
from index.engines.passages import FIELDS, Passage, PassageOwners, owners_of, passages_of
from index.query import Query, QueryReader
from index.retriever import EVERYTHING, Hit, Scope, Source
from index.scorer import Ranker, Scores, as_hits
from index.text.normalizer import normalize

NAME = "dense"
UPPER_BOUND = 1.0  # of a cosine
EXHAUSTIVE = 8192  # passages: half a millisecond; from there on the scan in half precision is faster
NEIGHBOUR_WEIGHT = 0.1  # of each neighbour's vector in a passage's; chosen on training questions new to the encoder
# Half precision keeps 11 bits, so the cosine of two unit vectors is off by less than 2^-11 (Cauchy-Schwarz).
ROUNDING = 2.0**-11 + 1e-5


_ROWS = 256  # vectors gathered at a time


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The vectors of an engine and whose they are."""

    owners: PassageOwners
    vectors: Vectors  # float32 [passages, dimension], unit rows


def encode_texts(clauses: Sequence[Clause], encoder: Encoder) -> PassageVectors:
    """What the clauses say, each passage in its context; memory is passages × dimension × 6 bytes."""
    encoded = encode_passages(passages_of(clauses), encoder)
    return PassageVectors(encoded.owners, smooth_with_neighbours(encoded.vectors, encoded.owners, clauses))


def encode_passages(passages: Sequence[Passage], encoder: Encoder) -> PassageVectors:
    """Texts of the clauses, in order of the clauses, each by itself."""
    texts = [normalize(passage.text) for passage in passages]
    vectors = encoder.encode_documents(texts) if texts else np.zeros((0, encoder.dimension), np.float32)
    return PassageVectors(owners_of(passages), vectors)


def joined_passages(parts: Sequence[PassageVectors], firsts: Sequence[int]) -> PassageVectors:
    """The passages of all parts; the first clause of each stands at this position among all clauses."""
    if len(parts) == 1:
        return parts[0]
    clause = [part.owners.clause + np.int32(first) for part, first in zip(parts, firsts, strict=True)]
    owners = PassageOwners(
        np.concatenate(clause),
        np.concatenate([part.owners.part for part in parts]),
        np.concatenate([part.owners.field for part in parts]),
    )
    return PassageVectors(owners, np.concatenate([part.vectors for part in parts]))


def smooth_with_neighbours(vectors: Vectors, owners: PassageOwners, clauses: Sequence[Clause]) -> Vectors:
    """The vectors, leaning a little towards the clauses before and after theirs under the same heading.

    An article of a law takes for granted what its neighbours are about.
    """
    whole = vectors[np.searchsorted(owners.clause, np.arange(len(clauses)))]
    beside = np.zeros_like(whole)
    for c, (one, other) in enumerate(pairwise(clauses)):
        if one.path and one.path == other.path and not (one.cells or other.cells):
            beside[c] += whole[c + 1]
            beside[c + 1] += whole[c]
    return unit_rows(vectors + NEIGHBOUR_WEIGHT * beside[owners.clause])


class _Admitted(NamedTuple):
    """What of the passages a scope admits."""

    positions: Positions  # of the clauses that are covered, ascending
    amount: int  # passages
    selector: faiss.IDSelector | None  # of passages, where those in half precision are scanned; None for all of them


class DenseRetriever:
    """Ranks clauses by the best cosine of their passages. Satisfies `Retriever` and `Leg`; safe from several threads.

    A row's score does not depend on the rows beside it: every product is taken row by row.
    """

    def __init__(
        self,
        table: ClauseTable,
        passages: PassageVectors,
        reader: QueryReader,
        name: str = NAME,
        *,
        ann: Ann | None = None,
        kept: NDArray[np.bool_] | None = None,
    ) -> None:
        """With an approximate index over the passages a list holds at most as many clauses as that names.

        `kept` are the clauses that are looked at, [clauses]; None for all of them.
        """
        self.name = name
        # An ordinary array, also over a mapped file: rows of one are faster to reach.
        self.owners, self.vectors, self.ann = passages.owners, np.asarray(passages.vectors), ann
        self._table = table
        self._reader = reader
        # The passages of clause c are `starts[c]:starts[c + 1]`; a clause without any is not covered.
        self._starts = np.searchsorted(self.owners.clause, np.arange(len(table) + 1))
        self.covered: NDArray[np.bool_] = np.diff(self._starts) > 0  # [clauses]
        if kept is not None:
            self.covered &= kept
        many = len(self.vectors) > EXHAUSTIVE
        self._fp16_index = _fp16_index(self.vectors) if many and not ann else None
        covered = np.flatnonzero(self.covered)
        self._everywhere = _Admitted(covered, len(self.vectors), None) if kept is None else self._admitted(covered)
        self._scopes = ScopeMemory(lambda inside, _size: self._admitted(inside))
        self._near = ScopeMemory(lambda positions, _size: self._within(positions))

    def restricted(self, kept: NDArray[np.bool_]) -> "DenseRetriever":
        """The same over those of its clauses that are kept, bool [clauses]."""
        passages, owners = kept[self.owners.clause], self.owners
        if self.ann:  # which numbers all passages
            whole = PassageVectors(owners, self.vectors)
            return DenseRetriever(self._table, whole, self._reader, self.name, ann=self.ann, kept=kept)
        owners = PassageOwners(owners.clause[passages], owners.part[passages], owners.field[passages])
        return DenseRetriever(self._table, PassageVectors(owners, self.vectors[passages]), self._reader, self.name)

    def search(self, query: Query | str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        scores = self.open(self._reader.as_query(query))(limit, scope)
        return as_hits(self._table, self.name, scores)

    def open(self, query: Query) -> Ranker:
        if query.is_blank:
            return self._nothing
        vector = query.vector
        whole = self.ann is None and self._fp16_index is None
        score_clauses = self._all_cosines(vector).__getitem__ if whole else partial(self._cosines, vector)

        def rank(limit: int, scope: Scope) -> Scores:
            inside = self._table.inside(scope)
            if limit < 1 or (inside is not None and not len(inside)):
                return self._nothing(limit, scope)
            admitted = self._everywhere if inside is None else self._scopes.of(inside, len(self._table))
            positions, amount = admitted.positions, admitted.amount
            if whole or amount <= EXHAUSTIVE:
                values = score_clauses(positions)
            elif self.ann:
                near = self.ann if amount == len(self.vectors) else self._near.of(positions, len(self._table))
                rows = near.candidates(vector)
                positions = different(self.owners.clause[rows])
                values = self._cosines(vector, positions)
            elif limit >= len(positions):
                values = score_clauses(positions)
            else:
                positions, values = self._scan(vector, limit, admitted)
            best = self._table.best_first(positions, values, limit)
            return Scores(positions[best], values[best], UPPER_BOUND, score_clauses, partial(self._source, vector))

        return rank

    def _nothing(self, _limit: int, _scope: Scope) -> Scores:
        return Scores(np.zeros(0, np.intp), np.zeros(0), UPPER_BOUND, self._zeros, lambda _: Source())

    def by_part(self, query: Query, position: int) -> dict[int, float]:
        """Best cosine of each part of a clause by its position, -1 for the clause itself; empty if not covered."""
        span = slice(self._starts[position], self._starts[position + 1])
        best: dict[int, float] = {}
        cosines = np.vecdot(self.vectors[span], query.vector)
        for part, cosine in zip(self.owners.part[span].tolist(), cosines.tolist(), strict=True):
            best[part] = max(best.get(part, -1.0), cosine)
        return best

    def _scan(
        self, vector: NDArray[np.float32], limit: int, admitted: "_Admitted"
    ) -> tuple[Positions, NDArray[np.float64]]:
        """The `limit` best clauses and their ties: of all passages admitted, scan until what is not listed is worse."""
        assert self._fp16_index
        parameters = faiss.SearchParameters(sel=admitted.selector) if admitted.selector else None  # type: ignore[call-arg]
        faiss.omp_set_num_threads(1)  # of this thread: for one vector, waking others costs more than they bring
        depth = min(2 * limit, admitted.amount)
        while True:
            rough, passages = self._fp16_index.search(vector[np.newaxis], depth, params=parameters)
            positions = different(self.owners.clause[passages[0]])
            values = self._cosines(vector, positions)
            bound = float(rough[0, -1]) + ROUNDING  # whatever is not listed scores at most this
            if depth == admitted.amount or np.count_nonzero(values > bound) >= limit:
                return positions, values
            depth = min(2 * depth, admitted.amount)

    def _admitted(self, inside: Positions) -> "_Admitted":
        positions = inside[self.covered[inside]]
        amount = int((self._starts[positions + 1] - self._starts[positions]).sum())
        if amount <= EXHAUSTIVE or not self._fp16_index:
            return _Admitted(positions, amount, None)
        bits = np.packbits(self._passages_of(positions), bitorder="little")
        return _Admitted(positions, amount, faiss.IDSelectorBitmap(bits))  # type: ignore[call-arg,arg-type]

    def _within(self, positions: Positions) -> Within:
        assert self.ann
        return self.ann.within(np.flatnonzero(self._passages_of(positions)), self.vectors)

    def _passages_of(self, positions: Positions) -> NDArray[np.bool_]:
        """Which passages are of these clauses, [passages]."""
        marks = np.zeros(len(self._table), dtype=bool)
        marks[positions] = True
        return marks[self.owners.clause]

    def _cosines(self, vector: NDArray[np.float32], positions: Positions) -> NDArray[np.float64]:
        """The best cosine of each of these clauses, float64 [positions]; NaN for those not covered."""
        values = np.full(len(positions), np.nan)
        covered = self.covered[positions]
        starts, ends = self._starts[positions[covered]], self._starts[positions[covered] + 1]
        if len(starts):
            lengths = ends - starts
            firsts = np.cumsum(lengths) - lengths
            rows = np.repeat(starts - firsts, lengths) + np.arange(lengths.sum())
            values[covered] = np.maximum.reduceat(self._row_cosines(vector, rows), firsts)
        return values

    def _row_cosines(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Of some rows, [rows]; a few at a time, because room for many has to be had from the system anew each time."""
        parts = [np.vecdot(self.vectors[rows[at : at + _ROWS]], vector) for at in range(0, len(rows), _ROWS)]
        return np.concatenate(parts)

    def _all_cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        """The same of every clause, float64 [clauses]."""
        values = np.full(len(self._table), np.nan)
        if len(self.vectors):
            cosines = np.vecdot(self.vectors, vector)
            values[self.covered] = np.maximum.reduceat(cosines, self._starts[:-1][self.covered])
        return values

    def _zeros(self, positions: Positions) -> NDArray[np.float64]:
        return np.where(self.covered[positions], 0.0, np.nan)

    def _source(self, vector: NDArray[np.float32], position: int) -> Source:
        """The part and the field of the first of the passages that score best."""
        start, end = self._starts[position], self._starts[position + 1]
        passage = int(start + np.vecdot(self.vectors[start:end], vector).argmax())
        part = int(self.owners.part[passage])
        clause = self._table.clauses[position]
        return Source(clause.all_parts()[part].id if part >= 0 else None, FIELDS[self.owners.field[passage]])


def _fp16_index(vectors: Vectors) -> faiss.Index:
    scanned = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    scanned.add(vectors)
    return scanned
