"""Shared fixtures: the shipped corpus and index, a small encoder that needs no weights, and databases of both kinds."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.corpus import Corpus
from corpus.load import load_corpus
from eval.postgresql import PostgresServer, programs
from index.building import build_index
from index.encoder.encoder import Encoder, load_encoder
from index.index import Index
from tests.bigram_encoder import BigramEncoder

if TYPE_CHECKING:
    from tests.milvus_server import Server

SECOND_CORPUS = Path(__file__).parent / "second_corpus"

settings.register_profile("policyqa", deadline=None)  # speed is measured in benchmarks, not here
settings.register_profile("fuzz", max_examples=10_000, deadline=None)  # pytest --hypothesis-profile=fuzz FILE
settings.load_profile("policyqa")


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_this_machine() -> Iterator[None]:
    """A policyqa.toml that lies here, or in /etc, is none of the tests' business; nor of what they start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLICYQA_CONFIG", "off")
        yield


@pytest.fixture(scope="session")
def bigram_encoder() -> BigramEncoder:
    return BigramEncoder()


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="session")
def second_corpus() -> Corpus:
    """A law and a notice, invented, with everything the shipped texts lack; see tests/second_corpus."""
    return load_corpus(SECOND_CORPUS)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def index(corpus: Corpus, encoder: Encoder) -> Index:
    return build_index(corpus, encoder)


@pytest.fixture(scope="session")
def assistant(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("policyqa")
    return Assistant(index, Settings(index=folder / "index", feedback=folder / "feedback.sqlite3", recent=0))


@pytest.fixture(scope="session")
def second_assistant(second_corpus: Corpus, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("second")
    settings = Settings(index=folder / "index", feedback=folder / "feedback.sqlite3", recent=0)
    return Assistant(build_index(second_corpus, encoder), settings)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started when the first test asks for it."""
    if programs() is None:
        missing = "PostgreSQL is not installed: tests/install-system-packages, or apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    server = PostgresServer()
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def _with_tables(postgresql: PostgresServer) -> str:
    url = postgresql.database()
    FeedbackStore.open(url).close()
    return url


@pytest.fixture
def postgresql_url(postgresql: PostgresServer, _with_tables: str) -> Iterator[str]:
    """A database of PostgreSQL with all tables and no rows."""
    url = postgresql.database(like=_with_tables)
    yield url
    postgresql.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where an empty database is, of one kind and then of the other: what `Database` and `FeedbackStore` take."""
    if request.param == "sqlite":
        return tmp_path / "feedback.sqlite3"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def milvus(tmp_path: Path) -> "Iterator[Server]":
    """A server that runs; what it needs is loaded by the tests that ask for it alone."""
    from tests.milvus_server import Server  # noqa: PLC0415

    server = Server(tmp_path / "server.db")
    server.start()
    yield server
    server.stop()
