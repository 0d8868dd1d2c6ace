"""Which clause holds in the place of one whose document does not: of the text that has replaced it, or is yet to be."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.clause import Clause
from corpus.lifecycle.differences import counterparts
from corpus.lifecycle.version import version_held
from corpus.validity import SET_ASIDE, Standing

if TYPE_CHECKING:
    from corpus.corpus import Corpus

_KEPT = 64  # pairs of documents


class Successions:
    """The clauses of one corpus in the place of others. Two documents are compared when first asked for."""

    def __init__(self, corpus: "Corpus") -> None:
        self._corpus = corpus
        self._between = lru_cache(_KEPT)(self._compared)

    def document_in_place_of(self, document_id: str, as_of: date) -> str | None:
        """The document that holds as of a day where this one does not: what replaced it, or what it will replace."""
        validities = self._corpus.validities
        if validities.of(document_id, as_of).status is not Standing.NOT_YET:
            return validities.in_its_place(document_id, as_of)
        older = (old for old, newer in validities.successions.items() if newer == document_id)
        return next((one for one in older if validities.of(one, as_of).status not in SET_ASIDE), None)

    def clause_in_place_of(self, clause: Clause, as_of: date) -> Clause | None:
        """The clause of that document which this one has become, or will become; None where there is none."""
        holding = self.document_in_place_of(clause.document_id, as_of)
        return self._between(clause.document_id, holding).get(clause.id) if holding else None

    def _compared(self, document_id: str, other: str) -> Mapping[str, Clause]:
        return counterparts(version_held(self._corpus, document_id), version_held(self._corpus, other))
