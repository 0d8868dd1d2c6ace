"""One encoder for all publications of a test run."""

from pathlib import Path

import pytest

from assistant.publication import draft, opening
from assistant.settings import Settings
from index.encoder.encoder import Encoder
from tests.assistant.publication.shelf import FERRY, MARKET, put, settings_in


@pytest.fixture(autouse=True)
def _one_encoder(monkeypatch: pytest.MonkeyPatch, encoder: Encoder) -> None:
    for module in (draft, opening):
        monkeypatch.setattr(module, "load_encoder", lambda _model: encoder)


@pytest.fixture
def library(tmp_path: Path) -> Settings:
    """Settings of a library with two documents that nobody has published yet."""
    settings = settings_in(tmp_path)
    put(settings, "ferry", FERRY)
    put(settings, "market", MARKET.format(fee=5))
    return settings
