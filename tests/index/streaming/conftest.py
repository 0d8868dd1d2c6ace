"""A collection of rows in which laws run on from one batch into the next."""

from pathlib import Path

import pytest

from index.streaming.building import Built, build_stream
from index.streaming.rows import RowsFile
from tests.bigram_encoder import BigramEncoder
from tests.index.streaming.made_laws import BATCH, row, write_rows


@pytest.fixture(scope="session")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rows(tmp_path_factory.mktemp("rows") / "laws.jsonl", [row(number) for number in range(60)])


@pytest.fixture(scope="session")
def built(rows: Path, bigram_encoder: BigramEncoder, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_stream(RowsFile(rows, BATCH), tmp_path_factory.mktemp("stream") / "index", bigram_encoder)
