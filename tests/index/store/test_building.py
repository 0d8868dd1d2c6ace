"""Building over an index in use: what fails or is interrupted leaves nothing, builds at once wait for each other."""

import os
import resource
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from corpus.corpus import Corpus
from corpus.errors import StoreError
from index import store
from index.generation import read_manifest
from index.index import Index
from index.store import open_index, save_index
from tests.bigram_encoder import BigramEncoder
from tests.index.store.folders import current, generations


@contextmanager
def disk_full_after(size: int) -> Iterator[None]:
    """No file may grow beyond this many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("start", range(8))
def test_a_full_disk_is_one_kind_of_error_whatever_its_size_and_leaves_nothing(
    folder: Path, built: Index, corpus: Corpus, bigram_encoder: BigramEncoder, start: int
) -> None:
    before = {path.name for path in folder.iterdir()}
    pointer = (folder / "CURRENT").read_bytes()
    largest = max(file.stat().st_size for file in current(folder).iterdir())
    for size in range(start * largest // 64, largest, largest // 8):
        with disk_full_after(size), pytest.raises(StoreError, match=r"cannot write the index.*POLICYQA_INDEX"):
            save_index(built, folder)
        assert {path.name for path in folder.iterdir()} == before
        assert (folder / "CURRENT").read_bytes() == pointer
    assert open_index(folder, corpus, bigram_encoder).search("门面装修", limit=1)


def test_a_build_that_is_interrupted_leaves_nothing(
    folder: Path, built: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name for path in folder.iterdir()}

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save_index(built, folder)
    assert {path.name for path in folder.iterdir()} == before


def test_what_a_killed_build_left_is_removed_by_the_next(folder: Path, built: Index) -> None:
    in_use = current(folder).name
    for name in ("0007", "0012"):
        shutil.copytree(current(folder), folder / name)
        (folder / name / "manifest.json").unlink()
    (folder / "CURRENT.new").write_text("0012 half")
    newest = save_index(built, folder).name
    assert generations(folder) == sorted([in_use, newest])
    assert not (folder / "CURRENT.new").exists()


def test_a_new_generation_replaces_the_one_in_use_and_only_the_last_is_kept(folder: Path, built: Index) -> None:
    names = [save_index(built, folder).name for _ in range(3)]
    assert current(folder).name == names[-1]
    assert generations(folder) == names[-2:]


def test_builds_at_once_wait_for_each_other_and_all_succeed(
    folder: Path, built: Index, corpus: Corpus, bigram_encoder: BigramEncoder
) -> None:
    with ThreadPoolExecutor(4) as pool:
        names = [saved.name for saved in pool.map(lambda _: save_index(built, folder), range(8))]
    assert len(set(names)) == 8
    assert current(folder).name in names
    assert len(generations(folder)) == 2
    assert open_index(folder, corpus, bigram_encoder).search("门面装修", limit=1)


def test_an_index_is_opened_though_two_builds_end_meanwhile(
    folder: Path, built: Index, corpus: Corpus, bigram_encoder: BigramEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    builds = iter([1, 2])

    def overtaken(generation: Path, sha256: str) -> dict[str, Any]:
        for _ in builds:
            save_index(built, folder)
        return read_manifest(generation, sha256)

    monkeypatch.setattr(store, "read_manifest", overtaken)
    assert open_index(folder, corpus, bigram_encoder).search("门面装修", limit=1)


@pytest.mark.parametrize("name", ["0000", "0002", "12345", "٠٠٠٧", "photos", "notes.txt"])
def test_what_is_not_a_generation_is_left_alone_and_does_no_harm(
    folder: Path, built: Index, corpus: Corpus, bigram_encoder: BigramEncoder, name: str
) -> None:
    (folder / name).write_text("keep")
    (folder / f"{name} and more").mkdir()
    for _ in range(3):
        save_index(built, folder)
    assert (folder / name).read_text() == "keep"
    assert (folder / f"{name} and more").is_dir()
    assert open_index(folder, corpus, bigram_encoder).search("门面装修", limit=1)


def test_a_link_to_a_folder_elsewhere_is_not_followed(folder: Path, built: Index, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_text("keep")
    (folder / "0000").symlink_to(tmp_path / "elsewhere")
    for _ in range(2):
        save_index(built, folder)
    assert (tmp_path / "elsewhere" / "kept").read_text() == "keep"


def test_a_folder_that_cannot_be_written_says_so(built: Index, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="POLICYQA_INDEX"):
        save_index(built, tmp_path / "file")


def test_an_index_can_be_moved(folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, tmp_path: Path) -> None:
    shutil.move(folder, tmp_path / "moved")
    assert open_index(tmp_path / "moved", corpus, bigram_encoder).search("门面装修", limit=1)
