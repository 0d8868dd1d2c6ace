"""A segment: everything of some documents that an index is made of and that no other document changes.

What depends on all of them is worked out when segments are merged (`index.index`): idf, which words are rare, the mean
of the second encoder's vectors, the neighbours of a clause.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, groupby
from typing import TypeVar

from corpus.corpus import Corpus
from corpus.segment_store import SegmentStore
from index.alignment import Words, joined_words, read_words
from index.clause_table import ClauseTable
from index.encoder.encoder import Encoder
from index.engines.dense import PassageVectors, joined_passages
from index.induced_texts import InducedTexts, encode_induced, joined_induced
from index.layer import encode_clauses, encode_records
from index.layer_texts import LayerTexts, joined_texts
from index.lexicon.expansion import Lexicon
from index.second import encode_second
from index.segments.key import SegmentKeys, segment_keys, vectors_key
from index.segments.packing import pack, unpack

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """What clauses and records say."""

    text: LayerTexts
    records: LayerTexts
    words: Words


@dataclass(frozen=True, slots=True)
class Segment:
    """Some documents, read and encoded. Positions are those of its own clauses."""

    said: Said
    induced: InducedTexts
    second: PassageVectors | None = None


@dataclass(frozen=True, slots=True)
class Makers:
    """What segments are made with."""

    encoder: Encoder
    lexicon: Lexicon
    second: Encoder | None = None


def documents_of(corpus: Corpus) -> Iterator[Corpus]:
    """Each document as a corpus of its own, in the order of the clauses; clauses that lie apart are several."""
    documents = {document.id: document for document in corpus.documents}
    for id_, clauses in groupby(corpus.clauses, key=lambda clause: clause.document_id):
        yield Corpus((documents[id_],), tuple(clauses), plain=corpus.plain)


def encode_segment(corpus: Corpus, table: ClauseTable, makers: Makers) -> Segment:
    """All documents of a corpus as one segment; nothing is looked up."""
    return Segment(
        _said(corpus, table, makers.encoder),
        encode_induced(corpus.clauses, makers.lexicon, makers.encoder),
        encode_second(corpus.clauses, makers.second) if makers.second else None,
    )


def kept_segment(corpus: Corpus, makers: Makers, store: SegmentStore, encoded: Callable[[str], object]) -> Segment:
    """The same, each document out of the store where it is kept there; what is not is encoded and kept.

    `encoded` is called with the id of each document of which something had to be encoded. Equal by value to
    `encode_segment`, because an encoder's row of a text does not depend on the texts beside it.
    """
    segments, sizes = [], []
    for one in documents_of(corpus):
        kept = _Kept(store, segment_keys(one, makers.encoder, makers.lexicon, makers.second))
        segments.append(kept.segment(one, makers))
        sizes.append(len(one.clauses))
        if kept.encoded:
            encoded(one.documents[0].id)
    return joined(segments, sizes) if segments else encode_segment(corpus, ClauseTable(()), makers)


def keys_of(corpus: Corpus, makers: Makers) -> frozenset[str]:
    """The keys of all entries that a build of this corpus uses; a store may drop those that no library uses."""
    every = (segment_keys(one, makers.encoder, makers.lexicon, makers.second) for one in documents_of(corpus))
    return frozenset(filter(None, chain([vectors_key(makers.encoder)], *every)))


def joined(segments: Sequence[Segment], sizes: Sequence[int]) -> Segment:
    """One or more segments as one; `sizes` says how many clauses each has."""
    firsts = list(accumulate(sizes, initial=0))[:-1]
    said = [segment.said for segment in segments]
    second = [segment.second for segment in segments if segment.second]
    return Segment(
        Said(
            joined_texts([one.text for one in said], firsts),
            joined_texts([one.records for one in said], firsts),
            joined_words([one.words for one in said]),
        ),
        joined_induced([segment.induced for segment in segments], firsts),
        joined_passages(second, firsts) if second else None,
    )


def _said(corpus: Corpus, table: ClauseTable, encoder: Encoder) -> Said:
    return Said(encode_clauses(corpus, encoder), encode_records(corpus, table, encoder), read_words(corpus, table))


class _Kept:
    """The entries of one document in a store."""

    def __init__(self, store: SegmentStore, keys: SegmentKeys) -> None:
        self.encoded = False
        self._store = store
        self._keys = keys

    def segment(self, one: Corpus, makers: Makers) -> Segment:
        encoder, second = makers.encoder, makers.second
        return Segment(
            self._entry(self._keys.said, Said, lambda: _said(one, ClauseTable(one.clauses), encoder)),
            self._entry(self._keys.induced, InducedTexts, lambda: encode_induced(one.clauses, makers.lexicon, encoder)),
            self._entry(self._keys.second, PassageVectors, lambda: encode_second(one.clauses, second))
            if second
            else None,
        )

    def _entry(self, key: str, kind: type[T], encode: Callable[[], T]) -> T:
        """What is kept under the key, or what is encoded now."""
        data = self._store.get(key)
        found = None if data is None else unpack(kind, data)
        if found is None:
            found, self.encoded = encode(), True
            self._store.put(key, pack(found))
        return found
