"""The index as others see it: queries read, clauses found, term statistics, and how near a text comes to a query.

Nobody reaches past it; what a step of an answer wants to know of an index is a method here.
"""

from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from corpus.corpus import Corpus
from index.alignment import TokenAlignment, maxsim
from index.clause_table import ClauseTable
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors
from index.engines import bm25, dense
from index.fusion import FusedQuery, FusedRetriever
from index.identity import Identity
from index.layer import (
    INDUCED,
    LEG_NAMES,
    RECORDS,
    TEXT,
    Layer,
    restricted,
)
from index.lexicon.expansion import Lexicon
from index.query import Query, QueryReader, Text
from index.quotable import Units, read_units
from index.reranking.reranker import RerankedQuery, Reranker
from index.retriever import EVERYTHING, Hit, Scope
from index.scorer import Leg
from index.second import NAME as SECOND_LEG
from index.second import SecondLeg
from index.text.normalizer import normalize
from index.text.tokenizer import segment
from index.view import ClauseView, Sentences, read_sentences

# BM25 to dense as chosen on training questions that the encoder had not seen; the records as much as the text
# (on eval/questions, from half to more than twice as much is as good).
_LEGS = {bm25.NAME: 0.5, dense.NAME: 0.5}
# What nobody has written counts little; chosen on questions over 46 real documents (docs/decisions.md, D49).
_INDUCED = {bm25.NAME: 0.05, dense.NAME: 0.1}
_OF_LAYERS = {TEXT: _LEGS, RECORDS: _LEGS, INDUCED: _INDUCED}
WEIGHTS = {
    name: weight
    for layer, weights in _OF_LAYERS.items()
    for name, weight in zip(LEG_NAMES[layer], weights.values(), strict=True)
}
# With a second encoder the text's weight is shared by three; chosen on the same questions (D51).
_BESIDE_SECOND = {bm25.NAME: 0.3, dense.NAME: 0.4, SECOND_LEG: 0.3}
_REMEMBERED = 4096  # clauses, and texts, whose view, words or vectors are kept


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
        second: SecondLeg | None = None,
        reranked: bool = True,
    ) -> None:
        """`induced` is given over all clauses; `reranked` says whether the first clauses are put in order."""
        self.corpus = corpus
        self.table = table
        self.reader = reader
        self.identity = built_from
        self.version = built_from.version  # twelve hexadecimal digits: of what was built, and what of it is looked at
        self.alignment = alignment
        self.text = text
        self.records = records
        self.induced_of_all = induced
        self.induced = restricted(induced, ~records.semantic.covered) if induced and records else induced
        searched = filter(None, (*self._layers, self.induced))
        self.second = second
        legs: Mapping[str, Leg] = {name: leg for layer in searched for name, leg in layer.legs().items()}
        self.legs = {**legs, second.name: second} if second else legs
        self.fused = FusedRetriever(table, self.legs, WEIGHTS | _BESIDE_SECOND if second else WEIGHTS, reader)
        self.reranked = reranked
        self._reranker = Reranker(table, self.fused, reader, self.idf, alignment, records=records is not None)
        self._searcher: Reranker | FusedRetriever = self._reranker if reranked else self.fused
        self._views = lru_cache(_REMEMBERED)(self._make_view)
        self._units = lru_cache(_REMEMBERED)(self._read_units)
        self._words = lru_cache(_REMEMBERED)(alignment.words_of)
        self._word_vectors = lru_cache(_REMEMBERED)(self._encode_words)
        self._sentences = lru_cache(_REMEMBERED)(self._read_sentences)
        self._line_vectors = lru_cache(_REMEMBERED)(lambda line: self.encoder.encode_documents([normalize(line)]))

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
        return self._with(self.identity.without_records(), records=None)

    def without_induced(self) -> "Index":
        """The same index without the induced lines; its version is another if it had any."""
        return self._with(self.identity.without_induced(), induced=None)

    def without_second(self) -> "Index":
        """The same index without the leg of a second encoder; its version is another if it had one."""
        return self._with(self.identity.without_second(), second=None)

    def without_reranking(self) -> "Index":
        """The same index whose clauses stay in the order of the fused legs."""
        return self._with(self.identity, reranked=False)

    def _with(self, built_from: Identity, **changed: "Layer | SecondLeg | bool | None") -> "Index":
        looked_at = {"records": self.records, "induced": self.induced_of_all, "second": self.second}
        return Index(
            self.reader,
            table=self.table,
            corpus=self.corpus,
            built_from=built_from,
            alignment=self.alignment,
            text=self.text,
            **cast("Any", {**looked_at, "reranked": self.reranked, **changed}),
        )

    # Queries and hits

    def read(self, texts: Sequence[str | Text]) -> list[Query]:
        """One query a text, in one call of the encoder for all texts and their words together."""
        return self.reader.read(texts)

    def search(self, query: Query | str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        """Hits of all legs fused, the first put in order by the words in them; `Hit.legs` tells what each leg said."""
        return self._searcher.search(query, limit=limit, scope=scope)

    def open(self, query: Query) -> RerankedQuery | FusedQuery:
        """The query as all legs read it, for several searches in different scopes."""
        return self._searcher.open(query)

    def warm_up(self) -> None:
        """Prepare what is prepared once a process, so that no question waits for it."""
        for layer in self._layers:
            layer.lexical.weights.warm_up()

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

    def units(self, clause: Clause) -> Units:
        """What may be quoted of the clause, piece by piece; remembered. KeyError for a clause of another corpus."""
        return self._units(clause)

    def match_units(self, query: Query, clause: Clause) -> dict[str, NDArray[np.floating]]:
        """How each unit of a clause matches the query, in the figures that put clauses in order, [units] each."""
        units, asked = self.units(clause), list(dict.fromkeys(query.tokens))
        mass = self.idf(asked)
        found = np.array([[token in tokens for token in asked] for tokens in units.tokens], np.float64)
        return {
            "cosine": units.vectors @ query.vector,
            "idf_share": found.reshape(len(units.all), -1) @ (mass / (mass.sum() or 1.0)),
            **self._reranker.match(query, units.words, units.around),
        }

    def sentences(self, text: str) -> Sentences:
        """The sentences of a text, such as a quote, with their vectors; remembered."""
        return self._sentences(text)

    def has_records(self, clause: Clause) -> bool:
        """Whether the clause has plain-language records that are looked at."""
        return self.records is not None and bool(self.corpus.records(clause))

    def ways_of_asking(self, clause: Clause) -> int:
        """How many its records hold together, in both languages."""
        return sum(len(record.ask) + len(record.ask_en) for record in self.corpus.records(clause))

    def maxsim(self, query: Query, clause: Clause, *, records: bool) -> float:
        """Idf-weighted mean cosine of the query's words with their nearest words in title, text and perhaps records.

        -1..1, higher is better; 0 where the query or the clause has no words. Raises KeyError for a clause of another
        corpus.
        """
        position, recorded = self.table.positions[clause.id], records and self.records is not None
        said = self.alignment.vectors.take(self._words(position, records=recorded), axis=0)
        return maxsim(query.word_vectors, self.idf(query.words), said)

    def nearest_not_asked(self, query: Query, clause: Clause) -> float:
        """Best cosine of the query with what the clause's records say is not asked of it, -1..1; -1 without such."""
        if self.records is None or not self.corpus.has_not_asked:
            return -1.0
        lines = [line for record in self.corpus.records(clause) for line in record.not_ask]
        return max(
            (float(vector @ query.vector) for line in lines for vector in self._line_vectors(line)), default=-1.0
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

    def _read_units(self, clause: Clause) -> Units:
        return read_units(clause, self.alignment.text.of(self.table.positions[clause.id]), self.encoder)

    def _encode_words(self, text: str) -> Vectors:
        return self.encoder.encode_documents(segment(normalize(text)).words)

    def _read_sentences(self, text: str) -> Sentences:
        return read_sentences(text, self.encoder)
