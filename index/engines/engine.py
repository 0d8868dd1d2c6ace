"""An engine outside of the index's own files: where postings and vectors lie when one machine is outgrown.

The embedded engine is none of these: without an engine, an index is searched in memory.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.corpus import Corpus
from index.clause_table import ClauseTable
from index.engines.statistics import Statistics
from index.layer import Layer
from index.query import QueryReader

Placed = Mapping[str, Any]  # what the manifest of a generation says of what the engine holds, as JSON can
Progress = Callable[[int, int], object]  # rows written, rows in all


class OpenedEngine(Protocol):
    """What an engine holds of one index."""

    def layer(self, name: str, statistics: Statistics, table: ClauseTable, reader: QueryReader) -> Layer:
        """A layer over it. Its legs raise EngineError when the engine does not answer."""


class Engine(Protocol):
    """Holds postings and vectors of indexes. Every method raises EngineError when it does not answer."""

    name: str

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
        """Write the postings and vectors of an embedded index to a new place, whose name `note` is told before.

        `recorded` says which clauses have a plain-language record, [clauses]. What a failure leaves is removed where
        that can be done; the note is there for what cannot.
        """

    def statistics(self, layer: Layer) -> Statistics:
        """What of a layer does not go there."""

    def open(self, placed: Placed, corpus: Corpus) -> OpenedEngine:
        """What was placed. Raises IndexMismatchError where it is gone or is not whole."""

    def show(self, placed: Placed) -> None:
        """Let the one public name, for who looks into the engine from outside, mean what was placed."""

    def drop(self, name: str) -> None:
        """Remove what was placed under a name, if it is there."""
