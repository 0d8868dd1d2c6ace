"""Where counts are kept in tests."""

from pathlib import Path

import pytest


@pytest.fixture
def where(tmp_path: Path) -> Path | str:
    """Where an empty database is."""
    return tmp_path / "state.sqlite3"
