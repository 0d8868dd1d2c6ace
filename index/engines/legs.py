"""What a layer needs of its two legs, whichever engine they belong to."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.engines.bm25 import BM25Weights
from index.engines.passages import PassageOwners
from index.query import Query
from index.scorer import Leg


class LexicalLeg(Leg, Protocol):
    """The leg by words."""

    @property
    def weights(self) -> BM25Weights:
        """The statistics of its terms; of an engine that keeps postings elsewhere, without these."""

    def without_lexicon(self) -> "LexicalLeg":
        """The same, where a query is looked up under its own words alone."""

    def restricted(self, kept: NDArray[np.bool_]) -> "LexicalLeg":
        """The same over those of its clauses that are kept, bool [clauses]; idf stays that of all."""


class SemanticLeg(Leg, Protocol):
    """The leg by meaning."""

    @property
    def owners(self) -> PassageOwners:
        """Whose its passages are."""

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Which clauses have a passage, bool [clauses]."""

    def by_part(self, query: Query, position: int) -> dict[int, float]:
        """Best cosine of each part of a clause by its position, -1 for the clause itself; empty if not covered."""

    def restricted(self, kept: NDArray[np.bool_]) -> "SemanticLeg":
        """The same over those of its clauses that are kept, bool [clauses]."""
