from pathlib import Path

import pytest

from corpus.errors import InputError
from eval.speed.checkout import HERE, Checkout
from eval.speed.driver import seconds_of


def test_a_checkout_is_run_by_the_command_its_project_declares(tmp_path: Path) -> None:
    script = '[project]\nname = "x"\n[project.scripts]\npolicyqa = "some.where:start"\n'
    (tmp_path / "pyproject.toml").write_text(script, encoding="utf-8")
    command = Checkout(tmp_path, tmp_path / "work").command("serve", "--port", "1")
    assert command[-4:] == ["from some.where import start; start()", "serve", "--port", "1"]


def test_no_setting_of_the_caller_reaches_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_THRESHOLD", "0.9")
    monkeypatch.setenv("POLICYQA_INDEX", "/elsewhere")
    environment = Checkout(HERE, tmp_path).environment
    assert {name for name in environment if name.startswith("POLICYQA_")} == {"POLICYQA_INDEX", "POLICYQA_FEEDBACK"}
    assert environment["POLICYQA_INDEX"] == str(tmp_path / "index")
    assert environment["PYTHONPATH"] == str(HERE)


def test_a_folder_without_the_project_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="git worktree"):
        Checkout(tmp_path, tmp_path).command("index")


def test_this_checkout_answers_in_a_process_of_its_own(tmp_path: Path) -> None:
    checkout = Checkout(HERE, tmp_path)
    checkout.build_index()
    with checkout.asking() as time:
        first, refused = time([("营业执照怎么办", ("你好",)), (" ", ())])
    assert first is not None
    assert first > 0
    assert refused is None


def test_only_refused_input_has_no_time() -> None:
    def refuse(_question: str, _earlier: list[str]) -> object:
        raise InputError("no")

    def crash(_question: str, _earlier: list[str]) -> object:
        raise ValueError("a fault of the assistant")

    assert seconds_of(refuse, "问", []) is None
    with pytest.raises(ValueError, match="fault"):
        seconds_of(crash, "问", [])
