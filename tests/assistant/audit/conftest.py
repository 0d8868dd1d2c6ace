"""An audit in a database of each kind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.audit.audit import Audit
from assistant.database.database import Database
from tests.postgresql import new_database, running_postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with running_postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Audit]]:
    """Opens the audit of one database, as each worker does."""
    where: Path | str = tmp_path / "state.sqlite3"
    if request.param == "postgresql":
        where = new_database(request.getfixturevalue("postgresql"))
    audits: list[Audit] = []

    def open_() -> Audit:
        audits.append(Audit(Database(where), tmp_path / "state.audit"))
        return audits[-1]

    yield open_
    for audit in audits:
        audit.database.close()


@pytest.fixture
def audit(opened: Callable[[], Audit]) -> Audit:
    return opened()
