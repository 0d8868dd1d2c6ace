import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.service import Assistant
from corpus.errors import FloorError, InputError
from ui.cli.app import app

QUESTIONS = (
    '{"id": "金 融", "question": "金融顾问制度是什么", "relevant": ["harbin-66:26"], "tags": ["企业"]}\n'
    '{"id": "moon", "question": "今天晚上吃什么好", "relevant": []}\n'
)


def _evaluate(questions: Path, *options: str) -> str:
    """What is printed on standard output. Raises what the command raises."""
    done = CliRunner().invoke(app, ["eval", "--questions", str(questions), *options])
    if done.exception:
        raise done.exception
    return done.stdout


@pytest.fixture
def questions(tmp_path: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Assistant, "open", lambda _: assistant)
    path = tmp_path / "questions.jsonl"
    path.write_text(QUESTIONS, encoding="utf-8")
    return path


def test_a_run_is_kept_compared_written_as_a_page_and_for_trec(questions: Path, tmp_path: Path) -> None:
    first = tmp_path / "run.json"
    first.write_text(_evaluate(questions, "--json", "--leg", "hybrid"), encoding="utf-8")
    html, trec = tmp_path / "out" / "report.html", tmp_path / "trec"
    options = ("--json", "--leg", "hybrid", "--against", str(first), "--html", str(html), "--trec", str(trec))
    run = json.loads(_evaluate(questions, *options, "--at-least", "success@1=1"))
    assert [(one["id"], one["right"], one["cited"]) for one in run["results"]] == [
        ("金 融", True, ["harbin-66:26"]),
        ("moon", True, []),
    ]
    assert set(run["results"][0]["ms"]) >= {"search", "ask", "understand", "retrieve", "compose"}
    assert (run["against"]["common"], run["against"]["lost"], run["against"]["permutations"]) == (2, [], 10_000)
    assert "Against an earlier run" in html.read_text(encoding="utf-8")
    assert (trec / "qrels.txt").read_text(encoding="utf-8") == "%E9%87%91%20%E8%9E%8D 0 harbin-66:26 1\n"


def test_a_comparison_is_printed_for_people(questions: Path, tmp_path: Path) -> None:
    first = tmp_path / "run.json"
    first.write_text(_evaluate(questions, "--json", "--leg", "bm25"), encoding="utf-8")
    run = json.loads(first.read_text(encoding="utf-8"))
    run["results"][0] |= {"right": False, "cited": ["harbin-66:1"]}
    first.write_text(json.dumps(run), encoding="utf-8")
    printed = _evaluate(questions, "--leg", "bm25", "--against", str(first))
    assert "2 个共同的问题" in printed
    assert "not before: 1" in printed
    assert "harbin-66:1 (" in printed


def test_a_figure_below_its_floor_fails_when_all_is_written(questions: Path, tmp_path: Path) -> None:
    html = tmp_path / "report.html"
    with pytest.raises(FloorError, match="part_accuracy"):
        _evaluate(questions, "--leg", "bm25", "--html", str(html), "--at-least", "part_accuracy=0.5")
    assert html.exists()


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (("--at-least", "recall=0.9"), "success@1, success@3"),
        (("--against", "none.json"), "none.json"),
        (("--html", "."), "--html"),
        (("--leg", "bm26"), "bm26"),
    ],
)
def test_faults_are_told_before_anything_is_asked(tmp_path: Path, options: tuple[str, ...], fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        _evaluate(tmp_path / "absent.jsonl", *options)
