"""What is held out is never read for training."""

import gzip
import json
from pathlib import Path

import pytest

from index.encoder.training import held_out
from index.encoder.training.held_out import FIELDS, digest_of, digests, is_held_out
from index.encoder.training.sources import read_all_rows, read_rows


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_out, "digests", lambda: frozenset({digest_of("谁可以 迁入户口？")}))


def test_white_space_changes_no_digest_and_a_letter_does() -> None:
    assert digest_of("第一条\n　为了 ") == digest_of("第一条为了") != digest_of("第二条为了")
    assert len(digest_of("")) == 16


def test_the_list_names_documents_and_two_hundred_questions() -> None:
    lines = held_out.LIST.read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line and not line.startswith("#")]
    assert len(listed) == len(set(listed)) == len(digests())
    assert all(len(line) == 16 and int(line, 16) >= 0 for line in listed)
    last = len(lines) - 1 - [line.startswith("#") for line in reversed(lines)].index(True)
    assert "stard_train" in lines[last]
    assert len(lines[last + 1 :]) == 200


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("field", FIELDS)
def test_a_row_is_held_out_by_its_question_passage_or_text(field: str) -> None:
    assert is_held_out({field: "谁可以迁入户口？\n"})
    assert not is_held_out({field: "谁可以迁出户口？"})
    assert not is_held_out({"title": "谁可以迁入户口？", "label": 2})


@pytest.mark.usefixtures("listed")
def test_readers_never_see_it_unless_they_measure(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    rows = [{"q": "谁可以迁入户口？", "p": "一"}, {"q": "别的", "p": "二"}]
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    assert list(read_rows(path)) == rows[1:]
    assert list(read_all_rows(path)) == rows
