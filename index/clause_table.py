"""The clauses of an index by position, and by what a scope can name: arrays made once, when an index is opened."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.packed.corpus import PackedCorpus
from corpus.packed.documents import LazyMapping, PackedDocuments
from corpus.places.gazetteer import NATIONAL
from index.retriever import UNPLACED, Scope, places_of

Positions = NDArray[np.intp]
_SCOPES = 16  # whose positions are kept: each leg asks for the same one


class Inverted(Protocol):
    """Name → positions."""

    def holding(self, names: Iterable[str], size: int) -> NDArray[np.bool_]:
        """Which positions bear one of these names, bool [size]."""


class ClauseTable:
    """Every clause of a corpus with its position. Immutable; shared by all engines of an index."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = clauses
        self.positions: Mapping[str, int] = {clause.id: position for position, clause in enumerate(clauses)}
        self._id_ranks: NDArray[np.integer] = np.empty(len(clauses), np.intp)  # where each stands in the order of ids
        self._id_ranks[sorted(range(len(clauses)), key=lambda position: clauses[position].id)] = np.arange(len(clauses))
        self._documents: Inverted = _Inverted((clause.document_id,) for clause in clauses)
        self._places: Inverted = _Inverted(map(places_of, clauses))
        # [clauses] 1 for those that apply in some places and not in others, as far as is known
        self.local = np.array([_is_local(clause.jurisdiction) for clause in clauses], float)
        self._inside = lru_cache(_SCOPES)(self._positions_inside)

    @classmethod
    def packed(cls, corpus: PackedCorpus) -> "ClauseTable":
        """The table of packed clauses, of which none is looked at."""
        table, packed = cls(()), corpus.packed
        table.clauses = corpus.clauses
        table.positions = LazyMapping((), packed.position_of)
        table._id_ranks = packed.arrays.id_ranks
        table._documents = _PackedDocuments(packed)
        table._places = _PackedPlaces(packed)
        rows = np.array([_is_local(places) for places in packed.arrays.jurisdictions], float)
        table.local = rows[packed.arrays.jurisdiction]
        return table

    def __len__(self) -> int:
        return len(self.clauses)

    def inside(self, scope: Scope) -> Positions | None:
        """Positions of the clauses inside a scope, ascending; None for a scope that leaves nothing out."""
        return None if scope.admits_everything else self._inside(scope.documents, scope.jurisdictions)

    def best_first(self, positions: Positions, scores: NDArray[Any], limit: int) -> NDArray[np.intp]:
        """Which of these clauses are the `limit` best, in the one total order: score descending, then id ascending.

        `positions` and `scores` are of one length; the result indexes both.
        """
        if 0 < limit < len(scores):
            last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            chosen = np.flatnonzero(scores >= last)
        else:
            chosen = np.arange(len(scores))
        order = np.lexsort((self._id_ranks[positions[chosen]], -scores[chosen]))
        return chosen[order[: max(limit, 0)]]

    def _positions_inside(self, documents: frozenset[str] | None, jurisdictions: frozenset[str] | None) -> Positions:
        admitted = np.ones(len(self.clauses), dtype=bool)
        for inverted, names in ((self._documents, documents), (self._places, jurisdictions)):
            if names is not None:
                admitted &= inverted.holding(names, len(self.clauses))
        positions = np.flatnonzero(admitted)
        positions.flags.writeable = False  # it is handed out again
        return positions


def different(positions: NDArray[np.integer]) -> Positions:
    """Each once, ascending; `np.unique` would hash them, which takes longer."""
    ordered = np.sort(positions).astype(np.intp)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]


def table_of(corpus: Corpus) -> ClauseTable:
    """The table of a corpus, packed or in memory."""
    return ClauseTable.packed(corpus) if isinstance(corpus, PackedCorpus) else ClauseTable(corpus.clauses)


def _is_local(places: Sequence[str]) -> bool:
    return bool(places) and NATIONAL not in places


class _Inverted:
    """Name → positions, in compressed rows: many documents of one clause each take no array each."""

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        self._rows: dict[str, int] = {}
        number = self._rows.setdefault
        pairs = [(number(name, len(self._rows)), at) for at, row in enumerate(names) for name in set(row)]
        rows, positions = np.array(pairs, np.intp).reshape(-1, 2).T
        self._positions = positions[np.argsort(rows, kind="stable")]
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(self._rows)))])

    def holding(self, names: Iterable[str], size: int) -> NDArray[np.bool_]:
        """Which positions bear one of these names, bool [size]."""
        found = np.zeros(size, dtype=bool)
        for row in (self._rows[name] for name in names if name in self._rows):
            found[self._positions[self._starts[row] : self._starts[row + 1]]] = True
        return found


class _PackedDocuments:
    """The clauses of packed documents, which stand together."""

    def __init__(self, packed: PackedDocuments) -> None:
        self._packed = packed

    def holding(self, names: Iterable[str], size: int) -> NDArray[np.bool_]:
        found = np.zeros(size, dtype=bool)
        for name in names:
            if (number := self._packed.number_of(name)) is not None:
                first, end = self._packed.arrays.firsts[number : number + 2]
                found[first:end] = True
        return found


class _PackedPlaces:
    """The places of packed clauses: few different ones, each clause with the number of its own."""

    def __init__(self, packed: PackedDocuments) -> None:
        self._packed = packed

    def holding(self, names: Iterable[str], size: int) -> NDArray[np.bool_]:
        wanted, arrays = frozenset(names), self._packed.arrays
        rows = np.array([not wanted.isdisjoint(places or (UNPLACED,)) for places in arrays.jurisdictions], bool)
        return rows[arrays.jurisdiction] if len(rows) else np.zeros(size, dtype=bool)
