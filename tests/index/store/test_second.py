"""The second encoder's files: there where one was asked for, and named where another one is."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from corpus.corpus import Corpus
from corpus.errors import IndexDamagedError, IndexMismatchError
from index.building import build_index
from index.index import Index
from index.second import NAME
from index.store import open_index, save_index
from tests.bigram_encoder import BigramEncoder
from tests.index.store.folders import current


@dataclass
class Second(BigramEncoder):
    """Another encoder than the first."""

    fingerprint: str = "second-1"


@pytest.fixture(scope="module")
def with_second(corpus: Corpus, bigram_encoder: BigramEncoder) -> Index:
    return build_index(corpus, bigram_encoder, second=Second())


@pytest.fixture
def second_folder(with_second: Index, tmp_path: Path) -> Path:
    save_index(with_second, tmp_path / "index")
    return tmp_path / "index"


def test_what_was_saved_is_opened(
    second_folder: Path, with_second: Index, corpus: Corpus, bigram_encoder: BigramEncoder
) -> None:
    opened = open_index(second_folder, corpus, bigram_encoder, second=Second())
    assert opened.version == with_second.version
    assert opened.second
    assert with_second.second
    assert np.array_equal(opened.second.vectors.centre, with_second.second.vectors.centre)
    for one, other in ((opened, with_second), (opened.without_second(), with_second.without_second())):
        assert one.search("门面装修备案", limit=9) == other.search("门面装修备案", limit=9)


def test_without_one_there_is_no_leg_and_no_file(folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder) -> None:
    opened = open_index(folder, corpus, bigram_encoder)
    assert opened.second is None
    assert NAME not in opened.legs
    assert not list(current(folder).glob("second*"))


@pytest.mark.parametrize("second", [None, Second("second-2")])
def test_another_second_encoder_is_named(
    second_folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, second: Second | None
) -> None:
    with pytest.raises(IndexMismatchError, match="with another second encoder; run `policyqa index`"):
        open_index(second_folder, corpus, bigram_encoder, second=second)


def test_one_asked_for_later_is_named(folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder) -> None:
    with pytest.raises(IndexMismatchError, match="with another second encoder; run `policyqa index`"):
        open_index(folder, corpus, bigram_encoder, second=Second())


@pytest.mark.parametrize("name", ["second.npz", "second.npy"])
def test_a_damaged_file_is_refused_by_name(
    second_folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, name: str
) -> None:
    file = current(second_folder) / name
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(IndexDamagedError, match=rf"{name}.*policyqa index"):
        open_index(second_folder, corpus, bigram_encoder, second=Second())
