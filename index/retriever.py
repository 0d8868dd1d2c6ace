"""The one plug point: a query goes in, ranked clauses come out.

BM25, dense, their fusion and any scale-out engine satisfy `Retriever`; the laws in its docstring are
a test suite that an engine inherits, `index.engines.contract`.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

from corpus.clause import Clause
from index.query import Query

UNPLACED = ""  # in a scope, the jurisdiction of clauses of which it is unknown where they apply


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search may return. `None` means no limit; an empty set admits nothing.

    A clause is inside when its document is named and it shares at least one jurisdiction, one without any when the
    scope names `UNPLACED`. Whoever puts clauses in order lets those of a `preferred` jurisdiction come first: what a
    city rules itself answers before what applies everywhere.
    """

    documents: frozenset[str] | None = None
    jurisdictions: frozenset[str] | None = None
    preferred: frozenset[str] = frozenset()

    @property
    def admits_everything(self) -> bool:
        """Whether it leaves nothing out."""
        return self.documents is None and self.jurisdictions is None

    def admits(self, clause: Clause) -> bool:
        return (self.documents is None or clause.document_id in self.documents) and (
            self.jurisdictions is None or not self.jurisdictions.isdisjoint(places_of(clause))
        )


EVERYTHING = Scope()


def places_of(clause: Clause) -> tuple[str, ...]:
    """The names by which a scope admits a clause."""
    return clause.jurisdiction or (UNPLACED,)


class Source(NamedTuple):
    """Which text of a clause a score comes from, where a leg looks at several."""

    part_id: str | None = None
    field: str | None = None  # of `passages.FIELDS`


@dataclass(frozen=True, slots=True)
class LegScore:
    """What one leg said of a clause: its rank (from 1) and raw score (higher is better)."""

    rank: int
    score: float
    find_source: Callable[[], Source] = dataclasses.field(default=Source, repr=False, compare=False)

    @property
    def part_id(self) -> str | None:
        """The part that scored best, where the leg looks at parts; worked out when asked for."""
        return self.find_source().part_id

    @property
    def field(self) -> str | None:
        """Which text of the clause scored best, where the leg looks at several; worked out when asked for."""
        return self.find_source().field


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause with its score (命中); higher is better, comparable within one result only.

    `features` are what its score was made of, where a re-ranker looked at it.
    """

    clause: Clause
    score: float
    legs: Mapping[str, LegScore] = dataclasses.field(default_factory=dict)
    features: Mapping[str, float] = dataclasses.field(default_factory=dict, repr=False, compare=False)


class Retriever(Protocol):
    """Ranks clauses for a query.

    Laws, for every implementation:
    - at most `limit` hits, no clause twice, in the total order of `ranked`;
    - the same query gives the same result, in any process, thread or hash seed;
    - a blank query gives no hit; a lexical leg returns only clauses that share a token with the query
      or with what the lexicon calls its words;
    - a dense score is the cosine of query and text in its context (`dense.smooth_with_neighbours`) within 1e-5;
    - build → save → open gives equal hits;
    - nothing outside `scope` is ever returned, and the scope is applied before the limit.
    """

    def search(self, query: Query | str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]: ...


class _Scored(Protocol):
    @property
    def score(self) -> float: ...
    @property
    def clause(self) -> Clause: ...


S = TypeVar("S", bound=_Scored)


def ranked(found: Iterable[S], limit: int | None = None) -> list[S]:
    """The `limit` best, or all, in the one total order: score descending, then clause id ascending."""
    return sorted(found, key=lambda one: (-one.score, one.clause.id))[:limit]
