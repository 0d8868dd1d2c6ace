"""Hand-overs whose time the test makes pass, in a file that it can look into."""

from pathlib import Path

import pytest

from assistant.feedback.store import FeedbackStore
from assistant.handover.keys import KeyFile
from assistant.handover.store import Handovers
from tests.assistant.feedback.kept import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()  # Sunday 22 November 2026, 16:00 in China


@pytest.fixture
def feedback(where: Path | str, clock: Clock) -> FeedbackStore:
    return FeedbackStore(where, now=clock)


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "feedback.sqlite3.key")


@pytest.fixture
def handovers(feedback: FeedbackStore, keys: KeyFile, clock: Clock) -> Handovers:
    assert feedback.database is not None
    return Handovers(feedback.database, keys, now=clock)
