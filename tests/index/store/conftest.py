"""A saved index to open, damage and build again."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.corpus import Corpus
from corpus.records.record import PlainRecord
from index.building import build_index
from index.engines.contract import contract_corpus
from index.index import Index
from index.store import save_index
from tests.bigram_encoder import BigramEncoder


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The corpus of the contract with one plain-language record."""
    whole = contract_corpus()
    id_ = whole.clauses[0].id
    record = PlainRecord(
        id_, "装修备案", "装修门面先备案", "Fitting out", "Tell the street office", ("要备案吗",), (), (), 1
    )
    return replace(whole, plain={id_: record})


@pytest.fixture(scope="module")
def built(corpus: Corpus, bigram_encoder: BigramEncoder) -> Index:
    return build_index(corpus, bigram_encoder)


@pytest.fixture
def folder(built: Index, tmp_path: Path) -> Path:
    save_index(built, tmp_path / "index")
    return tmp_path / "index"
