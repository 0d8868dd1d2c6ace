"""The account that most tests of the channel write to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Assistant
from tests.ui.channel.account import Account


@pytest.fixture
def account(tmp_path: Path, assistant: Assistant) -> Iterator[Account]:
    found = Account(tmp_path, assistant)
    yield found
    found.counting.close()
