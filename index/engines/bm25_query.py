"""One query over BM25's weights: the best clauses in a scope, and the score of any.

Where a query has few postings they are all added up, once, and every scope reads the same sums. Where it has many, as
over a million clauses, the best are searched for (`maxscore`), or only the postings inside a scope are looked at. All
ways give the same scores, to the last bit.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.clause_table import ClauseTable, Positions
from index.engines.inside import Inside, scopes
from index.engines.maxscore import best_clauses, exact_scores
from index.engines.terms import Terms
from index.retriever import Source
from index.scorer import Scores

PRUNED = 500_000  # postings of a query up to which adding all of them up is faster than searching for the best
_STRETCHES = 20_000  # of a scope × terms, up to which each is looked up in each

Values = NDArray[np.float64]


class Postings(NamedTuple):
    """Where the tokens of a query stand: a clause comes once for each token that it holds."""

    clauses: NDArray[np.int32]  # [postings] positions
    weights: NDArray[np.float32]  # [postings] what each adds to the score

    def scores(self, size: int) -> Values:
        """BM25 of every clause, float64 [size]; higher is better.

        For the counts of a query's tokens it equals `BM25Okapi.get_scores` of these within float tolerance.
        """
        return np.bincount(self.clauses, self.weights, minlength=size).astype(np.float64, copy=False)

    def matched(self, size: int) -> NDArray[np.bool_]:
        """Which clauses share a token with the query, bool [size]; a score of 0 does not mean "no match"."""
        matched = np.zeros(size, dtype=bool)
        matched[self.clauses] = True
        return matched


def postings_of(terms: Terms) -> Postings:
    """All postings of all terms."""
    lists = terms.lists()
    if not lists:
        return Postings(np.zeros(0, np.int32), np.zeros(0, np.float32))
    return Postings(np.concatenate([term.clauses for term in lists]), np.concatenate([term.added() for term in lists]))


class BM25Query:
    """A query as BM25 reads it. `rank` is a `Ranker`; not to be used by several threads at once."""

    def __init__(self, table: ClauseTable, terms: Terms, upper_bound: float, covered: NDArray[np.bool_] | None) -> None:
        """`covered` are the clauses that have a text, [clauses]; None for all of them."""
        self._table = table
        self._terms = terms
        self._upper_bound = upper_bound
        self._covered = covered
        self._postings = terms.postings
        self._summed: tuple[Postings, Values] | None = None
        # A weight of 0 or less, which rank-bm25 gives to a term of half the clauses, takes the bounds their meaning.
        if self._postings <= PRUNED or min(terms.highest, default=1.0) <= 0:
            postings = postings_of(terms)
            self._summed = postings, postings.scores(len(table))

    def rank(self, limit: int, inside: Positions | None) -> Scores:
        """The `limit` best clauses inside these positions that share a token with the query."""
        positions, values = self._best(limit, inside)
        best = self._table.best_first(positions, values, limit)
        top, values = positions[best], values[best]
        bound = max(self._upper_bound, float(values[0]) if len(values) else 0.0)
        return Scores(top, values, bound, self.score_clauses, _nowhere)

    def score_clauses(self, some: Positions) -> Values:
        """The scores of any clauses; NaN for those without a text."""
        scores = self._summed[1][some] if self._summed else exact_scores(self._terms, some)
        return scores if self._covered is None else np.where(self._covered[some], scores, np.nan)

    def _best(self, limit: int, inside: Positions | None) -> tuple[Positions, Values]:
        """Positions that hold the `limit` best, and their scores."""
        if limit < 1 or not len(self._terms) or (inside is not None and not len(inside)):
            return np.zeros(0, np.intp), np.zeros(0)
        if self._summed:
            return self._best_summed(*self._summed, limit, inside)
        if inside is None:
            return self._searched(limit, None)
        scope = scopes.of(inside, len(self._table))
        if self._few(scope):
            postings = _within(self._terms, scope)
            positions, values = self._best_summed(postings, postings.scores(len(inside)), limit, None)
            return inside[positions], values
        return self._searched(limit, scope.marks)

    def _few(self, scope: Inside) -> bool:
        """Whether what the scope holds of the query is soon looked up and added up."""
        held = self._postings * len(scope.positions) / scope.size
        return held <= PRUNED and scope.number_of_stretches * len(self._terms) <= _STRETCHES

    def _best_summed(
        self, postings: Postings, scores: Values, limit: int, inside: Positions | None
    ) -> tuple[Positions, Values]:
        inner = scores if inside is None else scores[inside]
        found = top_positions(inner, limit)
        if len(found) < limit:  # a score of 0 is not "no match": rank-bm25 gives it to a term of half the clauses
            matched = postings.matched(len(scores))
            found = np.flatnonzero(matched if inside is None else matched[inside])
        return found if inside is None else inside[found], inner[found]

    def _searched(self, limit: int, marks: NDArray[np.bool_] | None) -> tuple[Positions, Values]:
        positions = best_clauses(self._terms, limit, len(self._table), marks)
        return positions, exact_scores(self._terms, positions)


def _within(terms: Terms, scope: Inside) -> Postings:
    """The postings inside a scope, where a clause is told by its place among those inside."""
    firsts, ends = scope.stretches
    before = firsts - np.concatenate([[0], np.cumsum(ends - firsts)[:-1]])  # clauses left out before each stretch
    clauses, weights = [np.zeros(0, np.int32)], [np.zeros(0, np.float32)]
    for term in terms.lists():
        starts = term.clauses.searchsorted(firsts)
        lengths = term.clauses.searchsorted(ends) - starts
        offsets = np.cumsum(lengths) - lengths
        rows = np.repeat(starts - offsets, lengths) + np.arange(lengths.sum())
        clauses.append((term.clauses[rows] - np.repeat(before, lengths)).astype(np.int32))
        weights.append(term._replace(weights=term.weights[rows]).added())
    return Postings(np.concatenate(clauses), np.concatenate(weights))


def top_positions(scores: NDArray[Any], limit: int) -> NDArray[np.intp]:
    """Positions of the `limit` highest positive scores and of everything tied with the last one, in no order."""
    if limit < 1 or not scores.size:
        return np.zeros(0, dtype=np.intp)
    # Where half the best score is beaten often enough, the rest need not be looked at.
    found = np.flatnonzero(scores > max(scores.max() / 2, 0))
    if len(found) < limit:
        found = np.flatnonzero(scores > 0)
    if len(found) <= limit:
        return found
    chosen = scores[found]
    last = np.partition(chosen, len(chosen) - limit)[len(chosen) - limit]
    return np.asarray(found[chosen >= last])


def _nowhere(_: int) -> Source:
    return Source()
