"""Indexes in Milvus, as milvus-lite runs it in this process. What a build has written never changes: tests share it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.corpus import Corpus
from index.building import build_index
from index.engines.milvus.connection import Address, Connection
from index.engines.milvus.cut import MOST
from index.engines.milvus.engine import MilvusEngine
from index.index import Index
from index.store import open_index, save_index
from tests.bigram_encoder import BigramEncoder

Opened = Callable[..., Index]


@pytest.fixture(scope="session")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Connection:
    return Connection(Address(str(tmp_path_factory.mktemp("milvus") / "shared.db")))


@pytest.fixture(scope="session")
def opened(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """An index that was built, placed in Milvus, and opened by an engine that gives so many rows in one answer.

    Each corpus is written once, and once more where it is to be built `again`.
    """
    folders: dict[object, Path] = {}

    def open_one(corpus: Corpus, most: int = MOST, *, again: bool = False) -> Index:
        key = corpus.clauses, tuple(corpus.plain), again
        engine = MilvusEngine(connection, most=most)
        if key not in folders:
            folders[key] = tmp_path_factory.mktemp("index")
            save_index(build_index(corpus, BigramEncoder()), folders[key], engine)
        return open_index(folders[key], corpus, BigramEncoder(), engine=engine)

    return open_one
