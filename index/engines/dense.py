"""The dense leg: exact inner product over unit vectors, so a score is a cosine in -1..1.

A clause is embedded whole and by its parts; it scores by its best, because a long case is about several things and
a question about one of them.

FAISS scans the vectors in half precision, which halves the memory that a query has to walk through; the candidates
are scored again in full precision, and the scan is deepened until rounding cannot have hidden a better one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from index.encoder.encoder import Encoder, unit_rows
from index.engines.selection import admitted_positions
from index.retriever import EVERYTHING, Hit, Scope, ranked
from index.scorer import Scored, Scores, as_hits

NAME = "dense"
FIELDS = ("text", "part", "passage", "name", "plain", "title_en", "gist_en", "ask", "ask_en", "keywords")
PASSAGE = 250  # characters
_SENTENCE = re.compile(r"[^。；;!?！？\n]*[。；;!?！？\n]|[^。；;!?！？\n]+$")
CEILING = 1.0  # of a cosine
CONTEXT = 0.1  # of each neighbour's vector in a unit's; chosen on training questions that the encoder had not seen
# Half precision keeps 11 bits, so the cosine of two unit vectors is off by less than 2^-11 (Cauchy-Schwarz).
ROUNDING = 2.0**-11 + 1e-5


class Unit(NamedTuple):
    """A text to embed, of the clause at this position and, unless negative, of its part."""

    clause: int
    part: int
    field: str  # of FIELDS
    text: str


@dataclass(frozen=True, slots=True)
class Units:
    """What was embedded: unit u belongs to clause `clause[u]` and, unless negative, to its part `part[u]`."""

    clause: NDArray[np.int32]  # [units], ascending
    part: NDArray[np.int32]  # [units]
    field: NDArray[np.int8]  # [units], positions in FIELDS


def units(clauses: Sequence[Clause]) -> list[Unit]:
    """The texts of every clause: the whole, then each part under the clause's title.

    A long clause without parts is embedded by its passages as well: the mean of a whole page says little.
    """
    found: list[Unit] = []
    for c, clause in enumerate(clauses):
        whole = clause.text if clause.title in clause.text else f"{clause.title}\n{clause.text}"
        found.append(Unit(c, -1, "text", whole))
        found.extend(Unit(c, p, "part", f"{clause.title}\n{part.text}") for p, part in enumerate(clause.all_parts()))
        if not clause.parts:
            found.extend(Unit(c, -1, "passage", passage) for passage in passages(clause.text))
    return found


def passages(text: str) -> list[str]:
    """Consecutive stretches of whole sentences, about `PASSAGE` characters each; none for a text of that length."""
    if len(text) <= 2 * PASSAGE:
        return []
    found = [""]
    for sentence in _SENTENCE.findall(text):
        if found[-1] and len(found[-1]) + len(sentence) > PASSAGE:
            found.append("")
        found[-1] += sentence
    return found


def build_dense(clauses: Sequence[Clause], encoder: Encoder) -> "DenseRetriever":
    """Embed what the clauses say, each in its context; memory is units × dimension × 6 bytes."""
    found = units(clauses)
    owners = _owners(found)
    vectors = in_context(encoder.encode_documents([unit.text for unit in found]), owners, clauses)
    return _scanned(clauses, owners, vectors, encoder)


def embed(clauses: Sequence[Clause], found: Sequence[Unit], encoder: Encoder, name: str) -> "DenseRetriever":
    """Embed other texts of the clauses, at least one each, in order of the clauses."""
    return _scanned(clauses, _owners(found), encoder.encode_documents([unit.text for unit in found]), encoder, name)


def _owners(found: Sequence[Unit]) -> Units:
    return Units(
        np.array([unit.clause for unit in found], np.int32),
        np.array([unit.part for unit in found], np.int32),
        np.array([FIELDS.index(unit.field) for unit in found], np.int8),
    )


def _scanned(
    clauses: Sequence[Clause], owners: Units, vectors: NDArray[np.float32], encoder: Encoder, name: str = NAME
) -> "DenseRetriever":
    coarse = faiss.IndexScalarQuantizer(encoder.dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    if len(vectors):
        coarse.add(vectors)
    return DenseRetriever(clauses, owners, vectors, coarse, encoder, name=name)


def in_context(vectors: NDArray[np.float32], owners: Units, clauses: Sequence[Clause]) -> NDArray[np.float32]:
    """The units' vectors, leaning a little towards the clauses before and after theirs under the same heading.

    An article of a law takes for granted what its neighbours are about.
    """
    whole = vectors[np.searchsorted(owners.clause, np.arange(len(clauses)))]
    beside = np.zeros_like(whole)
    for c, (one, other) in enumerate(pairwise(clauses)):
        if one.path and one.path == other.path:
            beside[c] += whole[c + 1]
            beside[c + 1] += whole[c]
    return unit_rows(vectors + CONTEXT * beside[owners.clause])


class DenseRetriever:
    """Ranks clauses by the best cosine of their units. Satisfies `Retriever` and `Leg`.

    `vectors` is float32 [units, dimension] and may be memory-mapped; `coarse` holds the same in half precision.
    """

    def __init__(
        self,
        clauses: Sequence[Clause],
        units: Units,
        vectors: NDArray[np.float32],
        coarse: faiss.Index,
        encoder: Encoder,
        *,
        name: str = NAME,
    ) -> None:
        self.name = name
        self._clauses = clauses
        self._positions = {clause.id: position for position, clause in enumerate(clauses)}
        self._encoder = encoder
        self.units = units
        self.vectors = np.asarray(vectors)  # of a memory map, the same memory without the map's cost at every slice
        self.coarse = coarse

    def search(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        return as_hits(self.name, self.score(query, limit=limit, scope=scope))

    def score(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> Scores:
        asked = limit > 0 and len(self.vectors) and any(map(str.isalnum, query))
        vector = self._encoder.encode_queries([query]) if asked else np.zeros((1, 1), np.float32)
        if not vector.any():
            return Scores([], CEILING, lambda clauses: [Scored(0.0, c) for c in clauses if c.id in self._positions])
        best = self._scored(self._best_units(vector, limit, scope))
        return Scores(ranked(best, limit), CEILING, lambda clauses: self._scored(self._units_of(vector[0], clauses)))

    def _scored(self, best: dict[int, tuple[float, int]]) -> list[Scored]:
        return [
            Scored(score, self._clauses[c], self._part_id(c, unit), FIELDS[self.units.field[unit]])
            for c, (score, unit) in best.items()
        ]

    def _units_of(self, vector: NDArray[np.float32], clauses: Sequence[Clause]) -> dict[int, tuple[float, int]]:
        """Clause position → (best cosine, its unit) of the given clauses."""
        positions = np.array(sorted(self._positions[c.id] for c in clauses if c.id in self._positions), np.int32)
        starts = np.searchsorted(self.units.clause, positions)
        ends = np.searchsorted(self.units.clause, positions, side="right")
        spans = [np.arange(start, end) for start, end in zip(starts, ends, strict=True)]
        return self._rescored(vector, np.concatenate(spans)) if spans else {}

    def _best_units(self, vector: NDArray[np.float32], limit: int, scope: Scope) -> dict[int, tuple[float, int]]:
        """Clause position → (best cosine, its unit), complete for the `limit` best clauses and ties with the last."""
        selector, size = None, len(self.vectors)
        inside = np.arange(size)
        if scope != EVERYTHING:
            inside = np.flatnonzero(admitted_positions(self._clauses, scope)[self.units.clause])
            selector, size = faiss.IDSelectorBatch(inside), len(inside)
        parameters = faiss.SearchParameters(sel=selector) if selector else None  # type: ignore[call-arg]
        faiss.omp_set_num_threads(1)  # of this thread: for one vector, waking others costs more than they bring
        depth = size if limit >= len(self._clauses) else min(2 * limit, size)
        while depth:
            if depth == size:
                return self._rescored(vector[0], inside)
            rough, found = self.coarse.search(vector, depth, params=parameters)
            best = self._rescored(vector[0], found[0])
            # Whatever was not listed scores at most this.
            bound = float(rough[0, -1]) + ROUNDING
            if sum(score > bound for score, _ in best.values()) >= limit:
                return best
            depth = min(2 * depth, size)
        return {}

    def _rescored(self, vector: NDArray[np.float32], found: NDArray[np.int64]) -> dict[int, tuple[float, int]]:
        """Clause position → (best cosine, its first unit) over the found units."""
        rows = self.vectors if len(found) == len(self.vectors) else self.vectors[found]
        # Row by row: a matrix product may round a row differently according to how many rows there are.
        scores = np.einsum("ij,j->i", rows, vector)
        owners = self.units.clause[found]
        order = np.lexsort((found, -scores, owners))
        first = order[np.flatnonzero(np.diff(owners[order], prepend=-1))]
        return dict(
            zip(owners[first].tolist(), zip(scores[first].tolist(), found[first].tolist(), strict=True), strict=True)
        )

    def by_part(self, query: str, clause: Clause) -> dict[int, float]:
        """Best cosine of each part of a clause by its position, -1 for the clause itself; empty if not covered."""
        position = self._positions.get(clause.id)
        if position is None:
            return {}
        span = slice(*np.searchsorted(self.units.clause, [position, position + 1]))
        cosines = np.einsum("ij,j->i", self.vectors[span], self._encoder.encode_queries([query])[0])
        best: dict[int, float] = {}
        for part, cosine in zip(self.units.part[span].tolist(), cosines.tolist(), strict=True):
            best[part] = max(best.get(part, -1.0), cosine)
        return best

    def _part_id(self, clause: int, unit: int) -> str | None:
        part = int(self.units.part[unit])
        return self._clauses[clause].all_parts()[part].id if part >= 0 else None
