"""What lies in a folder: documents, what stands beside them, and what is neither."""

from pathlib import Path

import pytest

from corpus.readers.folder import document_file, find_files, is_litter


def put(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    return folder


def test_files_of_sub_folders_come_with_what_stands_beside_them_in_any_case(tmp_path: Path) -> None:
    put(tmp_path, "B.DOCX", "B.TOML", "市/区/a.pdf", "市/区/a.plain.YAML", "市/a.toml", "市/a.html")
    found = find_files(tmp_path)
    names = {
        file.path.relative_to(tmp_path).as_posix(): [one.name if one else None for one in (file.facts, file.records)]
        for file in found.documents
    }
    assert names == {
        "B.DOCX": ["B.TOML", None],
        "市/a.html": ["a.toml", None],
        "市/区/a.pdf": [None, "a.plain.YAML"],
    }
    assert (found.failures, found.skipped) == ((), 0)


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "._a.docx", ".~lock.a.docx#", "~$a.docx", "~WRL0001.tmp", "Thumbs.db", "Desktop.ini", ".git/x"],
)
def test_what_systems_leave_is_skipped_and_counted(tmp_path: Path, name: str) -> None:
    found = find_files(put(tmp_path, "a.txt", name))
    assert [file.path.name for file in found.documents] == ["a.txt"]
    assert (found.failures, found.skipped) == ((), 1)
    assert is_litter(Path(name).parts[0])


def test_what_a_browser_saves_beside_a_page_is_skipped(tmp_path: Path) -> None:
    found = find_files(put(tmp_path, "通知.html", "通知_files/logo.png", "附件_files/b.txt", "c.files/d.txt", "c.htm"))
    assert [file.path.name for file in found.documents] == ["c.htm", "通知.html", "b.txt"]
    assert found.skipped == 2


def test_a_link_to_a_folder_is_named_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "外/秘密.txt", "库/a.txt")
    (tmp_path / "库" / "连").symlink_to(tmp_path / "外")
    found = find_files(tmp_path / "库")
    assert [file.path.name for file in found.documents] == ["a.txt"]
    (failure,) = found.failures
    assert str(failure).startswith(f"{tmp_path / '库' / '连'}:1: ")
    assert "not followed" in str(failure)


def test_facts_and_records_of_nothing_are_named(tmp_path: Path) -> None:
    found = find_files(put(tmp_path, "a.txt", "b.toml", "市/a.plain.yaml"))
    assert sorted(str(one).partition(":")[0] for one in found.failures) == [
        str(tmp_path / "b.toml"),
        str(tmp_path / "市" / "a.plain.yaml"),
    ]


def test_a_folder_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    (failure,) = find_files(tmp_path / "无").failures
    assert "cannot be read" in str(failure)


def test_one_file_is_found_with_what_stands_beside_it(tmp_path: Path) -> None:
    put(tmp_path, "a.docx", "a.Toml", "a.plain.yaml", "ab.toml")
    file = document_file(tmp_path / "a.docx")
    assert (file.facts, file.records) == (tmp_path / "a.Toml", tmp_path / "a.plain.yaml")
