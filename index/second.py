"""The leg of a second encoder over what the clauses say; there is none unless one is asked for.

It is for who can spend some 50 ms a question on an encoder that reads sentences. A query is encoded by it when the leg
is opened, once, and only where the leg exists.

The cosines of such a model lie close together, .75 to .9 of any two texts, so that one of them says little of a clause
and a fusion would weigh the model's habit. Vectors are therefore taken from the mean of the passages, which leaves
cosines about 0 for texts that have nothing to do with each other, as those of the first encoder are (Mu & Viswanath,
"All-but-the-Top", ICLR 2018).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from index.clause_table import ClauseTable
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors, unit_rows
from index.engines.dense import DenseRetriever, PassageVectors, encode_passages, smooth_with_neighbours
from index.engines.passages import Passage, passages_of
from index.query import Query, QueryReader
from index.retriever import EVERYTHING, Hit, Scope
from index.scorer import Ranker, as_hits
from index.text.normalizer import Normal

SECOND = "second"  # name of its files
NAME = "second_dense"
_LONGEST = 260  # characters of a passage: a model of sentences takes time by the length, and says less of a long text
_OVERLAP = 20  # characters of one passage that the next one begins with
_REMEMBERED = 1024  # queries whose vector is kept


@dataclass(frozen=True, slots=True)
class SecondVectors:
    """What the leg keeps of the clauses."""

    passages: PassageVectors  # taken from the centre
    centre: NDArray[np.float32]  # [dimension] the mean of the passages as they were encoded


class SecondLeg:
    """Ranks clauses by the best cosine of their passages, in the space of another encoder than the queries'.

    Satisfies `Leg`; safe from several threads.
    """

    def __init__(self, encoder: Encoder, vectors: SecondVectors, table: ClauseTable, reader: QueryReader) -> None:
        self.name = NAME
        self.encoder = encoder
        self.vectors = vectors
        self._dense = DenseRetriever(table, vectors.passages, reader, NAME)
        self._table = table
        self._reader = reader
        self._vector = lru_cache(_REMEMBERED)(self._encode)

    def search(self, query: Query | str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        scores = self.open(self._reader.as_query(query))(limit, scope)
        return as_hits(self._table, self.name, scores)

    def open(self, query: Query) -> Ranker:
        if any(map(str.isalnum, query.text)):
            query = replace(query, vector=self._vector(query.normal))
        return self._dense.open(query)

    def _encode(self, text: Normal) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = _from_centre(self.encoder.encode_queries([text]), self.vectors.centre)[0]
        return vector


def build_second(clauses: Sequence[Clause], table: ClauseTable, encoder: Encoder, reader: QueryReader) -> SecondLeg:
    """The leg over what the clauses say, each passage in its context."""
    return second_leg(encode_second(clauses, encoder), clauses, table, encoder, reader)


def encode_second(clauses: Sequence[Clause], encoder: Encoder) -> PassageVectors:
    """Their passages, each by itself."""
    return encode_passages(short_passages(clauses), encoder)


def second_leg(
    passages: PassageVectors, clauses: Sequence[Clause], table: ClauseTable, encoder: Encoder, reader: QueryReader
) -> SecondLeg:
    """The leg over passages that have been encoded."""
    owners, encoded = passages.owners, passages.vectors
    centre = encoded.mean(axis=0) if len(encoded) else np.zeros(encoder.dimension, np.float32)
    vectors = smooth_with_neighbours(_from_centre(encoded, centre), owners, clauses)
    return SecondLeg(encoder, SecondVectors(PassageVectors(owners, vectors), centre), table, reader)


def short_passages(clauses: Sequence[Clause]) -> list[Passage]:
    """The passages of the text layer, a longer one as several; of a clause that is divided anyway its beginning."""
    passages = passages_of(clauses)
    divided = {passage.clause for passage in passages if passage.field != "text"}
    return [
        passage._replace(text=passage.text[start : start + _LONGEST])
        for passage in passages
        for start in range(0, max(len(passage.text) - _OVERLAP, 1), _LONGEST - _OVERLAP)
        if start == 0 or not (passage.field == "text" and passage.clause in divided)
    ]


def _from_centre(vectors: Vectors, centre: NDArray[np.float32]) -> Vectors:
    """Unit rows as seen from the centre; a text that the model does not know stays a zero row."""
    return unit_rows(np.where(vectors.any(axis=1, keepdims=True), vectors - centre, vectors))
