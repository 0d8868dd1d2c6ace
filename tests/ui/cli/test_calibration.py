"""`policyqa calibrate`: a correction beside the index, from a question file, said before and after."""

import json
import sys
from pathlib import Path

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from ui.cli import assistant as opening
from ui.cli.app import main


@pytest.fixture
def questions(tmp_path: Path, assistant: Assistant) -> Path:
    path = tmp_path / "asked.jsonl"
    rows = [
        {"id": f"{kind}{i}", "question": f"{clause.title}怎么办理", "relevant": [clause.id] if kind else []}
        for i, clause in enumerate(assistant.corpus.clauses[:50])
        for kind in (0, 1)
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["policyqa", "calibrate", *map(str, arguments)])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


def test_the_correction_is_written_beside_the_index_and_counts_from_the_next_start(
    questions: Path,
    assistant: Assistant,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = Settings(index=tmp_path / "index")
    monkeypatch.setenv("POLICYQA_INDEX", str(settings.index))
    monkeypatch.setattr(opening, "open_assistant", lambda _: assistant)
    assert _run(monkeypatch, questions) == 0
    printed = capsys.readouterr().out
    assert "以前 before" in printed
    assert "现在 now" in printed
    assert str(settings.calibration_file) in printed
    assert json.loads(settings.calibration_file.read_text(encoding="utf-8"))["questions"] > 40


def test_too_few_questions_end_with_what_is_wanted_and_write_nothing(
    questions: Path,
    assistant: Assistant,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join(questions.read_text(encoding="utf-8").splitlines()[:10]), encoding="utf-8")
    monkeypatch.setenv("POLICYQA_INDEX", str(tmp_path / "index"))
    monkeypatch.setattr(opening, "open_assistant", lambda _: assistant)
    assert _run(monkeypatch, few) == 2
    assert "40" in capsys.readouterr().err
    assert not (tmp_path / "calibration.json").exists()
