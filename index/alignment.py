"""Word by word: does every word of the question have a counterpart in the clause?

One vector for a whole text forgets which word meant what. Here each word of the question is held against its nearest
word in the clause, weighted by idf: the MaxSim of Khattab & Zaharia, "ColBERT" (SIGIR 2020), over the words of our
own encoder. It costs more than a leg can spend on every clause; it weighs the first ones as evidence, and tells a near
miss (利率, "fee") from an answer.

A word's vector does not depend on its clause, so each word has one, and a clause is a row of numbers of words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.corpus import Corpus
from index.clause_table import ClauseTable
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors
from index.layer import record_lines
from index.text.tokenizer import words


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The content words of every clause in compressed rows: those of clause c are `ids[indptr[c]:indptr[c + 1]]`."""

    indptr: NDArray[np.int64]  # [clauses + 1]
    ids: NDArray[np.int32]  # [occurrences] rows of the vectors

    def of(self, clause: int) -> NDArray[np.int32]:
        """The numbers of the different words of the clause at this position."""
        return self.ids[self.indptr[clause] : self.indptr[clause + 1]]


@dataclass(frozen=True, slots=True)
class TokenAlignment:
    """The words of every clause with their vectors."""

    vectors: Vectors  # float32 [words, dimension]
    text: ClauseWords  # of title and text
    records: ClauseWords  # of the plain-language records

    def clause_vectors(self, clause: int, *, records: bool) -> Vectors:
        """The vectors of the words of a clause, [words, dimension], with those of its records where they are wanted."""
        ids = self.text.of(clause)
        found: Vectors = self.vectors[np.concatenate([ids, self.records.of(clause)]) if records else ids]
        return found


def build_alignment(corpus: Corpus, table: ClauseTable, encoder: Encoder) -> TokenAlignment:
    """Number the words of all clauses and records and encode each once."""
    recorded: list[list[str]] = [[] for _ in corpus.clauses]
    for line in record_lines(corpus, table):
        recorded[line.clause] += words(line.text)
    spoken = [words(f"{clause.title}\n{clause.text}") for clause in corpus.clauses]
    known = sorted({word for row in (*spoken, *recorded) for word in row})
    number = {word: n for n, word in enumerate(known)}
    return TokenAlignment(
        encoder.encode_documents(known),
        _rows([number[word] for word in row] for row in spoken),
        _rows([number[word] for word in dict.fromkeys(row)] for row in recorded),
    )


def _rows(rows: Iterable[Sequence[int]]) -> ClauseWords:
    found = [np.array(row, np.int32) for row in rows]
    indptr = np.concatenate([[0], np.cumsum([len(row) for row in found], dtype=np.int64)])
    return ClauseWords(indptr.astype(np.int64), np.concatenate([np.zeros(0, np.int32), *found]))


def maxsim(asked: Vectors, weights: NDArray[np.float64], said: Vectors) -> float:
    """Weighted mean cosine of the asked words with their nearest said words, -1..1; higher is better.

    `asked` is [words, dimension] with a weight each, `said` [words, dimension]; 0 where there is nothing to compare.
    """
    if not len(said) or not weights.any():
        return 0.0
    return float((weights / weights.sum()) @ (asked @ said.T).max(axis=1))
