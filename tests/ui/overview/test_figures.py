"""Every figure is what plain SQL counts over the export, or is hidden because that is fewer than five."""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.feedback.disclosure import LEAST, Cell, Hidden
from assistant.feedback.recorded import Verdict
from assistant.feedback.statistics import Figures, Span, read_figures
from assistant.feedback.store import FeedbackStore

SPAN = Span.holding(date(2026, 9, 2), date(2026, 11, 4))
MONDAY = "date(time, '+8 hours', 'weekday 0', '-6 days')"
REFUSED = "status <> '' AND reason IN ('not_in_documents', 'place_not_covered', 'out_of_scope')"
ASKED = f"status <> '' AND (reason = '' OR {REFUSED})"
EACH_PLACE = "FROM export, json_each('[\"' || replace(places, ' ', '\",\"') || '\"]') AS place"
EACH_CLAUSE = "FROM export, json_each('[\"' || replace(clauses, ' ', '\",\"') || '\"]') AS clause"


class Sql:
    """Questions in SQL to the export, of the weeks and of the place that the figures are of."""

    def __init__(self, connection: sqlite3.Connection, place: str | None) -> None:
        self._connection = connection
        self.within = f"{MONDAY} BETWEEN '{SPAN.first}' AND '{SPAN.last}'"
        if place:
            self.within += f" AND ' ' || places || ' ' LIKE '% {place} %'"

    def count(self, where: str, source: str = "FROM export") -> int:
        (number,) = self.rows(f"SELECT count(*) {source} WHERE {self.within} AND {where}")[0]
        assert isinstance(number, int)
        return number

    def rows(self, query: str) -> list[tuple[object, ...]]:
        return self._connection.execute(query).fetchall()


@pytest.fixture(params=[None, "合肥", "贵阳"])
def place(request: pytest.FixtureRequest) -> str | None:
    chosen: str | None = request.param
    return chosen


@pytest.fixture
def figures(store: FeedbackStore, place: str | None) -> Figures:
    assert store.database
    return read_figures(store.database, SPAN, place)


@pytest.fixture
def sql(export: Path, place: str | None) -> Iterator[Sql]:
    with closing(sqlite3.connect(":memory:")) as connection, export.open(encoding="utf-8-sig", newline="") as file:
        names, *rows = csv.reader(file)
        connection.execute(f"CREATE TABLE export ({', '.join(names)})")
        connection.executemany(f"INSERT INTO export VALUES ({', '.join('?' * len(names))})", rows)
        yield Sql(connection, place)


def _agree(cell: Cell, number: int) -> bool:
    if isinstance(cell, Hidden):
        return (cell is Hidden.FEW) == (number < LEAST)
    return cell == number and not 0 < number < LEAST


def test_volume_and_refusals(figures: Figures, sql: Sql) -> None:
    assert _agree(figures.total.asked, sql.count(ASKED))
    assert _agree(figures.total.refused, sql.count(REFUSED))
    if figures.total.rate is not None:
        assert figures.total.rate == pytest.approx(sql.count(REFUSED) / sql.count(ASKED))


def test_volume_and_refusals_by_week(figures: Figures, sql: Sql) -> None:
    assert len(figures.by_week) == len(SPAN.weeks) == 10
    for week, asked in zip(SPAN.weeks, figures.by_week, strict=True):
        assert _agree(asked.asked, sql.count(f"{MONDAY} = '{week}' AND {ASKED}"))
        assert _agree(asked.refused, sql.count(f"{MONDAY} = '{week}' AND {REFUSED}"))


def test_verdicts_by_week(figures: Figures, sql: Sql) -> None:
    for verdict in Verdict:
        judged = figures.verdicts[verdict]
        assert _agree(judged.total, sql.count(f"verdict = '{verdict}'"))
        for week, cell in zip(SPAN.weeks, judged.by_week, strict=True):
            assert _agree(cell, sql.count(f"{MONDAY} = '{week}' AND verdict = '{verdict}'"))


def test_places(figures: Figures, sql: Sql, place: str | None) -> None:
    found = {
        name or None: number
        for name, number in sql.rows(
            f"SELECT place.value, count(*) {EACH_PLACE} WHERE {sql.within} AND {ASKED} GROUP BY place.value"
        )
        if isinstance(number, int)
    }
    expected = {} if place else {name: number for name, number in found.items() if number >= LEAST}
    assert {name for name, _ in figures.places} == set(expected)
    for name, asked in figures.places:
        assert _agree(asked.asked, expected[name])
        assert _agree(asked.refused, sql.count(f"place.value = '{name or ''}' AND {REFUSED}", EACH_PLACE))
    if place is None:
        assert figures.other_places == len(found) - len(expected) == 1  # 贵阳


def test_matters(figures: Figures, sql: Sql) -> None:
    found = sql.rows(
        f"SELECT clause.value, count(*) AS times {EACH_CLAUSE} WHERE {sql.within} AND status = 'answered' "
        "GROUP BY clause.value HAVING times >= 5 ORDER BY times DESC, clause.value LIMIT 10"
    )
    assert [(one.clause_id, one.count) for one in figures.cited] == found


def test_gaps(figures: Figures, sql: Sql) -> None:
    lacking = f"(({REFUSED}) OR (reason = '' AND verdict = 'missing')) AND topic <> ''"
    found = sql.rows(
        f"SELECT topic || '？', follows_topic, count(*) AS times FROM export WHERE {sql.within} AND {lacking} "
        "GROUP BY topic, follows_topic HAVING times >= 5"
    )
    gaps = figures.gaps
    shown = {(gap.question.rstrip("？") + "？", (gap.follows or "").rstrip("？"), gap.count) for gap in gaps}
    assert shown == set(found)
    assert [gap.count for gap in gaps] == sorted((gap.count for gap in gaps), reverse=True)


def test_the_small_ones_of_this_store_are_hidden(store: FeedbackStore) -> None:
    assert store.database
    figures = read_figures(store.database, SPAN)
    weeks = [one.asked for one in figures.by_week]
    assert (weeks[2], weeks[3], weeks[8]) == (Hidden.FEW, 0, Hidden.FEW)
    assert figures.by_week[5].refused in (Hidden.FEW, Hidden.WITHHELD)
    assert min(one.count for one in figures.cited) >= LEAST
    assert min(gap.count for gap in figures.gaps) >= LEAST
