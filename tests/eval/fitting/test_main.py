"""The fitting command writes where it is told, on the questions it is given."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.service import Assistant
from corpus.corpus import Corpus
from eval.fitting import __main__ as command
from eval.fitting.adapter import MODELS, SIGNALS
from eval.fitting.thresholds import GRIDS
from eval.questions.questionset import LabelledQuestion


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("assistant/confidence", "docs"):
        (tmp_path / folder).mkdir(parents=True)
    entries = (f'[{grid.name}]\nvalue = 0.5\nmeaning = "m"\nchosen_on = ""\nfigure = ""\n' for grid in GRIDS)
    (tmp_path / "assistant" / "thresholds.toml").write_text("\n".join(entries), encoding="utf-8")
    return tmp_path


@pytest.fixture
def questions(tmp_path: Path, corpus: Corpus) -> Path:
    path = tmp_path / "questions.jsonl"
    rows = [
        {
            "id": f"q{i}",
            "question": f"{clause.title[:12]}{'会怎样' if i % 2 else '有吗'}",
            "relevant": [clause.id] * (1 - i % 2),
        }
        for i, clause in enumerate(corpus.clauses[:40])
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_one_command_fits_confidence_and_thresholds(
    root: Path, questions: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "assistants", lambda _: dict.fromkeys(MODELS, assistant))

    def answer(question: LabelledQuestion, _thresholds: Mapping[str, float]) -> Answer:
        return assistant.ask(question.question)

    monkeypatch.setattr(command, "answer_under", lambda _: answer)
    command.main(questions, root=root)
    model = json.loads((root / "assistant" / "confidence" / "model.json").read_text(encoding="utf-8"))
    assert model["encoder"] == assistant.index.encoder.fingerprint
    assert all(set(model[name]["weights"]) == {"bias", *SIGNALS} for name in MODELS)
    assert "<svg" in (root / "docs" / "reliability.svg").read_text(encoding="utf-8")
    table = tomllib.loads((root / "assistant" / "thresholds.toml").read_text(encoding="utf-8"))
    assert table["second_place"]["figure"] != ""
    assert table["second_place"]["chosen_on"] == "questions.jsonl"
    assert table["stands_alone"]["figure"] == "", "no question of the file has a history"
