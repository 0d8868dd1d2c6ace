"""Word by word, sentence by sentence: does every word of the question have a counterpart in the clause?

One vector for a whole text forgets which word meant what. Here each word of the question is held against its nearest
word in the clause, weighted by idf: the MaxSim of Khattab & Zaharia, "ColBERT" (SIGIR 2020), over the words of our
own encoder. It costs more than a leg can spend on every clause; it orders the first ones (`reranking`) and weighs the
first as evidence, and tells a near miss (利率, "fee") from an answer.

A word's vector does not depend on its clause, so each word has one, and a sentence is a row of numbers of words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from corpus.corpus import Corpus
from index.clause_table import ClauseTable, Positions
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors
from index.layer import record_lines
from index.rows import read_cells
from index.text.normalizer import normalize
from index.text.statements import statements_in
from index.text.tokenizer import segment
from index.view import sentences_of

_NOTHING = ""  # stands in every clause, so that none is without words; like no word at all


class Sentence(NamedTuple):
    """The content words of a sentence, and what kinds of things it states, as bits of `statements`."""

    words: tuple[str, ...]
    states: int


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The sentences of every clause in compressed rows.

    Those of clause c are `clauses[c]:clauses[c + 1]`; the words of sentence s are `ids[sentences[s]:sentences[s + 1]]`.
    """

    clauses: NDArray[np.int64]  # [clauses + 1]
    sentences: NDArray[np.int64]  # [sentences + 1]
    ids: NDArray[np.int32]  # [occurrences] rows of the vectors
    states: NDArray[np.int32]  # [sentences] bits of `statements`

    def of(self, clause: int) -> NDArray[np.int32]:
        """The numbers of the words of the clause at this position."""
        first, last = self.sentences[self.clauses[clause : clause + 2]]
        return self.ids[first:last]

    def lengths(self) -> NDArray[np.int64]:
        """How many words each clause has, [clauses]."""
        return np.diff(self.sentences[self.clauses])

    def take(self, positions: Positions) -> "ClauseWords":
        """The same of some clauses, in the given order."""
        chosen, clauses = _spans(self.clauses, positions)
        words, sentences = _spans(self.sentences, chosen)
        return ClauseWords(clauses, sentences, self.ids[words], self.states[chosen])

    def beside(self, other: "ClauseWords") -> "ClauseWords":
        """The sentences of both, clause by clause, these first."""
        owners = [np.repeat(np.arange(len(one.clauses) - 1), np.diff(one.clauses)) for one in (self, other)]
        order = np.argsort(np.concatenate(owners), kind="stable")
        starts = np.concatenate([self.sentences, other.sentences[1:] + self.sentences[-1]])
        words, sentences = _spans(starts, order)
        ids, states = np.concatenate([self.ids, other.ids]), np.concatenate([self.states, other.states])
        return ClauseWords(self.clauses + other.clauses, sentences, ids[words], states[order])


def _spans(starts: NDArray[np.int64], rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What the rows hold, end to end, and where each of them starts there, [rows + 1]."""
    lengths = starts[rows + 1] - starts[rows]
    found = np.concatenate([[0], np.cumsum(lengths)])
    return np.arange(found[-1]) + np.repeat(starts[rows] - found[:-1], lengths), found


@dataclass(frozen=True, slots=True)
class TokenAlignment:
    """The words of every clause with their vectors."""

    vectors: Vectors  # float32 [words, dimension]
    text: ClauseWords  # of the title, then of each sentence; of each clause at least one
    records: ClauseWords  # of each line of the plain-language records
    context: ClauseWords  # of the headings above and the document's title, as one sentence

    def words_of(self, clause: int, *, records: bool) -> NDArray[np.int32]:
        """The number of each word of a clause once, ascending, of its records too where they are wanted."""
        ids = self.text.of(clause)
        return np.unique(np.concatenate([ids, self.records.of(clause)]) if records else ids)


def build_alignment(corpus: Corpus, table: ClauseTable, encoder: Encoder) -> TokenAlignment:
    """Number the words of all clauses and records and encode each once."""
    return aligned(read_words(corpus, table), encoder)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some clauses, not yet encoded."""

    known: tuple[str, ...]  # each word once, ascending; what the numbers of the others mean
    text: ClauseWords
    records: ClauseWords
    context: ClauseWords


def read_words(corpus: Corpus, table: ClauseTable) -> Words:
    """Number the words of clauses and records."""
    recorded: list[list[Sentence]] = [[] for _ in corpus.clauses]
    for line in record_lines(corpus, table):
        read = read_sentence(normalize(line.text))
        recorded[line.clause] += [read] if read.words else []
    titles = {document.id: normalize(document.title) for document in corpus.documents}
    said, around = [], []
    for clause in corpus.clauses:  # in one go: a heading is read once, and so is a title that is the document's too
        said.append(spoken(clause))
        around.append([_around(clause, titles[clause.document_id])])
    every = (said, recorded, around)
    known = sorted({word for layer in every for clause in layer for sentence in clause for word in sentence.words})
    number = {word: n for n, word in enumerate(known)}
    return Words(tuple(known), *(_rows(layer, number) for layer in every))


def joined_words(parts: Sequence[Words]) -> Words:
    """The words of the clauses of all parts, one part behind the other, numbered anew."""
    if len(parts) == 1:
        return parts[0]
    known = sorted(set(chain.from_iterable(part.known for part in parts)))
    number = {word: n for n, word in enumerate(known)}
    renumbered = [np.fromiter(map(number.__getitem__, part.known), np.int32, len(part.known)) for part in parts]
    return Words(
        tuple(known),
        _behind([part.text for part in parts], renumbered),
        _behind([part.records for part in parts], renumbered),
        _behind([part.context for part in parts], renumbered),
    )


def aligned(words: Words, encoder: Encoder) -> TokenAlignment:
    """Encode each word once."""
    return TokenAlignment(encoder.encode_documents(words.known), words.text, words.records, words.context)


def spoken(clause: Clause) -> list[Sentence]:
    """Title, or of a row its cells under their heads, and every sentence that has words."""
    title = ";".join(cell.under_head for cell in read_cells(clause)) or normalize(clause.title)
    first = Sentence((_NOTHING, *_heading_words(title)), statements_in(title))
    others = (read_sentence(normalize(text)) for text in sentences_of(clause.text))
    return [first, *(one for one in others if one.words)]


def _around(clause: Clause, title: str) -> Sentence:
    headings = (title, *map(normalize, clause.path))
    words = dict.fromkeys(word for heading in headings for word in _heading_words(heading))
    return Sentence((_NOTHING, *words), 0)


def read_sentence(normal: str) -> Sentence:
    """A sentence in normal form."""
    return Sentence(segment(normal).words, statements_in(normal))


@lru_cache(maxsize=4096)
def _heading_words(normal: str) -> tuple[str, ...]:
    """The words of a title or heading, which comes again and again; remembered."""
    return segment(normal).words


def _rows(clauses: Iterable[Sequence[Sentence]], number: dict[str, int]) -> ClauseWords:
    kept = list(clauses)
    sentences = [sentence for clause in kept for sentence in clause]
    return ClauseWords(
        _starts(map(len, kept)),
        _starts(len(sentence.words) for sentence in sentences),
        np.fromiter((number[word] for sentence in sentences for word in sentence.words), np.int32),
        np.fromiter((sentence.states for sentence in sentences), np.int32),
    )


def _behind(parts: Sequence[ClauseWords], renumbered: Sequence[NDArray[np.int32]]) -> ClauseWords:
    """The clauses of all parts, where word n of a part is now word `renumbered[part][n]`."""
    return ClauseWords(
        _starts(chain.from_iterable(np.diff(part.clauses) for part in parts)),
        _starts(chain.from_iterable(np.diff(part.sentences) for part in parts)),
        np.concatenate([new[part.ids] for new, part in zip(renumbered, parts, strict=True)]),
        np.concatenate([part.states for part in parts]),
    )


def _starts(lengths: Iterable[int]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.fromiter(lengths, np.int64), dtype=np.int64)])


def maxsim(asked: Vectors, weights: NDArray[np.float64], said: Vectors) -> float:
    """Weighted mean cosine of the asked words with their nearest said words, -1..1; higher is better.

    `asked` is [words, dimension] with a weight each, `said` [words, dimension]; 0 where there is nothing to compare.
    """
    if not len(said) or not weights.any():
        return 0.0
    nearest = (said @ asked.T).max(axis=0)  # the many rows first: the other way round takes longer
    return float((weights / weights.sum()) @ nearest)
