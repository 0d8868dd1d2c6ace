"""Laws of the store of segments: what is there is whole, what is not whole is not there, and nothing ever raises."""

from pathlib import Path

import pytest

from corpus.segment_store import SegmentFolder

KEY, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def store(tmp_path: Path) -> SegmentFolder:
    return SegmentFolder(tmp_path / "segments")


def test_what_was_put_is_there_until_it_is_dropped(store: SegmentFolder) -> None:
    assert store.get(KEY) is None
    assert store.keys() == frozenset()
    store.put(KEY, b"")
    store.put(OTHER, b"one")
    store.put(OTHER, b"two")
    assert (store.get(KEY), store.get(OTHER)) == (b"", b"two")
    assert store.keys() == {KEY, OTHER}
    store.drop([KEY, "c" * 64])
    assert store.keys() == {OTHER}


@pytest.mark.parametrize("length", range(0, 40, 3))
def test_a_file_cut_anywhere_is_not_there(store: SegmentFolder, length: int) -> None:
    store.put(KEY, b"segments")
    [file] = store.folder.iterdir()
    file.write_bytes(file.read_bytes()[:length])
    assert store.get(KEY) is None


def test_an_altered_file_is_not_there_and_can_be_put_again(store: SegmentFolder) -> None:
    store.put(KEY, b"segments")
    [file] = store.folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert store.get(KEY) is None
    store.put(KEY, b"segments")
    assert store.get(KEY) == b"segments"


def test_what_is_not_kept_goes_with_what_was_half_written_and_nothing_else(store: SegmentFolder) -> None:
    store.put(KEY, b"one")
    store.put(OTHER, b"two")
    (store.folder / "half.new").write_bytes(b"tw")
    (store.folder / "note.txt").write_text("of somebody else", encoding="utf-8")
    store.keep_only([KEY])
    assert sorted(path.name for path in store.folder.iterdir()) == sorted([f"{KEY}.segment", "note.txt"])


def test_a_folder_that_cannot_be_used_keeps_nothing_and_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    store = SegmentFolder(tmp_path / "file")
    store.put(KEY, b"one")
    store.keep_only([])
    assert (store.get(KEY), store.keys()) == (None, frozenset())
    (tmp_path / "folder" / f"{KEY}.segment").mkdir(parents=True)  # where the entry should be
    store = SegmentFolder(tmp_path / "folder")
    store.put(KEY, b"one")
    assert store.get(KEY) is None
    assert [path.suffix for path in store.folder.iterdir()] == [".segment"], "no draft is left"
