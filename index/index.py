"""The index as others see it: queries read, clauses found, term statistics, and how near a text comes to a query.

Nobody reaches past it; what a step of an answer wants to know of an index is a method here.
"""

from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from corpus.corpus import Corpus
from index.alignment import TokenAlignment, build_alignment, maxsim
from index.clause_table import ClauseTable
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors
from index.engines import bm25, dense
from index.fusion import FusedQuery, FusedRetriever
from index.identity import Identity, identity
from index.layer import LEG_NAMES, Layer, build_records, build_text
from index.lexicon.expansion import Lexicon, load_lexicon
from index.query import Query, QueryReader, Text
from index.retriever import EVERYTHING, Hit, Scope
from index.scorer import Leg
from index.text.normalizer import normalize
from index.text.tokenizer import segment
from index.view import ClauseView, Sentences, read_sentences

# BM25 to dense as chosen on training questions that the encoder had not seen; the records as much as the text
# (on eval/questions, from half to more than twice as much is as good).
_LEGS = {bm25.NAME: 0.3, dense.NAME: 0.7}
WEIGHTS = {name: weight for names in LEG_NAMES.values() for name, weight in zip(names, _LEGS.values(), strict=True)}
_REMEMBERED = 4096  # clauses, and texts, whose view or vectors are kept


class Index:
    """The layers and the fusion of their legs. Satisfies `Retriever`; safe from several threads.

    `records` is None where no clause has a plain-language record, or where they are not to be looked at.
    """

    def __init__(
        self,
        reader: QueryReader,
        *,
        table: ClauseTable,
        corpus: Corpus,
        built_from: Identity,
        alignment: TokenAlignment,
        text: Layer,
        records: Layer | None = None,
    ) -> None:
        self.corpus = corpus
        self.table = table
        self.reader = reader
        self.identity = built_from
        self.version = built_from.version  # twelve hexadecimal digits: of what was built, and what of it is looked at
        self.alignment = alignment
        self.text = text
        self.records = records
        self.legs: Mapping[str, Leg] = {name: leg for layer in self._layers for name, leg in layer.legs().items()}
        self._fused = FusedRetriever(table, self.legs, WEIGHTS, reader)
        self._views = lru_cache(_REMEMBERED)(self._make_view)
        self._word_vectors = lru_cache(_REMEMBERED)(self._encode_words)
        self._sentences = lru_cache(_REMEMBERED)(self._read_sentences)

    @property
    def encoder(self) -> Encoder:
        """What queries are encoded by."""
        return self.reader.encoder

    @property
    def lexicon(self) -> Lexicon:
        """What queries are expanded by."""
        return self.reader.lexicon

    def without_plain(self) -> "Index":
        """The same index, searched by what the clauses say alone; its version is another if it had records."""
        return Index(
            self.reader,
            table=self.table,
            corpus=self.corpus,
            built_from=self.identity.without_records(),
            alignment=self.alignment,
            text=self.text,
        )

    # Queries and hits

    def read(self, texts: Sequence[str | Text]) -> list[Query]:
        """One query a text, in one call of the encoder for all texts and their words together."""
        return self.reader.read(texts)

    def search(self, query: Query | str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        """Hits of all legs fused, best first; `Hit.legs` tells what each leg said. A score is at most 1."""
        return self._fused.search(query, limit=limit, scope=scope)

    def open(self, query: Query) -> FusedQuery:
        """The query as all legs read it, for several searches in different scopes."""
        return self._fused.open(query)

    # Term statistics

    def idf(self, tokens: Sequence[str]) -> NDArray[np.float64]:
        """Idf of tokens in the clause texts, float64 [tokens], 0 or more; an unknown one counts as the rarest."""
        return self.text.lexical.weights.idf_of(tokens)

    def idf_share(self, asked: Set[str], found: Set[str]) -> float:
        """Share of the asked tokens' idf mass that is among the found ones, 0..1; unknown tokens count as unfound."""
        return self.text.lexical.weights.idf_share(asked, found)

    def frequency(self, word: str) -> int:
        """How many clauses hold the token in their text, and how many in their records, together."""
        return sum(layer.lexical.weights.frequency(word) for layer in self._layers)

    def contains(self, word: str, *, records: bool = True) -> bool:
        """Whether some clause holds the token in its text, or in its records where these count."""
        layers = self._layers if records else (self.text,)
        return any(word in layer.lexical.weights.vocabulary for layer in layers)

    def vocabulary(self) -> Mapping[str, int]:
        """Every token (words, pairs of characters, characters) with its `frequency`; made anew at every call."""
        words = dict.fromkeys(word for layer in self._layers for word in layer.lexical.weights.vocabulary)
        return {word: self.frequency(word) for word in words}

    # Clauses and texts beside a query

    def view(self, clause: Clause) -> ClauseView:
        """The clause as those who judge it read it; remembered."""
        return self._views(clause)

    def sentences(self, text: str) -> Sentences:
        """The sentences of a text, such as a quote, with their vectors; remembered."""
        return self._sentences(text)

    def has_records(self, clause: Clause) -> bool:
        """Whether the clause has plain-language records that are looked at."""
        return self.records is not None and bool(self.corpus.records(clause))

    def maxsim(self, query: Query, clause: Clause, *, records: bool) -> float:
        """Idf-weighted mean cosine of the query's words with their nearest words in title, text and perhaps records.

        -1..1, higher is better; 0 where the query or the clause has no words. Raises KeyError for a clause of another
        corpus.
        """
        position, recorded = self.table.positions[clause.id], records and self.records is not None
        return maxsim(
            query.word_vectors, self.idf(query.words), self.alignment.clause_vectors(position, records=recorded)
        )

    def maxsim_text(self, query: Query, text: str) -> float:
        """The same over the words of any text, such as a title; its vectors are remembered."""
        return maxsim(query.word_vectors, self.idf(query.words), self._word_vectors(text))

    def by_part(self, query: Query, clause: Clause) -> dict[int, float]:
        """Best cosine of the query with the records of each part of a clause, by position; -1 for the clause's own.

        Empty where the clause has no record that is looked at.
        """
        return self.records.semantic.by_part(query, self.table.positions[clause.id]) if self.records else {}

    @property
    def _layers(self) -> tuple[Layer, ...]:
        return (self.text, self.records) if self.records else (self.text,)

    def _make_view(self, clause: Clause) -> ClauseView:
        return ClauseView(clause, self.corpus, self.encoder, records=self.records is not None)

    def _encode_words(self, text: str) -> Vectors:
        return self.encoder.encode_documents(segment(normalize(text)).words)

    def _read_sentences(self, text: str) -> Sentences:
        return read_sentences(text, self.encoder)


def build_index(corpus: Corpus, encoder: Encoder, lexicon: Lexicon | None = None) -> Index:
    """Build everything in memory, with the shipped lexicon unless another is given; `store.save_index` writes it."""
    reader, table = QueryReader(encoder, lexicon or load_lexicon()), ClauseTable(corpus.clauses)
    return Index(
        reader,
        table=table,
        corpus=corpus,
        built_from=identity(corpus, encoder, reader.lexicon),
        alignment=build_alignment(corpus, table, encoder),
        text=build_text(corpus, table, reader),
        records=build_records(corpus, table, reader),
    )
