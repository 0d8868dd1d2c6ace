"""A corpus of packed documents: found by their ids and names, looked at one by one, walked through by nobody."""

from collections.abc import Collection, Mapping
from functools import cached_property

from corpus.addresses.book import AddressBook
from corpus.clause import Clause, Document, Part
from corpus.corpus import Corpus
from corpus.packed.addresses import PackedBook
from corpus.packed.documents import LazyMapping, LazySequence, PackedDocuments, clauses_in, documents_in
from corpus.places.gazetteer import NATIONAL
from corpus.validity import Validities


class PackedCorpus(Corpus):
    """Documents and their clauses, each unpacked when it is looked at. Safe from several threads."""

    def __init__(self, packed: PackedDocuments) -> None:
        super().__init__((), ())
        object.__setattr__(self, "documents", documents_in(packed))
        object.__setattr__(self, "clauses", clauses_in(packed))
        object.__setattr__(self, "packed", packed)

    packed: PackedDocuments

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__

    @property
    def browsable(self) -> Corpus:
        return Corpus((), ())

    @cached_property
    def places(self) -> tuple[str, ...]:
        named = dict.fromkeys(place for places in self.packed.arrays.jurisdictions for place in places)
        return tuple(place for place in named if place != NATIONAL)

    @cached_property
    def is_national(self) -> bool:
        return any(NATIONAL in places for places in self.packed.arrays.jurisdictions)

    @cached_property
    def has_unplaced(self) -> bool:
        return () in self.packed.arrays.jurisdictions

    @cached_property
    def clauses_with_records(self) -> tuple[Clause, ...]:
        return ()

    @cached_property
    def address_book(self) -> AddressBook:
        return PackedBook(self.packed)

    @cached_property
    def drafts(self) -> frozenset[str]:
        return frozenset()

    @cached_property
    def validities(self) -> Validities:
        return Validities((), self.documents_by_id)

    @cached_property
    def documents_by_id(self) -> Mapping[str, Document]:
        return LazyMapping(LazySequence(len(self.documents), self._id), self._document)

    def clauses_of(self, document_id: str) -> tuple[Clause, ...]:
        number = self.packed.number_of(document_id)
        return () if number is None else self.packed[number].clauses

    def documents_of(self, ids: Collection[str]) -> tuple[Document, ...]:
        numbers = sorted(number for id_ in ids if (number := self.packed.number_of(id_)) is not None)
        return tuple(self.packed[number].document for number in numbers)

    def position_of(self, clause_id: str) -> int | None:
        return self.packed.position_of(clause_id)

    def clause_by_id(self, id_: str) -> Clause | None:
        position = self.packed.position_of(id_)
        return None if position is None else self.packed.clause(position)

    def part_by_id(self, id_: str) -> tuple[Clause, Part] | None:
        above = id_
        while "." in above:
            above = above.rpartition(".")[0]
            if clause := self.clause_by_id(above):
                part = next((part for part in clause.all_parts() if part.id == id_), None)
                if part:
                    return clause, part
        return None

    def _id(self, number: int) -> str:
        return self.packed[number].document.id

    def _document(self, id_: str) -> Document | None:
        number = self.packed.number_of(id_)
        return None if number is None else self.packed[number].document
