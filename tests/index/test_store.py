import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, StoreError
from corpus.corpus import Corpus
from index.index import Index, build_index
from index.store import open_index, save_index
from index.text import tokenizer
from tests.bigram_encoder import BigramEncoder


@pytest.fixture(scope="module")
def built(corpus: Corpus, bigram_encoder: BigramEncoder) -> Index:
    return build_index(corpus, bigram_encoder)


@pytest.fixture
def folder(built: Index, tmp_path: Path) -> Path:
    save_index(built, tmp_path / "index")
    return tmp_path / "index"


def current(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text().strip()


def test_opening_nothing_says_how_to_build(tmp_path: Path, corpus: Corpus, bigram_encoder: BigramEncoder) -> None:
    with pytest.raises(IndexMissingError, match="policyqa index"):
        open_index(tmp_path / "none", corpus, bigram_encoder)


@pytest.mark.parametrize("name", ["bm25.npz", "vectors.npy", "coarse.faiss", "units.npz", "manifest.json"])
@pytest.mark.parametrize("damage", ["truncated", "altered", "absent"])
def test_a_damaged_file_is_refused_by_name(
    folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, name: str, damage: str
) -> None:
    file = current(folder) / name
    data = file.read_bytes()
    if damage == "absent":
        file.unlink()
    else:
        file.write_bytes(
            data[: len(data) // 2] if damage == "truncated" else data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]
        )
    if name == "manifest.json" and damage == "altered":
        file.write_bytes(data.replace(b'"sha256": "', b'"sha256": "0', 1))
    with pytest.raises(
        IndexDamagedError,
        match=rf"{name}.*policyqa index" if name != "manifest.json" or damage != "altered" else "policyqa index",
    ):
        open_index(folder, corpus, bigram_encoder)


@pytest.mark.parametrize("content", ["", "../elsewhere", "none\n"])
def test_a_damaged_pointer_is_refused(
    folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, content: str
) -> None:
    (folder / "CURRENT").write_text(content)
    with pytest.raises(IndexDamagedError, match="CURRENT"):
        open_index(folder, corpus, bigram_encoder)


def test_another_encoder_is_named(folder: Path, corpus: Corpus) -> None:
    other = BigramEncoder()
    other.fingerprint = "bigrams-2"
    with pytest.raises(IndexMismatchError, match="another encoder; run `policyqa index`"):
        open_index(folder, corpus, other)


def test_another_corpus_is_named(folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder) -> None:
    first, *rest = corpus.clauses
    changed = replace(corpus, clauses=(replace(first, title=first.title + "改"), *rest))
    with pytest.raises(IndexMismatchError, match="another corpus"):
        open_index(folder, changed, bigram_encoder)


def test_another_tokenizer_is_named(
    folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokenizer, "fingerprint", lambda: "another")
    with pytest.raises(IndexMismatchError, match="another tokenizer"):
        open_index(folder, corpus, bigram_encoder)


def test_an_index_of_an_older_format_is_named(folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder) -> None:
    manifest = current(folder) / "manifest.json"
    content = json.loads(manifest.read_text())
    content["identity"]["format"] = "0"
    manifest.write_text(json.dumps(content))
    with pytest.raises(IndexMismatchError, match="another index format"):
        open_index(folder, corpus, bigram_encoder)


def test_a_build_that_dies_leaves_the_old_index_in_use(
    folder: Path, built: Index, corpus: Corpus, bigram_encoder: BigramEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (folder / "CURRENT").read_text()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("index.store.faiss.write_index", fail)
    with pytest.raises(StoreError, match=r"disk full.*POLICYQA_INDEX"):
        save_index(built, folder)
    assert (folder / "CURRENT").read_text() == before
    assert open_index(folder, corpus, bigram_encoder).search("首贷", limit=1)


def test_a_new_generation_replaces_the_one_in_use_and_only_the_last_is_kept(folder: Path, built: Index) -> None:
    names = [save_index(built, folder).name for _ in range(3)]
    assert (folder / "CURRENT").read_text().strip() == names[-1]
    assert sorted(p.name for p in folder.iterdir() if p.is_dir()) == names[-2:]


def test_the_version_follows_from_what_was_built(built: Index, corpus: Corpus, bigram_encoder: BigramEncoder) -> None:
    assert build_index(corpus, bigram_encoder).version == built.version
    other = BigramEncoder()
    other.fingerprint = "bigrams-2"
    assert build_index(corpus, other).version != built.version


def test_an_index_can_be_moved(folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, tmp_path: Path) -> None:
    shutil.move(folder, tmp_path / "moved")
    assert open_index(tmp_path / "moved", corpus, bigram_encoder).search("首贷", limit=1)


def test_what_is_not_a_generation_is_left_alone(folder: Path, built: Index) -> None:
    (folder / "photos").mkdir()
    (folder / "photos" / "one.jpg").write_bytes(b"jpg")
    (folder / "notes.txt").write_text("keep")
    for _ in range(3):
        save_index(built, folder)
    assert (folder / "photos" / "one.jpg").read_bytes() == b"jpg"
    assert (folder / "notes.txt").read_text() == "keep"


def test_the_generation_in_use_survives_a_build_that_died(
    folder: Path, built: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use = current(folder).name

    def fail(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("index.store.faiss.write_index", fail)
        with pytest.raises(StoreError):
            save_index(built, folder)
    newest = save_index(built, folder).name
    assert sorted(p.name for p in folder.iterdir() if p.is_dir()) == [in_use, newest]
