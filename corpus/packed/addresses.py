"""The addresses of a packed corpus: documents by their names, clauses and parts by their ids.

Of so many texts a number without the name of its document says nothing, so there is no table of numbers over all of
them; behind the name of a document its own clauses are looked at.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from corpus.addresses.address import PrintedAddress
from corpus.addresses.book import AddressBook, Admits
from corpus.addresses.names import DocumentNames, names_of
from corpus.clause import Clause, Document, Part
from corpus.packed.documents import LazyMapping, PackedDocuments
from corpus.text.terms import Terms

HEAD = 4  # characters by which the lengths of names are looked up; no name is shorter
_MOST_NAMED = 8  # documents of one name that are looked at
_LONGEST_ID = 80
_KEPT = 64  # documents, or sets of them, whose own tables are kept


class NameTerms(Terms):
    """The names of packed documents, ready to be looked for."""

    def __init__(self, lengths: Mapping[str, Sequence[int]], holds: Callable[[str], object]) -> None:
        """`lengths` are those of the names that begin with these characters, longest first."""
        super().__init__(())
        self._lengths_of = lengths
        self._holds = holds

    def __contains__(self, term: str) -> bool:
        return bool(self._holds(term))

    def __len__(self) -> int:
        return sum(map(len, self._lengths_of.values()))

    def at(self, text: str, start: int, stands: Callable[[int, int], bool] | None = None) -> int:
        for length in self._lengths_of.get(text[start : start + HEAD], ()):
            end = start + length
            if end <= len(text) and text[start:end] in self and (stands is None or stands(start, end)):
                return end
        return start


class PackedNames(DocumentNames):
    """The names of packed documents, looked up in a question by their whole words."""

    def __init__(self, packed: PackedDocuments) -> None:
        super().__init__(())
        self._packed = packed
        self._named = LazyMapping((), self._with_name)
        self._terms = NameTerms(packed.name_lengths, self._with_name)

    def _with_name(self, name: str) -> list[Document] | None:
        numbers = dict.fromkeys(self._packed.arrays.names.candidates(name)[:_MOST_NAMED])
        documents = (self._packed[number].document for number in numbers)
        return [one for one in documents if name in names_of(one)] or None


class PackedBook(AddressBook):
    """The addresses of documents and clauses that are packed."""

    def __init__(self, packed: PackedDocuments) -> None:
        super().__init__((), ())
        self.names = PackedNames(packed)
        self._packed = packed
        self._of = lru_cache(_KEPT)(self._book_of)
        self._clauses = LazyMapping((), self._clause)
        self._by_document = LazyMapping((), self._of_document)
        self._ids = LazyMapping((), lambda id_: None if packed.number_of(id_) is None else [id_])
        self._id_lengths = range(_LONGEST_ID, 0, -1)

    def knows(self, address: PrintedAddress) -> bool:
        return not address.documents or self._of(address.documents).knows(address)

    def find(self, address: PrintedAddress, admits: Admits) -> list[tuple[Clause, Part | None]]:
        return self._of(address.documents).find(address, admits) if address.documents else []

    def _book_of(self, ids: tuple[str, ...]) -> AddressBook:
        """The addresses of these documents alone."""
        numbers = [number for id_ in ids if (number := self._packed.number_of(id_)) is not None]
        held = [self._packed[number] for number in numbers]
        return AddressBook([one.document for one in held], [clause for one in held for clause in one.clauses])

    def _clause(self, id_: str) -> Clause | None:
        position = self._packed.position_of(id_)
        return None if position is None else self._packed.clause(position)

    def _of_document(self, id_: str) -> list[Clause] | None:
        number = self._packed.number_of(id_)
        return None if number is None else list(self._packed[number].clauses)


def name_lengths(names: Iterator[str]) -> dict[str, list[int]]:
    """The lengths of names by their first characters, longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        found.setdefault(name[:HEAD], set()).add(len(name))
    return {head: sorted(lengths, reverse=True) for head, lengths in found.items()}
