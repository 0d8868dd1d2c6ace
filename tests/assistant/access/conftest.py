"""Stores over a database in an empty folder, with a clock that a test sets."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from assistant.database.database import Database

T = TypeVar("T")


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


class Told(list[tuple[str, dict[str, object]]]):
    """An audit that a test reads."""

    def __call__(self, event: str, /, **what: object) -> None:
        self.append((event, what))

    def change(self, database: Database, work: Callable[[Connection], T], event: str, /, **what: object) -> T:
        done = database.write(work)
        self(event, **what)
        return done

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self]


@pytest.fixture
def told() -> Told:
    return Told()
