"""How what the library holds stands to what questions are answered from."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.reading import ReadDocument


class Standing(StrEnum):
    """How a document of the library stands."""

    IN_SERVICE = "in_service"
    CHANGED = "changed"  # text, facts, clauses or records are others than in service
    WAITING = "waiting"  # not in service yet


class InService:
    """What is in service, by documents."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._clauses: dict[str, list[Clause]] = defaultdict(list)
        for clause in corpus.browsable.clauses:
            self._clauses[clause.document_id].append(clause)

    def standing(self, read: ReadDocument) -> Standing:
        """How a document of the library stands."""
        served = self._corpus.documents_by_id.get(read.document.id)
        if served is None:
            return Standing.WAITING
        is_same = (
            served == read.document
            and tuple(self._clauses[served.id]) == read.clauses
            and self._records(served.id) == dict(read.records)
        )
        return Standing.IN_SERVICE if is_same else Standing.CHANGED

    def others(self, held: Iterable[str]) -> list[Document]:
        """The documents in service that are none of these."""
        ids = set(held)
        return [one for one in self._corpus.browsable.documents if one.id not in ids]

    def _records(self, document_id: str) -> dict[str, object]:
        clauses = self._clauses[document_id]
        return {record.id: record for clause in clauses for record in self._corpus.records(clause)}
