"""Keys change with contents and with nothing else."""

import os
from pathlib import Path

import pytest

from index.encoder.training.fingerprint import code_digest, digest, files_digest, lexicon_digest
from index.lexicon import lexicon


def _file(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_key_has_twelve_digits_and_changes_with_every_part() -> None:
    assert len(digest(1, "a")) == 12
    assert len({digest(), digest(1), digest(1, "a"), digest("a", 1), digest("1a")}) == 5


def test_files_are_told_apart_by_name_and_content_and_not_by_folder_order_or_time(tmp_path: Path) -> None:
    first, second = _file(tmp_path / "x", "a", "甲"), _file(tmp_path / "x", "b", "乙")
    key = files_digest([first, second])
    os.utime(first, (0, 0))
    assert files_digest([second, first, first]) == key
    assert files_digest([_file(tmp_path / "y", "a", "甲"), _file(tmp_path / "y", "b", "乙")]) == key
    assert files_digest([_file(tmp_path / "z", "a", "乙"), _file(tmp_path / "z", "b", "甲")]) != key
    first.write_text("丙", encoding="utf-8")
    assert files_digest([first, second]) != key


def test_a_file_that_is_absent_has_a_key_of_its_own(tmp_path: Path) -> None:
    absent = files_digest([tmp_path / "a"])
    assert absent != files_digest([_file(tmp_path, "a", "")]) != files_digest([])


def test_the_key_of_the_lexicon_is_that_of_its_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    before = lexicon_digest()
    monkeypatch.setattr(lexicon, "fingerprint", lambda: "edited")
    assert before != lexicon_digest() == "edited"


def test_the_code_has_one_key() -> None:
    assert code_digest() == code_digest() != digest()
