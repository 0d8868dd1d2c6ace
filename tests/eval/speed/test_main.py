"""The command line of the timings, with what is measured replaced by fixed figures."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from eval.speed import __main__ as command
from eval.speed.checkout import HERE, Asked, Checkout
from eval.speed.serving import Load, ServingComparison


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """What the comparison was given to ask; it takes 20 ms in the base and 5 ms here, where one question fails."""
    given: list[Asked] = []

    def compare(
        base: Checkout, new: Checkout, questions: Sequence[Asked], _rounds: int, _report: Callable[[str], None]
    ) -> list[ServingComparison]:
        assert (base.folder, new.folder) == (Path("/old"), HERE)
        given.extend(questions)
        return [ServingComparison("one connection", Load((20.0,), 0.02), Load((5.0,), 0.005, 1))]

    monkeypatch.setattr(command, "compare_serving", compare)
    return given


def _questions(folder: Path, number: int) -> Path:
    path = folder / "q.jsonl"
    rows = [{"id": str(n), "question": f"问{n}", "history": ["前"], "relevant": []} for n in range(number)]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_questions_are_spread_evenly_and_keep_their_history(asked: list[Asked], tmp_path: Path) -> None:
    command.serve(Path("/old"), _questions(tmp_path, 10), count=4)
    assert asked == [("问0", ("前",)), ("问2", ("前",)), ("问5", ("前",)), ("问7", ("前",))]


def test_the_own_questions_are_asked_where_none_are_given(asked: list[Asked]) -> None:
    command.serve(Path("/old"), count=3)
    assert len(asked) == 3


def test_both_and_their_ratio_are_printed(
    asked: list[Asked], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command.serve(Path("/old"), _questions(tmp_path, 2), count=2, as_json=True)
    (one,) = json.loads(capsys.readouterr().out)
    assert one["times_as_fast"] == {"p50": 4.0, "p99": 4.0, "per_second": 4.0}
    command.serve(Path("/old"), _questions(tmp_path, 2), count=2)
    printed = capsys.readouterr().out
    assert all(cell in printed for cell in ("20.00", "5.00", "4.00 ×", "50.00", "200.00"))
    assert len(asked) == 4


def test_a_base_that_holds_no_project_ends_the_command_with_its_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["speed", "serve", "--base", str(tmp_path)])
    with pytest.raises(SystemExit) as raised:
        command.main()
    assert raised.value.code == 2
    assert "git worktree" in capsys.readouterr().err
