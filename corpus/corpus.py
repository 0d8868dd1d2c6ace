"""The corpus: the documents and clauses everything else works on, found by their ids."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from corpus.addresses.book import AddressBook
from corpus.clause import Clause, Document, Part
from corpus.errors import NotFoundError
from corpus.lifecycle.successions import Successions
from corpus.parser.node import Diagnostic
from corpus.places.gazetteer import NATIONAL
from corpus.records.record import PlainRecord
from corpus.validity import Validities, is_draft


@dataclass(frozen=True)
class Corpus:
    """Documents and their clauses, in document order, with the warnings their reading gave."""

    documents: Sequence[Document]
    clauses: Sequence[Clause]
    diagnostics: tuple[Diagnostic, ...] = ()
    plain: Mapping[str, PlainRecord] = field(default_factory=dict)  # plain-language records by clause or part id

    @property
    def browsable(self) -> "Corpus":
        """What lists and pages that walk through all documents show: this, or nothing where there are too many."""
        return self

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Every place that some clause is about, in order of the clauses; the whole country is none."""
        named = dict.fromkeys(place for clause in self.clauses for place in clause.jurisdiction)
        return tuple(place for place in named if place != NATIONAL)

    @cached_property
    def is_national(self) -> bool:
        """Whether some clause applies in the whole country."""
        return any(NATIONAL in clause.jurisdiction for clause in self.clauses)

    @cached_property
    def has_unplaced(self) -> bool:
        """Whether it is unknown of some clause where it applies."""
        return not all(clause.jurisdiction for clause in self.clauses)

    @cached_property
    def clauses_with_records(self) -> tuple[Clause, ...]:
        """The clauses that have a plain-language record, or a part of which has one."""
        return tuple(filter(self.records, self.clauses))

    @cached_property
    def has_not_asked(self) -> bool:
        """Whether some record says what is not asked of its clause."""
        return any(record.not_ask for record in self.plain.values())

    @cached_property
    def address_book(self) -> AddressBook:
        """The address of every clause and part, and the names of the documents; built when first asked for."""
        return AddressBook(self.documents, self.clauses)

    @cached_property
    def drafts(self) -> frozenset[str]:
        """The ids of the documents that only ask for comments."""
        return frozenset(document.id for document in self.documents if is_draft(document))

    @cached_property
    def validities(self) -> Validities:
        """Which documents are in force on a day; built when first asked for."""
        return Validities(self.documents)

    @cached_property
    def successions(self) -> Successions:
        """Which clauses hold in the place of others; built when first asked for."""
        return Successions(self)

    @cached_property
    def documents_by_id(self) -> Mapping[str, Document]:
        """The documents by their ids."""
        return {document.id: document for document in self.documents}

    @cached_property
    def _clause_by_id(self) -> dict[str, Clause]:
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def _position(self) -> dict[str, int]:
        return {clause.id: position for position, clause in enumerate(self.clauses)}

    @cached_property
    def _part_by_id(self) -> dict[str, tuple[Clause, Part]]:
        return {part.id: (clause, part) for clause in self.clauses for part in clause.all_parts()}

    @cached_property
    def _of_document(self) -> dict[str, tuple[Clause, ...]]:
        found: dict[str, tuple[Clause, ...]] = {}
        for id_, clauses in groupby(self.clauses, key=lambda clause: clause.document_id):
            found[id_] = (*found.get(id_, ()), *clauses)
        return found

    def clauses_of(self, document_id: str) -> tuple[Clause, ...]:
        """The clauses of a document, in its order; none for an id that nothing has."""
        return self._of_document.get(document_id, ())

    def documents_of(self, ids: Collection[str]) -> tuple[Document, ...]:
        """The documents of these ids, in order of the corpus; an id that nothing has is passed over."""
        return tuple(document for document in self.documents if document.id in ids)

    def position_of(self, clause_id: str) -> int | None:
        """Where the clause of this id stands among all; None for an id that nothing has."""
        return self._position.get(clause_id)

    def document(self, document_id: str) -> Document:
        """The document of this id. Raises NotFoundError."""
        try:
            return self.documents_by_id[document_id]
        except KeyError:
            message = f"没有文件 {document_id}，编号见文件列表。No document {document_id}; see the list of documents."
            raise NotFoundError(message, "document") from None

    def clause(self, clause_id: str) -> Clause:
        """The clause of this id. Raises NotFoundError."""
        if (found := self.clause_by_id(clause_id)) is None:
            message = f"没有条款或要点 {clause_id}，编号见所在文件。No clause or part {clause_id}; see its document."
            raise NotFoundError(message, "clause")
        return found

    def records(self, clause: Clause) -> tuple[PlainRecord, ...]:
        """The plain-language records of a clause and its parts."""
        keys = (clause.id, *(part.id for part in clause.all_parts()))
        return tuple(self.plain[key] for key in keys if key in self.plain)

    def find(self, id_: str) -> tuple[Clause, Part | None]:
        """The clause of this id, or the part of this id with its clause. Raises NotFoundError."""
        return self.part_by_id(id_) or (self.clause(id_), None)

    def clause_by_id(self, id_: str) -> Clause | None:
        """The clause of this id; None for a part's or one that nothing has."""
        return self._clause_by_id.get(id_)

    def part_by_id(self, id_: str) -> tuple[Clause, Part] | None:
        """The part of this id with its clause; None for a clause's or one that nothing has."""
        return self._part_by_id.get(id_)

    def clause_of(self, id_: str) -> Clause | None:
        """The clause of this id, or the one that holds the part of this id; None for an id that nothing has."""
        found = self.part_by_id(id_)
        return found[0] if found else self.clause_by_id(id_)

    def neighbour(self, clause: Clause, step: int) -> Clause | None:
        """The clause so many clauses further on in its document, backwards where `step` is negative; None beyond it."""
        here = self.position_of(clause.id)
        position = -1 if here is None else here + step
        other = self.clauses[position] if 0 <= position < len(self.clauses) else None
        return other if other and other.document_id == clause.document_id else None
