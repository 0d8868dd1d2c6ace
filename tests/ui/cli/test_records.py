"""`policyqa records check`: coverage, what is left out, faults with file and line, exit 2 where there is one."""

import json
import sys
from pathlib import Path

import pytest

from tests.corpus.records.test_services import APPLY, EVENTS, PROFILE, TEXT, put
from ui.cli.app import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "texts"
    put(folder, "d.txt", TEXT)
    put(folder, "d.apply.yaml", APPLY)
    put(folder, "records/profile.yaml", PROFILE)
    put(folder, "records/events.yaml", EVENTS.replace("['d:1']", "['d:1', 'gone:1', 'gone:2']"))
    monkeypatch.setenv("POLICYQA_CORPUS", str(folder))
    monkeypatch.setenv("POLICYQA_INDEX", str(tmp_path / "index"))
    return folder


def check(monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    monkeypatch.setattr(sys, "argv", ["policyqa", "records", "check", *options])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


def test_it_says_what_is_covered_and_what_is_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(monkeypatch) == 0
    out = capsys.readouterr().out
    assert "d：条款 clauses 2，其中有 of these with：白话 plain 0，条件 conditions 1，一件事 events 1" in out
    assert "events.yaml 里 gone 的 2 处" in out
    assert "错误 faults 0" in out
    assert str(folder) not in out


def test_a_fault_is_named_and_the_exit_code_is_2(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "d.apply.yaml", APPLY.replace("quote: 商户", "quote: 商家"))
    assert check(monkeypatch, "--json") == 2
    printed = capsys.readouterr()
    (fault,) = json.loads(printed.out)["faults"]
    assert (fault["file"], fault["line"]) == (str(folder / "d.apply.yaml"), 2)
    assert "1 处需要修改" in printed.err


def test_of_a_faulty_profile_nothing_follows(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "records/profile.yaml", PROFILE.replace("ask: kind", "ask: KIND"))
    assert check(monkeypatch, "--json") == 2
    assert [Path(one["file"]).name for one in json.loads(capsys.readouterr().out)["faults"]] == ["profile.yaml"]
