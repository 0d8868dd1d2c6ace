"""An audit in a database of each kind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.audit.audit import Audit
from assistant.database.database import Database


@pytest.fixture
def opened(where: Path | str, tmp_path: Path) -> Iterator[Callable[[], Audit]]:
    """Opens the audit of one database, as each worker does."""
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
