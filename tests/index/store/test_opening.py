"""An index is opened as it was saved, or what is wrong with it is named."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corpus.corpus import Corpus
from corpus.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from index.index import Index
from index.store import open_index, save_index
from index.text import tokenizer
from tests.bigram_encoder import BigramEncoder
from tests.index.store.folders import current

FILES = ["words.npz", "words.npy", "text.npz", "text.npy", "records.npz", "records.npy", "manifest.json"]


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
