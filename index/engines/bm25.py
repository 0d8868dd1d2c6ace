"""The lexical leg: BM25 as `rank_bm25.BM25Okapi` defines it, laid into a sparse matrix at build.

`BM25Okapi.get_scores` walks every clause in Python for every query (250 ms over 59,302 articles). The weight
of a term in a clause does not depend on the query, so it is computed once; a query only adds columns.
Formula: Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with
rank-bm25's floor for negative idf.
"""

from collections import Counter
from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from index.clause_table import ClauseTable
from index.engines import maxscore
from index.engines.bm25_query import PRUNED, BM25Query, Postings, postings_of
from index.engines.term_counts import TermCounts, count_terms
from index.engines.terms import Terms
from index.lexicon.expansion import Lexicon
from index.query import QueryText, text_query
from index.retriever import EVERYTHING, Hit, Scope
from index.scorer import Ranker, as_hits
from index.text.tokenizer import tokenize

NAME = "bm25"
# On eval/questions without records: 1, 2, 3 give hybrid success@1 .823, .823, .825.
TITLE_WEIGHT = 2
# Of a word's weight, for what else the lexicon calls it; .25 to 1 give hybrid success@1 .823 to .825 there.
EXPANSION = 0.5
SATURATION = 2.5  # k1 + 1 of BM25Okapi: what idf × tf tends to


@dataclass(frozen=True, slots=True)
class BM25Weights:
    """A term × clause matrix in compressed columns: the postings of term t are `indptr[t]:indptr[t + 1]`."""

    vocabulary: Mapping[str, int]
    indptr: NDArray[np.int64]  # [terms + 1]
    clauses: NDArray[np.int32]  # [postings] clause positions, ascending within a term
    weights: NDArray[np.float32]  # [postings] contribution to the score, may be 0
    idf: NDArray[np.float32]  # [terms]
    highest: NDArray[np.float32] | None = None  # [terms] the largest weight; where absent idf × SATURATION bounds it
    rarest: float = field(init=False)  # idf of the rarest term, which an unknown token counts as
    # An item of a memory view is a Python number, ten times faster to reach than numpy's own.
    _starts: "memoryview[int]" = field(init=False, repr=False, compare=False)
    _idf: "memoryview[float]" = field(init=False, repr=False, compare=False)
    _highest: "memoryview[float]" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rarest", max(float(self.idf.max()), 0.0) if self.idf.size else 0.0)
        object.__setattr__(self, "_starts", np.ascontiguousarray(self.indptr).data)
        object.__setattr__(self, "_idf", np.ascontiguousarray(self.idf).data)
        highest = self.idf * np.float32(SATURATION) if self.highest is None else self.highest
        object.__setattr__(self, "_highest", np.ascontiguousarray(highest).data)
        for name in ("clauses", "weights"):  # a slice of a mapped array is slow to make unless it is an ordinary one
            object.__setattr__(self, name, np.asarray(getattr(self, name)))

    def terms(self, counts: Mapping[str, float]) -> Terms:
        """These tokens as far as they are known, in their order, each as often as `counts` says."""
        known = [(t, n) for token, n in counts.items() if (t := self.vocabulary.get(token)) is not None]
        return Terms(
            self.clauses,
            self.weights,
            starts=[self._starts[t] for t, _ in known],
            ends=[self._starts[t + 1] for t, _ in known],
            times=[n for _, n in known],
            highest=[self._highest[t] * n for t, n in known],
        )

    def warm_up(self) -> None:
        """Compile what long lists are searched by, where a query can have any."""
        if len(self.clauses) > PRUNED:
            maxscore.warm_up(self.terms({next(iter(self.vocabulary)): 1.0}))

    def postings(self, counts: Mapping[str, float]) -> Postings:
        """All postings of these tokens."""
        return postings_of(self.terms(counts))

    def upper_bound(self, counts: Mapping[str, float]) -> float:
        """The score of a text that repeats every token without end; an unknown token counts as the rarest one."""
        return sum(self._idf_of(token) * n for token, n in counts.items()) * SATURATION

    def idf_share(self, asked: Set[str], found: Set[str]) -> float:
        """Share of the asked tokens' idf mass that is among the found ones, 0..1; unknown tokens count as unfound."""
        mass = {token: self._idf_of(token) for token in asked}
        total = sum(mass.values())
        return sum(weight for token, weight in mass.items() if token in found) / total if total else 0.0

    def idf_of(self, tokens: Sequence[str]) -> NDArray[np.float64]:
        """Their idf, float64 [tokens], 0 or more; an unknown token counts as the rarest one."""
        return np.array([self._idf_of(token) for token in tokens])

    def rarity(self, tokens: Sequence[str]) -> float:
        """Idf of the rarest of the tokens as a share of that of the rarest of all, 0..1; 0 where there is nothing."""
        return max(map(self._idf_of, tokens), default=0.0) / self.rarest if self.rarest else 0.0

    def frequency(self, token: str) -> int:
        """In how many clauses the token occurs."""
        t = self.vocabulary.get(token)
        return 0 if t is None else self._starts[t + 1] - self._starts[t]

    def _idf_of(self, token: str) -> float:
        t = self.vocabulary.get(token)
        return self.rarest if t is None else max(self._idf[t], 0.0)  # a few tiny corpora have a negative floor


def bm25_weights(texts: Sequence[Sequence[str]]) -> BM25Weights:
    """The weights of tokenised texts."""
    return weights_of(count_terms(texts))


def weights_of(texts: TermCounts) -> BM25Weights:
    """Lay BM25Okapi's weights over texts into a matrix. An empty corpus gives an empty matrix."""
    if not texts.terms:
        empty = np.zeros(0)
        return BM25Weights(
            {}, np.zeros(1, np.int64), empty.astype(np.int32), empty.astype(np.float32), empty.astype(np.float32)
        )
    from rank_bm25 import BM25Okapi  # noqa: PLC0415  (pulled in at build only)

    class Okapi(BM25Okapi):  # type: ignore[misc]
        """Over what has been counted already."""

        def _initialize(self, corpus: TermCounts) -> dict[str, int]:
            self.corpus_size = len(corpus.starts) - 1
            self.avgdl = int(corpus.counts.sum()) / self.corpus_size
            return dict(zip(corpus.terms, np.bincount(corpus.ids).tolist(), strict=True))

    okapi = Okapi(texts)
    vocabulary = {term: t for t, term in enumerate(sorted(okapi.idf))}
    clauses = texts.owners().astype(np.int32)
    terms = np.fromiter((vocabulary[term] for term in texts.terms), np.int64)[texts.ids]
    tf = texts.counts.astype(np.float64)
    idf = np.array([okapi.idf[term] for term in vocabulary])
    length = texts.lengths().astype(np.float64)[clauses]
    saturated = tf * (okapi.k1 + 1) / (tf + okapi.k1 * (1 - okapi.b + okapi.b * length / okapi.avgdl))
    order = np.argsort(terms, kind="stable")
    indptr = np.concatenate([[0], np.cumsum(np.bincount(terms, minlength=len(vocabulary)))])
    weights = (idf[terms] * saturated).astype(np.float32)
    weights = weights[order]
    highest = highest_weights(indptr, weights)
    return BM25Weights(vocabulary, indptr, clauses[order], weights, idf.astype(np.float32), highest)


def highest_weights(indptr: NDArray[np.int64], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The largest weight of each term, float32 [terms]; 0 of one without postings. The weights may be mapped."""
    highest = np.zeros(len(indptr) - 1, np.float32)
    held = np.flatnonzero(np.diff(indptr))
    if len(held):
        highest[held] = np.maximum.reduceat(weights, indptr[held])
    return highest


def indexed_text(clause: Clause, document_title: str) -> list[str]:
    """Tokens of a clause with its fields; a field counts as often as its weight says (BM25F by repetition)."""
    fields = (document_title, " ".join(clause.jurisdiction), clause.number, *clause.path)
    tokens = tokenize(clause.text) + tokenize(clause.title) * TITLE_WEIGHT
    for text in dict.fromkeys(fields):
        if text not in clause.title:  # a row of a plain corpus has one title, which says all of these
            tokens.extend(tokenize(text))
    return tokens


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The tokens of a query: how often each counts, and how often in the best conceivable text."""

    counts: Mapping[str, float]
    best: Mapping[str, float]


def weighted_terms(query: QueryText, vocabulary: Container[str]) -> QueryTerms:
    """The query's own tokens, and those of its expansions at `EXPANSION` of a word's weight.

    An English term that the corpus does not know gives its place to its first translation, at full weight.
    """
    counts: dict[str, float] = dict(Counter(query.tokens))
    own, best = set(counts), dict(counts)
    for expansion in query.expansions:
        foreign = [t for t in tokenize(expansion.found) if t not in vocabulary] if expansion.english else []
        for token in foreign:
            counts.pop(token, None)
            best.pop(token, None)
        for rank, tokens in enumerate(expansion.tokens):
            instead = bool(foreign) and rank == 0
            for token in tokens:
                counts[token] = max(counts.get(token, 0.0), 1.0 if instead else EXPANSION)
                if instead and token not in own:
                    best[token] = 1.0
    return QueryTerms(counts, best)


class BM25Retriever:
    """Ranks clauses by BM25 over their tokens. Satisfies `Retriever` and `Leg`; safe from several threads."""

    def __init__(
        self,
        table: ClauseTable,
        weights: BM25Weights,
        lexicon: Lexicon | None,
        name: str = NAME,
        covered: NDArray[np.bool_] | None = None,
    ) -> None:
        self.name = name
        self.weights = weights
        self._table = table
        self._lexicon = lexicon  # None: a query is looked up under its own words alone
        self._covered = covered  # [clauses] those that have a text here; None for all of them

    def without_lexicon(self) -> "BM25Retriever":
        """The same, where a query is looked up under its own words alone."""
        return BM25Retriever(self._table, self.weights, None, self.name, self._covered)

    def restricted(self, kept: NDArray[np.bool_]) -> "BM25Retriever":
        """The same over those of its clauses that are kept, bool [clauses]; idf stays that of all."""
        weights = self.weights
        postings = kept[weights.clauses]
        before = np.concatenate([[0], np.cumsum(postings)])  # how many postings are kept before each
        weights = replace(
            weights,
            indptr=before[weights.indptr],
            clauses=weights.clauses[postings],
            weights=weights.weights[postings],
        )
        covered = kept if self._covered is None else kept & self._covered
        return BM25Retriever(self._table, weights, self._lexicon, self.name, covered)

    def search(self, query: QueryText | str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        text = text_query(query, self._lexicon) if isinstance(query, str) else query
        return as_hits(self._table, self.name, self.open(text)(limit, scope))

    def open(self, query: QueryText) -> Ranker:
        if self._lexicon is None:
            query = replace(query, expansions=())
        terms = weighted_terms(query, self.weights.vocabulary)
        bound = self.weights.upper_bound(terms.best)
        opened = BM25Query(self._table, self.weights.terms(terms.counts), bound, self._covered)
        return lambda limit, scope: opened.rank(limit, self._table.inside(scope))
