"""The lexical leg: BM25 as `rank_bm25.BM25Okapi` defines it, laid into a sparse matrix at build.

`BM25Okapi.get_scores` walks every clause in Python for every query (250 ms over 59,302 articles). The weight
of a term in a clause does not depend on the query, so it is computed once; a query only adds columns.
Formula: Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with
rank-bm25's floor for negative idf.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from corpus.load import Corpus
from index.engines.selection import admitted_positions, top_positions
from index.lexicon.expansion import expansions
from index.retriever import EVERYTHING, Hit, Scope, ranked
from index.scorer import Scored, Scores, as_hits
from index.text.tokenizer import tokenize

NAME = "bm25"
TITLE_WEIGHT = 2
EXPANSION = 0.5  # of a word's weight, for what else the lexicon calls it
SATURATION = 2.5  # k1 + 1 of BM25Okapi: what idf × tf tends to


@dataclass(frozen=True, slots=True)
class BM25Weights:
    """A term × clause matrix in compressed columns: the postings of term t are `indptr[t]:indptr[t + 1]`."""

    vocabulary: Mapping[str, int]
    indptr: NDArray[np.int64]  # [terms + 1]
    clauses: NDArray[np.int32]  # [postings] clause positions, ascending within a term
    weights: NDArray[np.float32]  # [postings] contribution to the score, may be 0
    idf: NDArray[np.float32]  # [terms]
    rarest: float = field(init=False)  # idf of the rarest term, which an unknown token counts as

    def __post_init__(self) -> None:
        object.__setattr__(self, "rarest", max(float(self.idf.max()), 0.0) if self.idf.size else 0.0)

    def scores(self, counts: Mapping[str, float], size: int) -> NDArray[np.float64]:
        """BM25 of every clause, [size], each token as often as `counts` says; higher is better.

        For `Counter(tokens)` it equals `BM25Okapi.get_scores(tokens)` within float tolerance.
        """
        known = [(t, n) for token, n in counts.items() if (t := self.vocabulary.get(token)) is not None]
        if not known:
            return np.zeros(size)
        spans = [(slice(self.indptr[t], self.indptr[t + 1]), n) for t, n in known]
        clauses = np.concatenate([self.clauses[span] for span, _ in spans])
        weights = np.concatenate([self.weights[span] if n == 1 else self.weights[span] * n for span, n in spans])
        return np.bincount(clauses, weights, minlength=size).astype(np.float64, copy=False)

    def matched(self, tokens: Iterable[str], size: int) -> NDArray[np.bool_]:
        """Which clauses share a token with the query, [size]; a score of 0 does not mean "no match"."""
        found = np.zeros(size, dtype=bool)
        for t in {t for token in tokens if (t := self.vocabulary.get(token)) is not None}:
            found[self.clauses[self.indptr[t] : self.indptr[t + 1]]] = True
        return found

    def ceiling(self, counts: Mapping[str, float]) -> float:
        """The score of a text that repeats every token without end; an unknown token counts as the rarest one."""
        return sum(self._idf(token) * n for token, n in counts.items()) * SATURATION

    def share(self, asked: Set[str], found: Set[str]) -> float:
        """Share of the asked tokens' idf mass that is among the found ones, 0..1; unknown tokens count as unfound."""
        mass = {token: self._idf(token) for token in asked}
        total = sum(mass.values())
        return sum(weight for token, weight in mass.items() if token in found) / total if total else 0.0

    def idf_of(self, tokens: Sequence[str]) -> NDArray[np.float64]:
        """Their idf, [tokens], 0 or more; an unknown token counts as the rarest one."""
        return np.array([self._idf(token) for token in tokens])

    def _idf(self, token: str) -> float:
        t = self.vocabulary.get(token)
        return self.rarest if t is None else max(float(self.idf[t]), 0.0)  # a few tiny corpora have a negative floor


def bm25_weights(texts: Sequence[Sequence[str]]) -> BM25Weights:
    """Lay BM25Okapi's weights over tokenised texts into a matrix. An empty corpus gives an empty matrix."""
    if not any(texts):
        empty = np.zeros(0)
        return BM25Weights(
            {}, np.zeros(1, np.int64), empty.astype(np.int32), empty.astype(np.float32), empty.astype(np.float32)
        )
    from rank_bm25 import BM25Okapi  # noqa: PLC0415  (pulled in at build only)

    okapi = BM25Okapi(texts)
    vocabulary = {term: t for t, term in enumerate(sorted(okapi.idf))}
    clauses = np.fromiter((c for c, row in enumerate(okapi.doc_freqs) for _ in row), np.int32)
    terms = np.fromiter((vocabulary[w] for row in okapi.doc_freqs for w in row), np.int64)
    tf = np.fromiter((n for row in okapi.doc_freqs for n in row.values()), np.float64)
    idf = np.array([okapi.idf[term] for term in vocabulary])
    length = np.asarray(okapi.doc_len, np.float64)[clauses]
    saturated = tf * (okapi.k1 + 1) / (tf + okapi.k1 * (1 - okapi.b + okapi.b * length / okapi.avgdl))
    order = np.argsort(terms, kind="stable")
    indptr = np.concatenate([[0], np.cumsum(np.bincount(terms, minlength=len(vocabulary)))])
    weights = (idf[terms] * saturated).astype(np.float32)
    return BM25Weights(vocabulary, indptr, clauses[order], weights[order], idf.astype(np.float32))


def indexed_text(clause: Clause, document_title: str) -> list[str]:
    """Tokens of a clause with its fields; a field counts as often as its weight says (BM25F by repetition)."""
    fields = (document_title, " ".join(clause.jurisdiction), clause.number, *clause.path)
    tokens = tokenize(clause.text) + tokenize(clause.title) * TITLE_WEIGHT
    for text in dict.fromkeys(fields):
        if text not in clause.title:  # a row of a plain corpus has one title, which says all of these
            tokens.extend(tokenize(text))
    return tokens


def build_bm25(corpus: Corpus) -> "BM25Retriever":
    """Tokenise every clause with its fields and lay out the weights."""
    titles = {document.id: document.title for document in corpus.documents}
    texts = [indexed_text(clause, titles[clause.document_id]) for clause in corpus.clauses]
    return BM25Retriever(corpus.clauses, bm25_weights(texts))


@dataclass(frozen=True, slots=True)
class Asked:
    """The tokens of a query: how often each counts, and how often in the best conceivable text."""

    counts: Mapping[str, float]
    best: Mapping[str, float]


def asked(query: str, vocabulary: Mapping[str, int]) -> Asked:
    """The query's own tokens, and those of its expansions at `EXPANSION` of a word's weight.

    An English term that the corpus does not know gives its place to its first translation, at full weight.
    """
    counts: dict[str, float] = dict(Counter(tokenize(query)))
    own, best = set(counts), dict(counts)
    for expansion in expansions(query):
        foreign = [token for token in tokenize(expansion.found) if token not in vocabulary] if expansion.english else []
        for token in foreign:
            counts.pop(token, None)
            best.pop(token, None)
        for rank, term in enumerate(expansion.words):
            instead = bool(foreign) and rank == 0
            for token in tokenize(term):
                counts[token] = max(counts.get(token, 0.0), 1.0 if instead else EXPANSION)
                if instead and token not in own:
                    best[token] = 1.0
    return Asked(counts, best)


class BM25Retriever:
    """Ranks clauses by BM25 over their tokens. Satisfies `Retriever` and `Leg`."""

    def __init__(
        self, clauses: Sequence[Clause], weights: BM25Weights, name: str = NAME, *, expand: bool = True
    ) -> None:
        self.name = name
        self._expand = expand  # whether the lexicon and the glossary are asked
        self._clauses = clauses
        self._positions = {clause.id: position for position, clause in enumerate(clauses)}
        self.weights = weights

    def search(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        return as_hits(self.name, self.score(query, limit=limit, scope=scope))

    def score(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> Scores:
        own = Counter(tokenize(query))
        tokens = asked(query, self.weights.vocabulary) if self._expand else Asked(own, own)
        scores = self.weights.scores(tokens.counts, len(self._clauses))
        admitted = None if scope == EVERYTHING else admitted_positions(self._clauses, scope)
        if admitted is not None:
            scores[~admitted] = 0
        found = top_positions(scores, limit)
        if len(found) < limit:  # a score of 0 is not "no match": rank-bm25 gives it to a term of half the clauses
            matched = self.weights.matched(tokens.counts, len(self._clauses))
            found = np.flatnonzero(matched if admitted is None else matched & admitted)
        pairs = zip(scores[found].tolist(), found.tolist(), strict=True)
        best = ranked((Scored(score, self._clauses[i]) for score, i in pairs), limit)
        ceiling = max(self.weights.ceiling(tokens.best), best[0].score if best else 0.0)

        def of(clauses: Sequence[Clause]) -> list[Scored]:
            known = ((clause, self._positions.get(clause.id)) for clause in clauses)
            return [Scored(float(scores[position]), clause) for clause, position in known if position is not None]

        return Scores(best, ceiling, of)
