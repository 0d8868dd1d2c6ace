"""From a candidate to ranked clauses, every query searched once in every scope."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, partial

from assistant.question.history import depends_on_history, merge_by_mean
from assistant.question.question import Reading
from assistant.retrieval.covering import transmitting_last
from assistant.retrieval.not_asked import without_not_asked
from assistant.retrieval.result import Candidate, RetrievalResult, no_hit, share_of
from assistant.retrieval.rows import named_first
from assistant.thresholds import Thresholds
from corpus.addresses.references import read_parts
from corpus.clause import Clause
from corpus.places.gazetteer import NATIONAL, lies_within
from index.fusion import DEPTH, FusedQuery
from index.index import Index
from index.query import Query
from index.reranking.reranker import RerankedQuery
from index.retriever import Hit, Scope

MAX_CLAUSES = 3  # cited in one answer: with three quotes from each, more than a screen
MAX_PLACES = 5  # cited for a question that names none, or asks which have it: their names stand in its first line


class Searches:
    """The searches of one question: no query is read by the legs twice, nor searched twice in one scope."""

    def __init__(self, index: Index, limit: int) -> None:
        self.index = index
        self._limit = max(limit, DEPTH)
        self._opened: dict[str, RerankedQuery | FusedQuery] = {}
        self._found: dict[tuple[str, Scope], Sequence[Hit]] = {}

    def hits(self, query: Query, scope: Scope) -> Sequence[Hit]:
        """Best first."""
        key = (query.normal, scope)
        if key not in self._found:
            if query.normal not in self._opened:
                self._opened[query.normal] = self.index.open(query)
            self._found[key] = self._opened[query.normal].search(limit=self._limit, scope=scope)
        return self._found[key]


def retrieve(
    reading: Reading, candidate: Candidate, searches: Searches, limit: int, thresholds: Thresholds
) -> RetrievalResult:
    """At most `limit` hits, but all clauses that the question names by number, which come first with score 1."""
    query, scope, used_history = candidate.query, candidate.scope, candidate.query is reading.in_context
    hits = searches.hits(query, scope)
    if candidate.joined is not None:
        joined = searches.hits(candidate.joined, scope)
        if depends_on_history(hits, joined, thresholds.depends_on_history):
            query, used_history, hits = candidate.joined, True, merge_by_mean(hits, joined)
    hits = without_not_asked(transmitting_last(hits), query, searches.index)
    for said in dict.fromkeys((query.normal, reading.normal)):  # what was said before names a row too
        hits = named_first(hits, said, searches.index)
    references = reading.references
    parts = read_parts(reading.meant, hits[0].clause) if hits and not references.names_clause else ()
    named = list(dict.fromkeys(searches.index.corpus.find(key)[0].id for key in references.ids))
    if named:
        by_id = {hit.clause.id: hit for hit in hits}
        first = (by_id.get(key) or Hit(searches.index.corpus.clause(key), 0.0) for key in named)
        hits = [*(replace(hit, score=1.0) for hit in first), *(hit for hit in hits if hit.clause.id not in named)]
    most = max(limit, len(named))
    return RetrievalResult(
        reading,
        candidate,
        query,
        used_history,
        hits if len(hits) <= most else hits[:most],
        no_hit if named else cache(partial(_best_outside_scope, query, scope, hits, searches, reading)),
        _best_per_place(candidate.places.covered, hits),
        parts,
    )


def without_hits(reading: Reading, candidate: Candidate) -> RetrievalResult:
    """The result for a message in which there is nothing to search."""
    return RetrievalResult(reading, candidate, candidate.query, False, [])


def _best_outside_scope(
    query: Query, scope: Scope, hits: Sequence[Hit], searches: Searches, reading: Reading
) -> Hit | None:
    """The best clause outside the place, or the document, that was asked for, unless one inside scores as high."""
    named = bool(reading.references.documents)
    if scope.jurisdictions is None and not named:
        return None
    anywhere = searches.hits(query, Scope(reading.in_force if named else scope.documents))
    best = next((hit for hit in anywhere if not scope.admits(hit.clause)), None)
    return best if best and (not hits or best.score > hits[0].score) else None


def _best_per_place(places: Sequence[str], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """For a question that names several places the best clause of each, in the order of the places."""
    if len(places) < 2:
        return ()
    best = (_best_of(place, hits) for place in places)
    return tuple({hit.clause.id: hit for hit in best if hit}.values())


def _best_of(place: str, hits: Sequence[Hit]) -> Hit | None:
    """The best clause of a place itself, or else of a place inside it: 黑龙江 by 哈尔滨."""
    own = next((hit for hit in hits if place in hit.clause.jurisdiction), None)
    return own or next((hit for hit in hits if any(lies_within(name, place) for name in hit.clause.jurisdiction)), None)


def places_without_citation(places: Sequence[str], cited: Iterable[Clause]) -> tuple[str, ...]:
    """Those of the places of which nothing is cited, not even of the province or city above, or of the state."""
    said = {name for clause in cited for name in clause.jurisdiction}
    if NATIONAL in said:
        return ()
    return tuple(
        place for place in places if not any(lies_within(name, place) or lies_within(place, name) for name in said)
    )


def hits_to_cite(found: RetrievalResult, thresholds: Thresholds) -> list[Hit]:
    """Those named, or the first with those that answer as well, of this or of the other places; best first."""
    first, reading = found.hits[0], found.reading
    if reading.references.ids:
        named = set(reading.references.ids)
        return [
            hit for hit in found.hits if not named.isdisjoint((hit.clause.id, *(p.id for p in hit.clause.all_parts())))
        ]
    if len(found.best_per_place) > 1:
        beside = [hit for hit in found.best_per_place if hit.score >= share_of(first.score, thresholds.side_by_side)]
        return beside if len(beside) > 1 else [first]
    if "which_place" in reading.intents:
        equal: dict[tuple[str, ...], Hit] = {}
        for hit in found.hits:
            if hit.score >= share_of(first.score, thresholds.equally_good):
                equal.setdefault(hit.clause.jurisdiction, hit)
        return list(equal.values())[:MAX_PLACES]
    if "several_clauses" not in reading.intents:
        return [first]
    return [
        first,
        *(hit for hit in found.hits[1:MAX_CLAUSES] if hit.score >= share_of(first.score, thresholds.equally_good)),
    ]


def is_off_topic(found: RetrievalResult, thresholds: Thresholds) -> bool:
    """Whether nothing in the question is about any government matter that the lexicon or the documents know."""
    if found.reading.references.names_clause:
        return False
    if found.places.covered or found.used_history or found.query.expansions:
        return False
    return not found.hits or found.hits[0].score < thresholds.off_topic
