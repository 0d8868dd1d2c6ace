"""Packed documents and their clauses as sequences, each made when it is looked at."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar, overload

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from corpus.clause import Clause, Document
from corpus.packed.names import HashedNames
from corpus.packed.packing import unpack_document
from corpus.packed.records import Records
from corpus.parsed import ParsedDocument

_KEPT = 64_000_000  # bytes of memory that unpacked documents may take
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PackedArrays:
    """What a packed corpus is made of; every array may be mapped."""

    documents: Records
    firsts: NDArray[np.int64]  # [documents + 1] the first clause of each
    document_names: HashedNames  # by id
    clause_names: HashedNames  # by id
    names: HashedNames  # documents by what they are called, see `addresses.names.names_of`
    id_ranks: NDArray[np.int32]  # [clauses] where each stands in the order of ids
    jurisdiction: NDArray[np.int32]  # [clauses] rows of `jurisdictions`
    jurisdictions: tuple[tuple[str, ...], ...]


class PackedDocuments:
    """Documents unpacked one by one; those looked at lately stay. Safe from several threads."""

    def __init__(self, arrays: PackedArrays, name_lengths: Mapping[str, Sequence[int]]) -> None:
        """`name_lengths`: the lengths of all names by their first characters, longest first."""
        self.arrays = arrays
        self.name_lengths = name_lengths
        self._kept: LRUCache[int, ParsedDocument] = LRUCache(_KEPT, getsizeof=_size)
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self.arrays.documents)

    def __getitem__(self, number: int) -> ParsedDocument:
        with self._lock:
            found = self._kept.get(number)
        if found is None:
            found = unpack_document(self.arrays.documents[number])
            with self._lock:
                if _size(found) <= _KEPT:
                    self._kept[number] = found
        return found

    @property
    def clauses(self) -> int:
        """How many clauses there are."""
        return int(self.arrays.firsts[-1])

    def clause(self, position: int) -> Clause:
        """The clause at a position among all."""
        document = int(np.searchsorted(self.arrays.firsts, position, side="right")) - 1
        return self[document].clauses[position - int(self.arrays.firsts[document])]

    def number_of(self, document_id: str) -> int | None:
        """The number of the document of this id; None where there is none."""
        found = self.arrays.document_names.candidates(document_id)
        return next((n for n in found if self[n].document.id == document_id), None)

    def position_of(self, clause_id: str) -> int | None:
        """The position of the clause of this id; None where there is none."""
        found = self.arrays.clause_names.candidates(clause_id)
        return next((at for at in found if self.clause(at).id == clause_id), None)


class LazySequence(Sequence[T], Generic[T]):
    """So many things, each made when it is looked at."""

    def __init__(self, length: int, make: Callable[[int], T]) -> None:
        self._length = length
        self._make = make

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, which: int) -> T: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[T, ...]: ...
    def __getitem__(self, which: int | slice) -> T | tuple[T, ...]:
        numbers = range(self._length)[which]
        return self._make(numbers) if isinstance(numbers, int) else tuple(map(self._make, numbers))

    def __iter__(self) -> Iterator[T]:
        return map(self._make, range(self._length))


class LazyMapping(Mapping[str, T], Generic[T]):
    """What names stand for, looked up one by one; names that stand for nothing are none."""

    def __init__(self, names: Sequence[str], find: Callable[[str], T | None]) -> None:
        self._names = names
        self._find = find

    def __getitem__(self, name: str) -> T:
        found = self._find(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def documents_in(packed: PackedDocuments) -> Sequence[Document]:
    """The documents, in order."""
    return LazySequence(len(packed), lambda number: packed[number].document)


def clauses_in(packed: PackedDocuments) -> Sequence[Clause]:
    """The clauses of all documents, in order."""
    return LazySequence(packed.clauses, packed.clause)


def _size(parsed: ParsedDocument) -> int:
    """About how many bytes a document takes in memory."""
    return 600 * (1 + len(parsed.clauses)) + 6 * len(parsed.document.text)
