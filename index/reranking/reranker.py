"""The first clauses of the fusion in a better order: a linear model over how each word of the question is answered.

What a leg can spend on every clause tells which clauses are about the matter. Which of the first ones answers shows
when each word of the question is held against each sentence, which forty clauses can be given and sixty thousand not.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.alignment import ClauseWords, TokenAlignment
from index.clause_table import ClauseTable, Positions
from index.fusion import FusedQuery, FusedRetriever, Ranking
from index.query import Query, QueryReader
from index.reranking.features import word_features
from index.reranking.model import Values, load_model
from index.reranking.word_match import AskedWords, match_words
from index.retriever import EVERYTHING, Hit, Scope
from index.text.statements import asked_for

# Clauses put in order: of the right ones among the first hundred, on questions over 142 real documents, 93 % and 96 %.
DEPTH = 40
# Fewer where they hold more words than this, but at least so many. Clauses with long records, of 600 words, need no
# more than four or five (own questions: success@1 .982, with ten .980); the others hold 80 words.
_WORDS, _LEAST = 3500, 4

Idf = Callable[[Sequence[str]], NDArray[np.float64]]


class Reranker:
    """Orders the first clauses of the fusion anew, at most `DEPTH`. Satisfies `Retriever`; safe from several threads.

    Scores are comparable within one result, higher is better. How many are put in order does not depend on the limit,
    so that a longer list extends a shorter one; those behind stay in the order of the fusion, below the last that was
    looked at, as far below one another as they were. `Hit.features` has what a score was made of, and is empty of those
    behind.
    """

    def __init__(
        self,
        table: ClauseTable,
        fused: FusedRetriever,
        reader: QueryReader,
        idf: Idf,
        alignment: TokenAlignment,
        *,
        records: bool,
    ) -> None:
        """`idf` gives that of tokens, [tokens]; `records` says whether the records' lines count as sentences."""
        self._table = table
        self._fused = fused
        self._reader = reader
        self._idf = idf
        self._alignment = alignment
        self._spoken = alignment.text.beside(alignment.records) if records else alignment.text
        self._lengths = self._spoken.lengths()
        self._model = load_model()

    def search(self, query: Query | str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        return list(self.open(self._reader.as_query(query)).search(limit=limit, scope=scope))

    def open(self, query: Query) -> "RerankedQuery":
        """The query as all legs read it, to be searched in several scopes."""
        return RerankedQuery(self, self._fused.open(query), self.matches(query))

    def matches(self, query: Query) -> "Matches":
        """What the query's words say of the clauses, to be asked of some at a time."""
        return Matches(lambda some: self.match(query, self._spoken.take(some), self._alignment.context.take(some)))

    def rerank(self, matches: "Matches", found: Ranking, scope: Scope) -> Ranking:
        """The same clauses, at least one, in the order of their new scores."""
        first = found.positions[: self._depth(found.positions)]
        features = self._features(matches, found, first, scope)
        scores = self._model.scores(features, len(first))
        order = self._table.best_first(first, scores, len(first))
        below = np.nextafter(scores[order[-1]], -np.inf)  # nobody behind ties with the last, whatever their ids
        behind = below - (found.scores[len(first) - 1] - found.scores[len(first) :])
        return found.reordered(
            np.concatenate([order, np.arange(len(first), len(found))]),
            np.concatenate([scores[order], behind]),
            {name: values[order] for name, values in features.items()},
        )

    def _depth(self, positions: Positions) -> int:
        """How many of the clauses are looked at."""
        held = np.cumsum(self._lengths[positions[:DEPTH]])
        return max(int(np.searchsorted(held, _WORDS, side="right")), _LEAST)

    def match(self, query: Query, spoken: ClauseWords, context: ClauseWords) -> Mapping[str, Values]:
        """What the query's words say of some clauses, or of anything else that is made of the words of clauses."""
        kinds = asked_for(query.normal)
        match = match_words(self._asked(query, kinds), spoken, context, self._alignment.vectors)
        return word_features(query.normal, kinds, match)

    def _features(self, matches: "Matches", found: Ranking, first: Positions, scope: Scope) -> Mapping[str, Values]:
        return {
            "fused": found.scores[: len(first)],
            **{name: share[: len(first)] for name, share in found.shares.items()},
            **matches.of(first),
            "preferred_place": self._preferred(first, scope),
            "local": self._table.local[first],
        }

    def _asked(self, query: Query, kinds: int) -> AskedWords:
        """The words weighted by idf; alike where none is worth anything, and one like no other where there is none."""
        if not query.words:
            return AskedWords(np.zeros((1, len(query.vector)), np.float32), np.ones(1, np.float32), kinds)
        idf = self._idf(query.words)
        weights = idf / idf.sum() if idf.any() else np.full(len(idf), 1 / len(idf))
        return AskedWords(query.word_vectors, weights.astype(np.float32), kinds)

    def _preferred(self, positions: Positions, scope: Scope) -> Values:
        if not scope.preferred:
            return np.zeros(len(positions))
        clauses = (self._table.clauses[position] for position in positions.tolist())
        return np.array([not scope.preferred.isdisjoint(clause.jurisdiction) for clause in clauses], float)


class Matches:
    """What the words of one query say of clauses. No clause is looked at twice, however many searches find it."""

    def __init__(self, match: Callable[[Positions], Mapping[str, Values]]) -> None:
        self._match = match
        self._names: tuple[str, ...] = ()
        self._rows: dict[int, Values] = {}  # of each clause looked at its features, by position

    def of(self, positions: Positions) -> Mapping[str, Values]:
        """By name, [positions]; at least one."""
        if len(new := np.array([one for one in positions.tolist() if one not in self._rows], np.intp)):
            found = self._match(new)
            self._names = tuple(found)
            self._rows.update(zip(new.tolist(), np.array(list(found.values())).T, strict=True))
        columns = np.array([self._rows[one] for one in positions.tolist()]).T
        return dict(zip(self._names, columns, strict=True))


class RerankedQuery:
    """One query over all legs, put in order."""

    def __init__(self, reranker: Reranker, fused: FusedQuery, matches: Matches) -> None:
        self._reranker = reranker
        self._fused = fused
        self._matches = matches

    def search(self, *, limit: int, scope: Scope = EVERYTHING) -> Sequence[Hit]:
        """At most `limit` hits inside the scope, in the total order."""
        if limit < 1:
            return ()
        found = self._fused.search(limit=max(limit, DEPTH), scope=scope)
        ranking = self._reranker.rerank(self._matches, found, scope) if found else found
        return ranking if len(ranking) <= limit else ranking[:limit]
