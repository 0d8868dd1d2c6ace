"""Chunks merged into the files of one generation, each read once and none kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.packed.names import HashedNames, hashes_of, sorted_names
from index.alignment import ClauseWords
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors, unit_rows
from index.engines.dense import NEIGHBOUR_WEIGHT
from index.streaming.chunk import Chunk
from index.streaming.files import ArrayFiles
from index.streaming.survey import Survey, clause_ids
from index.streaming.weights import TermWeights

_ENCODED = 8192  # words at a time


@dataclass(slots=True)
class _At:
    """How far each kind of thing has been written."""

    document: int = 0
    clause: int = 0
    data: int = 0
    passage: int = 0
    sentence: int = 0
    spoken: int = 0
    around: int = 0


class Merge:
    """The arrays of a generation while they are filled."""

    def __init__(self, files: ArrayFiles, found: Survey, dimension: int) -> None:
        self._found = found
        self._at = _At()
        self._weights = TermWeights(found)
        self._word_rows = {word: row for row, word in enumerate(sorted(found.words))}
        self._cursor = self._weights.indptr[:-1].copy()
        create = files.create
        self._data = create("corpus.data", np.uint8, (found.packed,))
        self._starts = create("corpus.starts", np.int64, (found.documents + 1,))
        self._firsts = create("corpus.firsts", np.int64, (found.documents + 1,))
        self._jurisdiction = create("corpus.jurisdiction", np.int32, (found.clauses,))
        self._clauses = create("text.clauses", np.int32, (found.postings,))
        self._weight = create("text.weights", np.float32, (found.postings,))
        self._vectors = create("text.vectors", np.float32, (found.passages, dimension))
        self._owner = create("text.passage_clause", np.int32, (found.passages,))
        self._part = create("text.passage_part", np.int32, (found.passages,))
        self._field = create("text.passage_field", np.int8, (found.passages,))
        self._text = _WordRows(files, "words.text", found.clauses, found.sentences, found.spoken)
        self._context = _WordRows(files, "words.context", found.clauses, found.clauses, found.around)
        files.save("text.indptr", self._weights.indptr)
        files.save("text.idf", self._weights.idf.astype(np.float32))
        files.save("text.terms", np.frombuffer("\n".join(self._weights.vocabulary).encode(), np.uint8))
        files.save_json("corpus.jurisdictions", list(found.jurisdictions))
        lengths = {head: sorted(each, reverse=True) for head, each in found.lengths.items()}
        files.save_json("corpus.name_lengths", lengths)

    def all(self, chunks: Iterable[Chunk]) -> None:
        """Write every chunk, in order."""
        before: Chunk | None = None
        for chunk, behind in _with_next(chunks):
            self._one(chunk, before, behind)
            before = chunk

    def _one(self, chunk: Chunk, before: Chunk | None, behind: Chunk | None) -> None:
        self._list(chunk)
        self._count(chunk)
        self._encode(chunk, before, behind)
        rows = np.fromiter((self._word_rows[word] for word in chunk.words.known), np.int32)
        self._text.add(chunk.words.text, rows)
        self._context.add(chunk.words.context, rows)
        self._at.clause += len(chunk.listing.jurisdiction)

    def _list(self, chunk: Chunk) -> None:
        at, listing = self._at, chunk.listing
        documents = slice(at.document + 1, at.document + 1 + len(listing.clauses))
        self._data[at.data : at.data + len(listing.data)] = listing.data
        self._starts[documents] = listing.starts[1:] + at.data
        self._firsts[documents] = np.cumsum(listing.clauses) + at.clause
        rows = np.array([self._found.jurisdictions[places] for places in listing.jurisdictions], np.int32)
        self._jurisdiction[at.clause : at.clause + len(listing.jurisdiction)] = rows[listing.jurisdiction]
        at.document += len(listing.clauses)
        at.data += len(listing.data)

    def _count(self, chunk: Chunk) -> None:
        """The postings of the chunk, each behind those of its term that earlier chunks have written."""
        terms, weights = self._weights.of(chunk.text.counts)
        order = np.argsort(terms, kind="stable")
        terms = terms[order]
        first = np.searchsorted(terms, terms)  # where the run of each term begins
        places = self._cursor[terms] + np.arange(len(terms)) - first
        self._clauses[places] = (chunk.text.counts.owners() + self._at.clause)[order]
        self._weight[places] = weights[order]
        np.add.at(self._cursor, terms, 1)

    def _encode(self, chunk: Chunk, before: Chunk | None, behind: Chunk | None) -> None:
        """The passages of the chunk, each in its context, as `dense.smooth_with_neighbours` has it."""
        owners, vectors = chunk.text.passages.owners, chunk.text.passages.vectors
        whole, leans = _whole(chunk), chunk.leaning.behind
        beside = np.zeros_like(whole)
        beside[1:][leans[:-1]] += whole[:-1][leans[:-1]]
        beside[:-1][leans[:-1]] += whole[1:][leans[:-1]]
        if before and chunk.leaning.first and before.leaning.last == chunk.leaning.first:
            beside[0] += _whole(before)[-1]
        if behind and chunk.leaning.last and behind.leaning.first == chunk.leaning.last:
            beside[-1] += _whole(behind)[0]
        here = slice(self._at.passage, self._at.passage + len(vectors))
        self._vectors[here] = unit_rows(vectors + NEIGHBOUR_WEIGHT * beside[owners.clause])
        self._owner[here] = owners.clause + np.int32(self._at.clause)
        self._part[here], self._field[here] = owners.part, owners.field
        self._at.passage += len(vectors)


class _WordRows:
    """The sentences of all clauses while they are written, see `alignment.ClauseWords`."""

    def __init__(self, files: ArrayFiles, name: str, clauses: int, sentences: int, words: int) -> None:
        self._clauses = files.create(f"{name}_clauses", np.int64, (clauses + 1,))
        self._sentences = files.create(f"{name}_sentences", np.int64, (sentences + 1,))
        self._ids = files.create(f"{name}_ids", np.int32, (words,))
        self._states = files.create(f"{name}_states", np.int32, (sentences,))
        self._clause = self._sentence = self._word = 0

    def add(self, said: ClauseWords, rows: NDArray[np.int32]) -> None:
        """Clauses behind those that are there; word n of theirs is word `rows[n]` of all."""
        clauses, sentences, words = len(said.clauses) - 1, len(said.states), len(said.ids)
        self._clauses[self._clause + 1 : self._clause + 1 + clauses] = said.clauses[1:] + self._sentence
        self._sentences[self._sentence + 1 : self._sentence + 1 + sentences] = said.sentences[1:] + self._word
        self._ids[self._word : self._word + words] = rows[said.ids]
        self._states[self._sentence : self._sentence + sentences] = said.states
        self._clause, self._sentence, self._word = (
            self._clause + clauses,
            self._sentence + sentences,
            self._word + words,
        )


def encode_words(files: ArrayFiles, found: Survey, encoder: Encoder) -> None:
    """The vector of each word, in the order of the words."""
    words = sorted(found.words)
    vectors = files.create("words.vectors", np.float32, (len(words), encoder.dimension))
    for start in range(0, len(words), _ENCODED):
        vectors[start : start + _ENCODED] = encoder.encode_documents(words[start : start + _ENCODED])


def list_names(files: ArrayFiles, found: Survey) -> None:
    """By what documents and clauses are found, and the order of the ids of clauses."""
    _save(files, "corpus.names", sorted_names(np.concatenate(found.names), np.concatenate(found.named)))
    numbers = np.arange(found.documents, dtype=np.int32)
    _save(files, "corpus.document_names", sorted_names(np.concatenate(found.document_ids), numbers))
    ids = clause_ids(found)
    hashes = hashes_of(id_.decode("utf-8", "surrogatepass") for id_ in ids)
    _save(files, "corpus.clause_names", sorted_names(hashes, np.arange(len(ids), dtype=np.int32)))
    ranks = np.empty(len(ids), np.int32)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.int32)
    files.save("corpus.id_ranks", ranks)


def _save(files: ArrayFiles, name: str, names: HashedNames) -> None:
    files.save(f"{name}_hashes", names.hashes)
    files.save(f"{name}_numbers", names.numbers)


def _whole(chunk: Chunk) -> Vectors:
    """The vector of the whole of each clause, which is its first passage, [clauses, dimension]."""
    owners = chunk.text.passages.owners.clause
    return chunk.text.passages.vectors[np.searchsorted(owners, np.arange(len(chunk.listing.jurisdiction)))]


def _with_next(chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Chunk | None]]:
    """Each chunk with the one behind it; no more than these are in memory."""
    before: Chunk | None = None
    for chunk in chunks:
        if before is not None:
            yield before, chunk
        before = chunk
    if before is not None:
        yield before, None
