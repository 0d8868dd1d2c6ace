"""A command in a process of its own: its result, its steps and its errors in words."""

from pathlib import Path

import pytest

from ui.library import command
from ui.library.command import CommandError, in_a_process

PROGRAM = """
import sys
print("正在读取……Reading.", file=sys.stderr)
print("UserWarning: of a library", file=sys.stderr)
{end}
"""


@pytest.fixture
def steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(command, "_PROGRAM", PROGRAM.format(end=request.param))
    return []


@pytest.mark.parametrize("steps", ["print('{\"asked\":', len(sys.argv), '}'); sys.exit(2)"], indirect=True)
def test_what_it_prints_is_its_result_whatever_its_exit_code(steps: list[str]) -> None:
    assert in_a_process(["publish", "--by=甲"], steps.append) == {"asked": 3}
    assert steps == ["正在读取……Reading."]


@pytest.mark.parametrize("steps", ["sys.exit('policyqa: a.txt:1: 读不出\\nb.txt:1: 读不出')"], indirect=True)
def test_an_error_is_told_as_the_command_tells_it(steps: list[str]) -> None:
    with pytest.raises(CommandError) as caught:
        in_a_process([], steps.append)
    assert str(caught.value) == "a.txt:1: 读不出\nb.txt:1: 读不出"
    assert steps == ["正在读取……Reading."]


@pytest.mark.parametrize("steps", ["1 / 0", "print('[]')"], indirect=True, ids=["fault", "no table"])
def test_what_ends_without_a_result_shows_its_last_words(steps: list[str]) -> None:
    with pytest.raises(CommandError, match="UserWarning"):
        in_a_process([], steps.append)


@pytest.mark.parametrize("steps", ["1"], indirect=True)
def test_what_is_cut_off_says_what_to_do(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_PROGRAM", "import os; os._exit(9)")
    with pytest.raises(CommandError, match=r"退出码 9.*Try again"):
        in_a_process([], steps.append)


def test_policyqa_itself_is_run(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=str(tmp_path / "no.txt")):
        in_a_process(["documents", "preview", "--json", str(tmp_path / "no.txt")], print)
