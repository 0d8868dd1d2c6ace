"""A scope as engines want it: which positions are inside, as marks and as stretches; worked out once a scope."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from index.clause_table import Positions

_SCOPES = 16  # that are remembered; a scope over a million clauses takes a megabyte


@dataclass(frozen=True, eq=False)
class Inside:
    """Positions inside a scope among `size` clauses. Immutable, so safe from several threads."""

    positions: Positions  # ascending
    size: int

    @cached_property
    def marks(self) -> NDArray[np.bool_]:
        """Which clauses are inside, [size]."""
        marks = np.zeros(self.size, dtype=bool)
        marks[self.positions] = True
        return marks

    @cached_property
    def stretches(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """First position of each stretch of neighbours, and the one behind its last, ascending."""
        gaps = np.flatnonzero(np.diff(self.positions) != 1)
        bounds = self.positions.astype(np.int32)
        firsts, lasts = np.concatenate([[0], gaps + 1]), np.concatenate([gaps, [len(bounds) - 1]])
        return bounds[firsts], bounds[lasts] + np.int32(1)

    @property
    def number_of_stretches(self) -> int:
        """How many stretches there are."""
        return len(self.stretches[0])


Made = TypeVar("Made")


class _Once(Generic[Made]):
    """What is made when it is first asked for; whoever asks meanwhile waits."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._made: list[Made] = []
        self._lock = Lock()

    def get(self) -> Made:
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]


class ScopeMemory(Generic[Made]):
    """Remembers what was made of the scopes met lately, by the array that a `ClauseTable` hands out for each.

    That is always the same one for the same scope. Safe from several threads: nobody waits for another scope.
    """

    def __init__(self, make: Callable[[Positions, int], Made]) -> None:
        """`make` is given the positions inside, at least one, and the number of all clauses."""
        self._make = make
        self._kept: LRUCache[tuple[int, int], tuple[Positions, _Once[Made]]] = LRUCache(_SCOPES)
        self._lock = Lock()

    def of(self, positions: Positions, size: int) -> Made:
        """What is made of these positions among `size` clauses."""
        key = id(positions), size
        with self._lock:
            if key not in self._kept:  # an array that is held keeps its id
                self._kept[key] = positions, _Once(lambda: self._make(positions, size))
            _, found = self._kept[key]
        return found.get()


scopes = ScopeMemory(Inside)
