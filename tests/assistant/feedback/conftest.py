"""A store of feedback whose time the test makes pass."""

from pathlib import Path

import pytest

from assistant.feedback.store import FeedbackStore
from tests.assistant.feedback.kept import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(where: Path | str, clock: Clock) -> FeedbackStore:
    return FeedbackStore(where, days=30, now=clock)
