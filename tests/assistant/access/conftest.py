"""Stores over a database in an empty folder, with a clock that a test sets."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.database.database import Database
from tests.people import Told


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 30, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "access.sqlite3"


@pytest.fixture
def database(file: Path) -> Database:
    return Database(file)


@pytest.fixture
def told() -> Told:
    return Told()
