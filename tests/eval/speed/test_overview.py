"""The rows that the manager's page is measured on are the same every time, and there is something to count in them."""

from datetime import date
from pathlib import Path

from assistant.database.database import Database
from assistant.feedback.statistics import Figures, Span, read_figures
from eval.speed.overview import PLACES, WEEKS, fill, time_overview


def _figures(file: Path) -> Figures:
    database = Database(file)
    fill(database, 600, seed=1)
    figures = read_figures(database, Span.holding(date(2026, 6, 1), date(2026, 11, 29)))
    database.close()
    return figures


def test_the_same_seed_gives_the_same_figures(tmp_path: Path) -> None:
    first, second = _figures(tmp_path / "a.sqlite3"), _figures(tmp_path / "b.sqlite3")
    assert first == second
    assert first.cited
    assert first.gaps
    assert {name for name, _ in first.places} == {None, *PLACES}
    assert len(first.by_week) == WEEKS


def test_all_places_and_one_are_timed(tmp_path: Path) -> None:
    timed = time_overview(tmp_path / "a.sqlite3", 200, 2, 1, lambda _: None)
    assert [(one.what, one.rows) for one in timed] == [("all", 200), ("合肥", 200)]
    assert all(one.processor > 0 and one.milliseconds["p50"] > 0 for one in timed)
