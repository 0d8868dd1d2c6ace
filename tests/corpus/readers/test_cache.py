"""What was read is kept, and never believed where it is damaged or something has changed."""

from pathlib import Path

import pytest

from corpus.readers import cache
from corpus.readers.cache import SourceCache
from corpus.readers.many import read_sources
from corpus.readers.registry import Format
from corpus.readers.source import Anchor, LineKind, Source, SourceLine, row_line
from tests.corpus.readers.office_files import typed_docx

SOURCE = Source(
    (
        SourceLine("第一章 总则", LineKind.HEADING, 2),
        SourceLine(""),
        row_line(["学历", "", "80分"], Anchor(3, 1, 2), doubtful=True),
    ),
    facts=(("发文机关", "云泽市人民政府"),),
    notices=("略去 3 行",),
)


def test_what_was_put_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = SourceCache(tmp_path / "new" / "sources")
    key = kept.key(b"data", Format.PDF)
    assert kept.get(key) is None
    kept.put(key, SOURCE)
    assert SourceCache(tmp_path / "new" / "sources").get(key) == SOURCE


def test_another_content_format_or_reader_has_another_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = SourceCache(None)
    keys = {kept.key(b"a", Format.PDF), kept.key(b"b", Format.PDF), kept.key(b"a", Format.OFD)}
    monkeypatch.setattr(cache, "readers_fingerprint", lambda: "another version")
    assert len(keys | {kept.key(b"a", Format.PDF)}) == 4


@pytest.mark.parametrize("damage", [b"", b"{}", b"0" * 64 + b"{}", None])
def test_an_entry_that_is_damaged_counts_as_none(tmp_path: Path, damage: bytes | None) -> None:
    kept = SourceCache(tmp_path)
    key = kept.key(b"data", Format.PDF)
    kept.put(key, SOURCE)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1] if damage is None else damage)
    assert kept.get(key) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = SourceCache(tmp_path / "file" / "sources")
    kept.put(kept.key(b"data", Format.PDF), SOURCE)
    assert kept.get(kept.key(b"data", Format.PDF)) is None


def test_only_what_was_asked_for_is_left_after_tidying(tmp_path: Path) -> None:
    old = SourceCache(tmp_path)
    for data in (b"a", b"b"):
        old.put(old.key(data, Format.PDF), SOURCE)
    (tmp_path / "half.1.new").write_bytes(b"")
    new = SourceCache(tmp_path)
    assert new.get(new.key(b"a", Format.PDF)) == SOURCE
    new.drop_unused()
    assert [path.stem for path in tmp_path.iterdir()] == [new.key(b"a", Format.PDF)]


def test_a_file_that_was_kept_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(typed_docx("云泽市办法\n第一条 收费。"))
    kept = SourceCache(tmp_path / "sources")
    first = list(read_sources([path], tmp_path, kept))
    monkeypatch.setattr("corpus.readers.many.read_source", None)
    assert list(read_sources([path], tmp_path, kept)) == first


def test_many_files_come_each_with_its_outcome(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("第一条 收费。", encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(typed_docx("第一条 收费。"))
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (tmp_path / "d.mp4").write_bytes(b"\x00\x01")
    paths = sorted(path for path in tmp_path.iterdir())
    found = dict(read_sources(paths, tmp_path, SourceCache(None)))
    assert [isinstance(found[path], Source) for path in paths] == [True, True, False, False]
