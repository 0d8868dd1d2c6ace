"""What all chunks together decide, gathered in one pass: every term and word, every id and name, how much there is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.errors import DocumentError
from corpus.packed.addresses import HEAD
from corpus.packed.names import hashes_of
from index.streaming.chunk import Chunk


@dataclass
class Survey:
    """Sums over the chunks seen so far."""

    documents: int = 0
    clauses: int = 0
    packed: int = 0  # bytes of the packed documents
    passages: int = 0
    postings: int = 0
    tokens: int = 0  # of all texts, repetitions counted
    sentences: int = 0
    spoken: int = 0  # words of all sentences
    around: int = 0  # words of all headings
    terms: dict[str, int] = field(default_factory=dict)  # in the order in which they come
    words: set[str] = field(default_factory=set)
    jurisdictions: dict[tuple[str, ...], int] = field(default_factory=dict)
    lengths: dict[str, set[int]] = field(default_factory=dict)  # of names, by their first characters
    names: list[NDArray[np.uint64]] = field(default_factory=list)
    named: list[NDArray[np.int32]] = field(default_factory=list)
    document_ids: list[NDArray[np.uint64]] = field(default_factory=list)
    clause_ids: list[bytes] = field(default_factory=list)  # of each chunk, joined by zero bytes
    frequencies: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1 << 16, np.int64))  # by term

    def frequency(self) -> NDArray[np.int64]:
        """In how many clauses each term stands, [terms]."""
        return self.frequencies[: len(self.terms)]


def survey(chunks: Iterable[Chunk]) -> Survey:
    """What the chunks hold. Raises DocumentError where an id comes twice."""
    found = Survey()
    for chunk in chunks:
        _count(found, chunk)
        _list(found, chunk)
    _refuse_doubles(found)
    return found


def _count(found: Survey, chunk: Chunk) -> None:
    counts, words = chunk.text.counts, chunk.words
    numbers = np.fromiter((found.terms.setdefault(term, len(found.terms)) for term in counts.terms), np.int64)
    if len(found.terms) > len(found.frequencies):
        grown = np.zeros(2 * len(found.terms), np.int64)
        grown[: len(found.frequencies)] = found.frequencies
        found.frequencies = grown
    found.frequencies[numbers] += np.bincount(counts.ids, minlength=len(counts.terms))
    found.words.update(words.known)
    found.postings += len(counts.ids)
    found.tokens += int(counts.counts.sum())
    found.passages += len(chunk.text.passages.vectors)
    found.sentences += len(words.text.states)
    found.spoken += len(words.text.ids)
    found.around += len(words.context.ids)


def _list(found: Survey, chunk: Chunk) -> None:
    listing = chunk.listing
    for places in listing.jurisdictions:
        found.jurisdictions.setdefault(places, len(found.jurisdictions))
    for names in listing.names:
        for name in names:
            found.lengths.setdefault(name[:HEAD], set()).add(len(name))
    found.names.append(hashes_of(name for names in listing.names for name in names))
    owners = np.repeat(np.arange(len(listing.names)), [len(names) for names in listing.names])
    found.named.append((owners + found.documents).astype(np.int32))
    found.document_ids.append(hashes_of(listing.document_ids))
    found.clause_ids.append("\0".join(listing.clause_ids).encode("utf-8", "surrogatepass"))
    found.documents += len(listing.document_ids)
    found.clauses += len(listing.jurisdiction)
    found.packed += len(listing.data)


def clause_ids(found: Survey) -> list[bytes]:
    """The ids of all clauses, in their order; ids as bytes are in the order of ids as texts."""
    return [id_ for joined in found.clause_ids if joined for id_ in joined.split(b"\0")]


def _refuse_doubles(found: Survey) -> None:
    """Two documents of one id. Two ids of one hash, once in a hundred million million pairs, are told apart below."""
    hashes = np.sort(np.concatenate(found.document_ids)) if found.document_ids else np.zeros(0, np.uint64)
    if not (hashes[1:] == hashes[:-1]).any():
        return
    seen: set[bytes] = set()
    for id_ in clause_ids(found):
        document = id_.partition(b":")[0]
        if id_ in seen:
            name = document.decode("utf-8", "surrogatepass")
            raise DocumentError(
                f"{name}:1: 编号 {name!r} 出现两次，请让每行各有编号。id {name!r} comes twice; give each row its own"
            )
        seen.add(id_)
