"""The index on disk: what damages it is noticed, what fails leaves nothing, what is damaged can be built again."""

import hashlib
import json
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corpus.corpus import Corpus
from corpus.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, StoreError
from corpus.records.record import PlainRecord
from index import store
from index.engines.contract import contract_corpus
from index.generation import read_manifest
from index.index import Index, build_index
from index.store import open_index, save_index
from index.text import tokenizer
from tests.bigram_encoder import BigramEncoder

FILES = ["words.npz", "words.npy", "text.npz", "text.npy", "records.npz", "records.npy", "manifest.json"]


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


def current(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text().split()[0]


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def reseal(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest as somebody would who knows how it is sealed."""
    file = current(folder) / "manifest.json"
    manifest = json.loads(file.read_text())
    change(manifest)
    file.write_text(json.dumps(manifest))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "CURRENT").write_text(f"{current(folder).name} {digest}\n")


def test_what_was_saved_is_opened(folder: Path, built: Index, corpus: Corpus, bigram_encoder: BigramEncoder) -> None:
    opened = open_index(folder, corpus, bigram_encoder)
    [query] = opened.read(["门面装修备案"])
    assert opened.version == built.version
    assert opened.search(query, limit=9) == built.search(query, limit=9)
    assert opened.without_plain().search(query, limit=9) == built.without_plain().search(query, limit=9)
    assert opened.vocabulary() == built.vocabulary()
    for clause in corpus.clauses:
        for records in (True, False):
            said = [one.maxsim(query, clause, records=records) for one in (opened, built)]
            assert said[0] == said[1]


def test_opening_nothing_says_how_to_build(tmp_path: Path, corpus: Corpus, bigram_encoder: BigramEncoder) -> None:
    with pytest.raises(IndexMissingError, match="policyqa index"):
        open_index(tmp_path / "none", corpus, bigram_encoder)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["truncated", "altered", "absent", "a folder"])
def test_a_damaged_file_is_refused_by_name(
    folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, name: str, damage: str
) -> None:
    file = current(folder) / name
    data = file.read_bytes()
    file.unlink()
    if damage == "a folder":
        file.mkdir()
    elif damage != "absent":
        file.write_bytes(
            data[: len(data) // 2] if damage == "truncated" else data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]
        )
    with pytest.raises(IndexDamagedError, match=rf"{name}.*policyqa index"):
        open_index(folder, corpus, bigram_encoder)


@pytest.mark.parametrize("name", ["CURRENT", *FILES])
def test_a_single_altered_byte_is_noticed(
    folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, name: str
) -> None:
    save_index(open_index(folder, corpus, bigram_encoder), folder)  # there is an older generation to be led astray to
    file = folder / name if name == "CURRENT" else current(folder) / name
    data, random = file.read_bytes(), Random(0)
    places = range(len(data)) if len(data) < 100 else random.sample(range(len(data)), 60)
    for place in places:
        file.write_bytes(data[:place] + bytes([data[place] ^ random.randint(1, 255)]) + data[place + 1 :])
        with pytest.raises(IndexDamagedError):
            open_index(folder, corpus, bigram_encoder)
    file.write_bytes(data)
    open_index(folder, corpus, bigram_encoder)


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest["files"].clear(),
        lambda manifest: manifest["files"].pop("text.npy"),
        lambda manifest: manifest["files"].update({"../CURRENT": manifest["files"]["text.npy"]}),
    ],
)
def test_a_manifest_lists_exactly_the_files_that_must_be_there(
    folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, change: Callable[[dict[str, Any]], None]
) -> None:
    reseal(folder, change)
    with pytest.raises(IndexDamagedError, match="other files"):
        open_index(folder, corpus, bigram_encoder)


@pytest.mark.parametrize("cut", [0, 100])
def test_a_file_cut_short_under_a_reader_takes_nothing_from_it(
    folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, cut: int
) -> None:
    opened = open_index(folder, corpus, bigram_encoder)
    expected = opened.search("门面装修备案", limit=9)
    for name in FILES:
        with (current(folder) / name).open("r+b") as file:
            file.truncate(cut)
    assert opened.search("门面装修备案", limit=9) == expected


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


def test_a_changed_fact_opens_the_same_index(folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder) -> None:
    changed = replace(corpus, documents=tuple(replace(document, status="废止") for document in corpus.documents))
    opened = open_index(folder, changed, bigram_encoder)
    assert opened.corpus is changed


def test_another_tokenizer_is_named(
    folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokenizer, "fingerprint", lambda: "another")
    with pytest.raises(IndexMismatchError, match="another tokenizer"):
        open_index(folder, corpus, bigram_encoder)


def test_an_index_of_an_older_format_is_named(folder: Path, corpus: Corpus, bigram_encoder: BigramEncoder) -> None:
    reseal(folder, lambda manifest: manifest["identity"].update(format="0"))
    with pytest.raises(IndexMismatchError, match="another index format"):
        open_index(folder, corpus, bigram_encoder)


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
