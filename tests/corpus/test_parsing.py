"""A folder of which only what has changed is parsed."""

import shutil
from pathlib import Path

import pytest

from corpus import parsing
from corpus.errors import DocumentError
from corpus.load import load_folder
from corpus.parsing import parse_folder
from corpus.segment_store import SegmentFolder
from tests.conftest import SECOND_CORPUS

IDS = ("Yunze_Lake 湖泊条例", "guide_Shore", "guide_Stalls", "notice_Fish-9", "notice_Points-3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SECOND_CORPUS, tmp_path / "texts"))


@pytest.fixture
def kept(folder: Path, tmp_path: Path) -> SegmentFolder:
    """A store in which the folder has been kept."""
    store = SegmentFolder(tmp_path / "segments")
    assert parse_folder(folder, store).parsed == IDS
    return store


def check(folder: Path, kept: SegmentFolder, *parsed: str) -> None:
    """What is parsed of the folder now, and that it is as if all of it had been read."""
    found, whole = parse_folder(folder, kept), load_folder(folder)
    assert found.parsed == parsed
    assert (found.corpus, repr(found.corpus)) == (whole.corpus, repr(whole.corpus))
    assert list(map(str, found.failures)) == list(map(str, whole.failures))
    assert found.keys <= kept.keys()
    assert len(found.keys) == len(found.documents)


def test_what_has_not_changed_is_not_parsed(folder: Path, kept: SegmentFolder) -> None:
    check(folder, kept)
    check(folder.rename(folder.with_name("elsewhere")), kept)


def test_a_changed_text_is_parsed_alone(folder: Path, kept: SegmentFolder) -> None:
    text = folder / "guide_Shore.txt"
    text.write_text(text.read_text(encoding="utf-8") + "\n附注。\n", encoding="utf-8")
    check(folder, kept, "guide_Shore")
    check(folder, kept)


def test_changed_facts_and_new_records_are_parsed_with_their_document(folder: Path, kept: SegmentFolder) -> None:
    facts = folder / "notice_Fish-9.toml"
    facts.write_text('audience = "船主"\n' + facts.read_text(encoding="utf-8"), encoding="utf-8")
    check(folder, kept, "notice_Fish-9")
    (folder / "guide_Stalls.plain.yaml").write_text("[]\n", encoding="utf-8")
    check(folder, kept, "guide_Stalls")


def test_a_document_under_another_name_is_another(folder: Path, kept: SegmentFolder) -> None:
    (folder / "guide_Shore.txt").rename(folder / "shore.txt")
    check(folder, kept, "shore")
    (folder / "shore.txt").unlink()
    check(folder, kept)


def test_a_file_that_cannot_be_read_fails_each_time_and_stops_no_other(folder: Path, kept: SegmentFolder) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "guide_Shore.toml").write_text("nonsense = 1\n", encoding="utf-8")
    (folder / "sub").mkdir()
    shutil.copy(folder / "guide_Stalls.txt", folder / "sub")
    for _ in range(2):
        check(folder, kept)
        assert len(parse_folder(folder, kept).failures) == 3


def test_a_damaged_entry_is_parsed_again(folder: Path, kept: SegmentFolder) -> None:
    entry = min(kept.folder.iterdir())
    entry.write_bytes(entry.read_bytes()[:-9])
    assert len(parse_folder(folder, kept).parsed) == 1
    check(folder, kept)


def test_with_another_parser_all_is_parsed_again(
    folder: Path, kept: SegmentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "fingerprint", lambda: "another")
    assert parse_folder(folder, kept).parsed == IDS


def test_an_empty_folder_and_one_without_a_readable_file_say_so(tmp_path: Path) -> None:
    store = SegmentFolder(tmp_path / "segments")
    (tmp_path / "texts").mkdir()
    with pytest.raises(DocumentError, match="no document here"):
        parse_folder(tmp_path / "texts", store)
    (tmp_path / "texts" / "empty.txt").write_bytes(b"")
    with pytest.raises(DocumentError, match=r"empty\.txt:1:"):
        parse_folder(tmp_path / "texts", store).corpus  # noqa: B018
