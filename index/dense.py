"""The dense leg: exact inner product over unit vectors (FAISS), so a score is a cosine in -1..1.

A clause is embedded whole and by its parts; it scores by its best, because a long case is about
several things and a question about one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from index.encoder import Encoder
from index.retriever import EVERYTHING, Hit, LegScore, Scope, ranked
from index.selection import admitted_positions

NAME = "dense"


@dataclass(frozen=True, slots=True)
class Units:
    """What was embedded: unit u belongs to clause `clause[u]` and, unless negative, to its part `part[u]`."""

    clause: NDArray[np.int32]  # [units], ascending
    part: NDArray[np.int32]  # [units]


def units(clauses: Sequence[Clause]) -> tuple[Units, list[str]]:
    """The embedded texts of every clause: the whole, then each part under the clause's title."""
    owners: list[int] = []
    parts: list[int] = []
    texts: list[str] = []
    for c, clause in enumerate(clauses):
        for p, text in enumerate([clause.text, *(f"{clause.title}\n{part.text}" for part in clause.parts)], -1):
            owners.append(c)
            parts.append(p)
            texts.append(text)
    return Units(np.array(owners, np.int32), np.array(parts, np.int32)), texts


def build_dense(clauses: Sequence[Clause], encoder: Encoder) -> "DenseRetriever":
    """Embed every unit of the clauses; memory is units × dimension × 4 bytes."""
    owners, texts = units(clauses)
    vectors = faiss.IndexFlatIP(encoder.dimension)
    if texts:
        vectors.add(encoder.encode_documents(texts))
    return DenseRetriever(clauses, owners, vectors, encoder)


class DenseRetriever:
    """Ranks clauses by the best cosine of their units. Satisfies `Retriever`."""

    def __init__(self, clauses: Sequence[Clause], units: Units, vectors: faiss.Index, encoder: Encoder) -> None:
        self._clauses = clauses
        self._encoder = encoder
        self.units = units
        self.vectors = vectors

    def search(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        if limit < 1 or not self.vectors.ntotal or not any(map(str.isalnum, query)):
            return []
        vector = self._encoder.encode_queries([query])
        if not vector.any():
            return []
        best = self._best_units(vector, limit, scope)
        hits = ranked(Hit(self._clauses[c], score) for c, (score, _) in best.items())[:limit]
        part_of = {self._clauses[c].id: self._part_id(c, unit) for c, (_, unit) in best.items()}
        return [
            Hit(hit.clause, hit.score, {NAME: LegScore(rank, hit.score, part_of[hit.clause.id])})
            for rank, hit in enumerate(hits, 1)
        ]

    def ceiling(self, query: str) -> float:  # noqa: ARG002  (a cosine's ceiling is the same for every query)
        return 1.0

    def _best_units(self, vector: NDArray[np.float32], limit: int, scope: Scope) -> dict[int, tuple[float, int]]:
        """Clause position → (best cosine, its unit), complete for the `limit` best clauses and ties with the last."""
        selector, size = None, self.vectors.ntotal
        if scope is not EVERYTHING:
            inside = np.flatnonzero(admitted_positions(self._clauses, scope)[self.units.clause])
            selector, size = faiss.IDSelectorBatch(inside), len(inside)
        depth = limit + 1
        while True:
            depth = min(depth, size)
            if not depth:
                return {}
            parameters = faiss.SearchParameters(sel=selector) if selector else None  # type: ignore[call-arg]
            scores, found = self.vectors.search(vector, depth, params=parameters)
            best: dict[int, tuple[float, int]] = {}
            for score, unit in zip(scores[0].tolist(), found[0].tolist(), strict=True):
                best.setdefault(int(self.units.clause[unit]), (score, unit))
            lowest = scores[0, -1]
            if depth == size or sum(score > lowest for score, _ in best.values()) >= limit:
                return best
            depth *= 2

    def _part_id(self, clause: int, unit: int) -> str | None:
        part = int(self.units.part[unit])
        return self._clauses[clause].parts[part].id if part >= 0 else None
