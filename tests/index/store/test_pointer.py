"""CURRENT, the pointer to the generation in use: whatever stands in its place is refused, then repaired."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.corpus import Corpus
from corpus.errors import IndexDamagedError, IndexMismatchError
from index.index import Index
from index.store import open_index, save_index
from tests.bigram_encoder import BigramEncoder
from tests.index.store.folders import current, generations


def _write(content: bytes) -> Callable[[Path], object]:
    return lambda pointer: pointer.write_bytes(content)


def _as_folder(pointer: Path) -> None:
    pointer.unlink()
    pointer.mkdir()
    (pointer / "something").write_text("in it")


def _as_link(pointer: Path) -> None:
    pointer.unlink()
    pointer.symlink_to("nowhere")


def _as_endless_link(pointer: Path) -> None:
    pointer.unlink()
    pointer.symlink_to("/dev/zero")


def _as_pipe(pointer: Path) -> None:
    pointer.unlink()
    os.mkfifo(pointer)


def _as_large_file(pointer: Path) -> None:
    with pointer.open("r+b") as file:
        file.truncate(1 << 40)  # of holes: it takes no room


POINTERS: dict[str, Callable[[Path], object]] = {
    "empty": _write(b""),
    "bytes that are no text": _write(b"\xff\xfe\x00"),
    "elsewhere": _write(b"../elsewhere"),
    "no generation": _write(b"none\n"),
    "a generation that is not there": _write(b"9999 " + b"0" * 64 + b"\n"),
    "blanks": _write(b"0001  " + b"0" * 64 + b"\n"),
    "a folder": _as_folder,
    "a dangling link": _as_link,
    "a link to a device": _as_endless_link,
    "a pipe": _as_pipe,
    "a terabyte": _as_large_file,
}


@pytest.mark.parametrize("damage", POINTERS)
def test_a_damaged_pointer_is_refused_and_repaired_by_the_next_build(
    folder: Path, built: Index, corpus: Corpus, bigram_encoder: BigramEncoder, damage: str
) -> None:
    POINTERS[damage](folder / "CURRENT")
    with pytest.raises(IndexDamagedError, match=r"policyqa index"):
        open_index(folder, corpus, bigram_encoder)
    save_index(built, folder)
    assert open_index(folder, corpus, bigram_encoder).search("门面装修", limit=1)
    assert generations(folder) == [current(folder).name]


def test_a_folder_in_the_place_of_the_new_pointer_is_removed(
    folder: Path, built: Index, corpus: Corpus, bigram_encoder: BigramEncoder
) -> None:
    (folder / "CURRENT.new" / "something").mkdir(parents=True)
    save_index(built, folder)
    assert open_index(folder, corpus, bigram_encoder).search("门面装修", limit=1)
    assert not (folder / "CURRENT.new").exists()


def test_a_pointer_of_an_older_format_says_to_build_again(
    folder: Path, built: Index, corpus: Corpus, bigram_encoder: BigramEncoder
) -> None:
    (folder / "CURRENT").write_text(f"{current(folder).name}\n")
    with pytest.raises(IndexMismatchError, match=r"another index format; run `policyqa index`"):
        open_index(folder, corpus, bigram_encoder)
    save_index(built, folder)
    open_index(folder, corpus, bigram_encoder)
