"""The leg by words: Milvus lists clauses by our own term weights, and their scores are added up here.

The few terms that stand in half of all clauses or more can have a weight of zero or below, which no index of inner
products may hold. Their postings stay here.
"""

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from index.clause_table import ClauseTable, Positions
from index.engines.bm25 import BM25Weights, QueryTerms, weighted_terms
from index.engines.milvus.collection import WEIGHTS, Partition
from index.engines.milvus.cut import MOST, Listed, Span, candidates
from index.engines.milvus.filters import Numbers, both, in_span
from index.lexicon.expansion import Lexicon
from index.query import QueryText, text_query
from index.retriever import EVERYTHING, Hit, Scope, Source
from index.scorer import Ranker, Scores, as_hits

_UNIT = 2.0**-23  # single precision, of a sum of positive weights: this for each of its terms


class MilvusLexical:
    """BM25 over postings in Milvus. Satisfies `LexicalLeg`; safe from several threads."""

    def __init__(
        self,
        partition: Partition,
        table: ClauseTable,
        numbers: Numbers,
        *,
        weights: BM25Weights,
        kept: BM25Weights,
        lexicon: Lexicon | None,
        name: str,
        covered: NDArray[np.bool_] | None,
        condition: str = "",
        most: int = MOST,
    ) -> None:
        """`weights` has no postings, `kept` those that Milvus does not hold; `condition` says which rows are looked at.

        `covered` says which clauses have a text here, bool [clauses]; None for all of them.
        """
        self.name = name
        self.weights = weights
        self._kept = kept
        self._partition = partition
        self._table = table
        self._numbers = numbers
        self._lexicon = lexicon
        self._covered = covered
        self._condition = condition
        self._most = most

    def without_lexicon(self) -> "MilvusLexical":
        """The same, where a query is looked up under its own words alone."""
        return self._with(None, self._covered, self._condition)

    def restricted(self, kept: NDArray[np.bool_]) -> "MilvusLexical":
        """The same over clauses without a record, which are those that are kept, bool [clauses]."""
        covered = kept if self._covered is None else kept & self._covered
        return self._with(self._lexicon, covered, both(self._condition, "recorded == false"))

    def _with(self, lexicon: Lexicon | None, covered: NDArray[np.bool_] | None, condition: str) -> "MilvusLexical":
        partition, table, numbers = self._partition, self._table, self._numbers
        return MilvusLexical(
            partition,
            table,
            numbers,
            weights=self.weights,
            kept=self._kept,
            lexicon=lexicon,
            name=self.name,
            covered=covered,
            condition=condition,
            most=self._most,
        )

    def search(self, query: QueryText | str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        text = text_query(query, self._lexicon) if isinstance(query, str) else query
        return as_hits(self._table, self.name, self.open(text)(limit, scope))

    def open(self, query: QueryText) -> Ranker:
        if self._lexicon is None:
            query = replace(query, expansions=())
        terms = weighted_terms(query, self.weights.vocabulary)
        asked = {
            self.weights.vocabulary[token]: float(count)
            for token, count in terms.counts.items()
            if self._is_listed(token)
        }
        here = self._kept.postings(terms.counts)
        # What Milvus does not know of, zero or below, [clauses]; None where there is nothing, as in most corpora.
        local = here.scores(len(self._table)) if len(here.clauses) else None
        upper_bound = self.weights.upper_bound(terms.best)
        score_clauses = partial(self._scores, terms, asked)

        def rank(limit: int, scope: Scope) -> Scores:
            positions = np.zeros(0, np.intp)
            if limit > 0 and asked:
                listed = partial(self._list, asked, local, both(self._condition, self._numbers.filter(scope)))
                positions = candidates(listed, limit, Span(0, len(self._table)), self._most)
            values = score_clauses(positions)
            if local is not None and np.count_nonzero(values > 0) < limit:
                # What holds nothing but terms of no weight has matched all the same.
                positions = np.union1d(positions, self._matched_here(here.clauses, scope)).astype(np.intp)
                values = score_clauses(positions)
            best = self._table.best_first(positions, values, limit)
            bound = max(upper_bound, float(values[best[0]]) if len(best) else 0.0)
            return Scores(positions[best], values[best], bound, score_clauses, _nowhere)

        return rank

    def _is_listed(self, token: str) -> bool:
        """Whether Milvus holds the term's postings."""
        t = self.weights.vocabulary.get(token)
        return t is not None and bool(self.weights.idf[t] > 0)

    def _list(
        self, asked: dict[int, float], local: NDArray[np.float64] | None, condition: str, depth: int, span: Span
    ) -> Listed:
        whole = Span(0, len(self._table))
        found = self._partition.search(WEIGHTS, asked, depth, both(condition, in_span(span, whole)))
        positions = found.clauses.astype(np.intp)
        bound = float(found.scores[-1]) if len(positions) else 0.0
        highest = float(found.scores[0]) if len(positions) else 0.0
        error = highest * (len(asked) + 2) * _UNIT
        rough = found.scores if local is None else found.scores + local[positions]
        return Listed(positions, rough, bound + error, error, len(positions) < depth)

    def _matched_here(self, clauses: NDArray[np.int32], scope: Scope) -> Positions:
        positions = np.unique(clauses).astype(np.intp)
        if self._covered is not None:
            positions = positions[self._covered[positions]]
        inside = self._table.inside(scope)
        return positions if inside is None else np.intersect1d(positions, inside, assume_unique=True)

    def _scores(self, terms: QueryTerms, asked: dict[int, float], some: Positions) -> NDArray[np.float64]:
        """BM25 of some clauses, float64 [some]; NaN for those that have no text here."""
        values = np.full(len(some), np.nan)
        covered = np.ones(len(some), bool) if self._covered is None else self._covered[some]
        positions = some[covered]
        if not len(positions):
            return values
        owners, tokens, shares = self._held(terms, asked, positions)
        # In the order of the query's tokens, as the embedded engine adds them up: equal to the last bit.
        order = np.argsort(tokens, kind="stable")
        values[covered] = np.bincount(owners[order], shares[order], minlength=len(positions))
        return values

    def _held(
        self, terms: QueryTerms, asked: dict[int, float], positions: Positions
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
        """Which of the clauses holds which token of the query, and what that adds to its score."""
        rank = {token: r for r, token in enumerate(terms.counts)}
        owners, tokens, shares = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)], [np.zeros(0, np.float32)]
        if asked:
            rows = self._partition.rows(positions)
            known = np.array(sorted(asked), np.int64)
            counts = np.array([asked[t] for t in known.tolist()], np.float32)
            names = [token for token in terms.counts if self._is_listed(token)]
            ranks = {self.weights.vocabulary[token]: rank[token] for token in names}
            at = np.searchsorted(known, rows.terms)
            held = known[np.minimum(at, len(known) - 1)] == rows.terms
            owners.append(np.repeat(np.arange(len(positions)), rows.counts)[held])
            tokens.append(np.array([ranks[t] for t in known.tolist()], np.intp)[at[held]])
            shares.append(rows.weights[held] * counts[at[held]])
        for token, count in terms.counts.items():
            here = self._kept.postings({token: count})
            if len(here.clauses):
                at = np.minimum(np.searchsorted(here.clauses, positions), len(here.clauses) - 1)
                inside = np.flatnonzero(here.clauses[at] == positions)
                owners.append(inside)
                tokens.append(np.full(len(inside), rank[token], np.intp))
                shares.append(here.weights[at[inside]])
        return np.concatenate(owners), np.concatenate(tokens), np.concatenate(shares)


def _nowhere(_: int) -> Source:
    return Source()
