"""The figures of a manager's page, counted by the database: how much is asked, what stays without an answer, and where.

A question is an answer that was given, unless to a greeting, to talk about the talk, to a cry for help or to what
nobody can read. It is refused where the documents have no answer for it. Weeks are those of ISO 8601 in China, and
spans are made of whole ones. Nothing that rests on fewer than five questions is among the figures (disclosure.py).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from assistant.answer import Status
from assistant.database.database import Database
from assistant.feedback.disclosure import LEAST, Cell, Hidden, shown, shown_part, shown_parts, shown_series
from assistant.feedback.recorded import Verdict
from assistant.feedback.table import FEEDBACK, LACKING, gaps_query

MOST_LISTED = 10
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Span:
    """Whole weeks, by the Mondays of the first and of the last."""

    first: date
    last: date

    @classmethod
    def holding(cls, first: date, last: date) -> "Span":
        """The weeks that hold the days from `first` to `last`."""
        return cls(first - timedelta(days=first.weekday()), last - timedelta(days=last.weekday()))

    @property
    def weeks(self) -> list[date]:
        return [self.first + number * _WEEK for number in range((self.last - self.first) // _WEEK + 1)]

    @property
    def end(self) -> date:
        """The Sunday of the last week."""
        return self.last + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Asked:
    """How many questions, and how many of them were refused."""

    asked: Cell
    refused: Cell

    @property
    def rate(self) -> float | None:
        """The share that was refused, 0 to 1, where both numbers are shown and there are questions."""
        if isinstance(self.asked, Hidden) or isinstance(self.refused, Hidden) or self.asked == 0:
            return None
        return self.refused / self.asked


@dataclass(frozen=True, slots=True)
class Judged:
    """How often a verdict was given, week after week and in all."""

    by_week: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class CitedClause:
    """A clause, and how many answers cite it."""

    clause_id: str
    count: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without an answer as it was put last, the one that it refers to, how often it came, and why."""

    question: str
    follows: str | None
    count: int
    reason: str  # a Reason; or "missing", where people say so of what was found


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the page shows. A place of None: the question was about none in particular."""

    span: Span
    place: str | None
    total: Asked
    by_week: tuple[Asked, ...]  # as span.weeks
    verdicts: Mapping[Verdict, Judged]
    places: tuple[tuple[str | None, Asked], ...]  # most asked about first
    other_places: int  # that were asked about too seldom to be named
    cited: tuple[CitedClause, ...]  # most cited first
    gaps: tuple[Unanswered, ...]  # most frequent first


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows that are alike in all that is counted."""

    week: date
    places: str | None
    status: str | None
    reason: str | None
    verdict: str | None
    count: int

    @property
    def is_question(self) -> bool:
        return self.status is not None and (self.reason is None or self.reason in LACKING)

    @property
    def is_refused(self) -> bool:
        return self.status is not None and self.reason in LACKING

    @property
    def named_places(self) -> Sequence[str | None]:
        return self.places.split(" ") if self.places else [None]


def read_figures(database: Database, span: Span, place: str | None = None) -> Figures:
    """The figures of these weeks, of the questions about `place` alone where one is given. Raises DatabaseError."""
    with database.transaction() as connection:
        groups = _groups(connection, span, place)
        within = _within(span, place)
        cited, gaps = _cited(connection, within), _gaps(connection, within)
    questions = [group for group in groups if group.is_question]
    places = _by_place(questions) if place is None else {}
    named = {name: pair for name, pair in places.items() if pair[0] >= LEAST}
    return Figures(
        span=span,
        place=place,
        total=Asked(*reversed(shown_part(_refused(questions), _count(questions)))),
        by_week=_pairs(_by_week(questions, span)),
        verdicts={verdict: _judged(groups, verdict, span) for verdict in Verdict},
        places=tuple(zip(named, _pairs(list(named.values())), strict=True)),
        other_places=len(places) - len(named),
        cited=cited,
        gaps=gaps,
    )


def _groups(connection: Connection, span: Span, place: str | None) -> list[_Group]:
    table = FEEDBACK.c
    by = (table.week, table.places, table.status, table.reason, table.verdict)
    rows = connection.execute(select(*by, func.count()).where(*_within(span, None)).group_by(*by))
    groups = (_Group(*row) for row in rows)
    return [group for group in groups if place is None or place in group.named_places]


def _within(span: Span, place: str | None) -> tuple[ColumnElement[bool], ...]:
    weeks = FEEDBACK.c.week.between(span.first, span.last)
    if place is None:
        return (weeks,)
    return weeks, (" " + FEEDBACK.c.places + " ").contains(f" {place} ", autoescape=True)


def _count(groups: Iterable[_Group]) -> int:
    return sum(group.count for group in groups)


def _refused(groups: Iterable[_Group]) -> int:
    return _count(group for group in groups if group.is_refused)


def _by_week(questions: Sequence[_Group], span: Span) -> list[tuple[int, int]]:
    """How many were asked and refused in each week."""
    asked = _weekly(questions, lambda _: True)
    refused = _weekly(questions, lambda group: group.is_refused)
    return [(asked[week], refused[week]) for week in span.weeks]


def _weekly(groups: Iterable[_Group], counts: Callable[[_Group], bool]) -> Counter[date]:
    found: Counter[date] = Counter()
    for group in groups:
        if counts(group):
            found[group.week] += group.count
    return found


def _by_place(questions: Iterable[_Group]) -> dict[str | None, tuple[int, int]]:
    """How many were asked and refused about each place, most asked about first."""
    asked: Counter[str | None] = Counter()
    refused: Counter[str | None] = Counter()
    for group in questions:
        for name in group.named_places:
            asked[name] += group.count
            refused[name] += group.count if group.is_refused else 0
    ordered = sorted(asked, key=lambda name: (-asked[name], name or ""))
    return {name: (asked[name], refused[name]) for name in ordered}


def _pairs(counts: Sequence[tuple[int, int]]) -> tuple[Asked, ...]:
    """Of each (asked, refused) what may be shown."""
    parts = shown_parts([refused for _, refused in counts], [asked for asked, _ in counts])
    return tuple(Asked(asked, refused) for refused, asked in parts)


def _judged(groups: Iterable[_Group], verdict: Verdict, span: Span) -> Judged:
    """Verdicts on answers and on search results alike, by the week of the question."""
    given = _weekly(groups, lambda group: group.verdict == verdict)
    counts = [given[week] for week in span.weeks]
    return Judged(tuple(shown_series(counts)), shown(sum(counts)))


def _cited(connection: Connection, within: Sequence[ColumnElement[bool]]) -> tuple[CitedClause, ...]:
    clauses = FEEDBACK.c.clauses
    rows = connection.execute(
        select(clauses, func.count())
        .where(FEEDBACK.c.status == Status.ANSWERED, clauses.is_not(None), *within)
        .group_by(clauses)
    )
    counts: Counter[str] = Counter()
    for ids, count in rows:
        for id_ in ids.split(" "):
            counts[id_] += count
    ordered = sorted(counts, key=lambda id_: (-counts[id_], id_))
    return tuple(CitedClause(id_, counts[id_]) for id_ in ordered[:MOST_LISTED] if counts[id_] >= LEAST)


def _gaps(connection: Connection, within: Sequence[ColumnElement[bool]]) -> tuple[Unanswered, ...]:
    rows = connection.execute(gaps_query(MOST_LISTED, *within, least=LEAST))
    return tuple(Unanswered(row.question, row.follows, row.times, row.reason or Verdict.MISSING) for row in rows)
