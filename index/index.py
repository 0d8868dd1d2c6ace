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
from index.layer import INDUCED, LEG_NAMES, RECORDS, TEXT, Layer, build_induced, build_records, build_text, restricted
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
# What nobody has written counts little; chosen on questions over 46 real documents (docs/decisions.md, D49).
_INDUCED = {bm25.NAME: 0.05, dense.NAME: 0.1}
_OF_LAYERS = {TEXT: _LEGS, RECORDS: _LEGS, INDUCED: _INDUCED}
WEIGHTS = {
    name: weight
    for layer, weights in _OF_LAYERS.items()
    for name, weight in zip(LEG_NAMES[layer], weights.values(), strict=True)
}
_REMEMBERED = 4096  # clauses, and texts, whose view or vectors are kept


class Index:
    """The layers and the fusion of their legs. Satisfies `Retriever`; safe from several threads.

    `records` is None where no clause has a plain-language record, or where they are not to be looked at. `induced`
    covers the clauses without a record that is looked at; it is None where there is no such clause, or where it is
    not to be looked at. Nobody has said what it says, so it finds clauses and counts for nothing else.
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
        induced: Layer | None = None,
    ) -> None:
        """`induced` is given over all clauses."""
        self.corpus = corpus
        self.table = table
        self.reader = reader
        self.identity = built_from
        self.version = built_from.version  # twelve hexadecimal digits: of what was built, and what of it is looked at
        self.alignment = alignment
        self.text = text
        self.records = records
        self.induced_of_all = induced
        self.induced = restricted(induced, ~records.semantic.covered, table, reader) if induced and records else induced
        searched = filter(None, (*self._layers, self.induced))
        self.legs: Mapping[str, Leg] = {name: leg for layer in searched for name, leg in layer.legs().items()}
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
        """The same index without the records; its version is another if it had any.

        Clauses that have one are found by their induced lines instead, as those that have none are.
        """
        return self._with(self.identity.without_records(), None, self.induced_of_all)

    def without_induced(self) -> "Index":
        """The same index without the induced lines; its version is another if it had any."""
        return self._with(self.identity.without_induced(), self.records, None)

    def _with(self, built_from: Identity, records: Layer | None, induced: Layer | None) -> "Index":
        return Index(
            self.reader,
            table=self.table,
            corpus=self.corpus,
            built_from=built_from,
            alignment=self.alignment,
            text=self.text,
            records=records,
            induced=induced,
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
        """Those that somebody has written."""
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
    text = build_text(corpus, table, reader)
    return Index(
        reader,
        table=table,
        corpus=corpus,
        built_from=identity(corpus, encoder, reader.lexicon),
        alignment=build_alignment(corpus, table, encoder),
        text=text,
        records=build_records(corpus, table, reader),
        induced=build_induced(corpus, table, reader, text.lexical.weights.rarity),
    )
