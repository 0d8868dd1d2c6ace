"""A store of feedback whose time the test makes pass."""

from pathlib import Path

import pytest

from assistant.feedback.store import FeedbackStore
from tests.assistant.feedback.kept import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> FeedbackStore:
    return FeedbackStore(tmp_path / "new" / "feedback.sqlite3", days=30, now=clock)
