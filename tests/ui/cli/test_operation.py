"""`policyqa audit`, `switch` and `notice`, and that commands which change something are on record."""

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.errors import BrokenAuditError, InputError
from ui.cli.app import app
from ui.cli.audited import audited


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    return {
        "POLICYQA_INDEX": str(tmp_path / "index"),
        "POLICYQA_FEEDBACK": str(tmp_path / "state.sqlite3"),
        "POLICYQA_LIBRARY": str(tmp_path / "library"),
    }


@pytest.fixture
def run(environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> "Run":
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Run()


class Run:
    """Runs a command as at a terminal."""

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, arguments)

    def said(self, *arguments: str) -> str:
        result = self(*arguments)
        assert result.exit_code == 0, result.output
        return result.output


def test_answers_are_switched_by_channel_and_the_state_is_told(run: Run) -> None:
    run.said("switch", "answers", "off", "--channel", "api", "--channel", "chat", "--reason", "正在更新")
    said = json.loads(run.said("switch", "status", "--json"))
    assert set(said["off"]) == {"api", "chat"}
    assert said["off"]["api"]["by"].startswith("os:")
    assert "api      停用 off" in run.said("switch", "status")
    run.said("switch", "answers", "on", "--channel", "all")
    assert json.loads(run.said("switch", "status", "--json"))["off"] == {}
    assert isinstance(run("switch", "answers", "off", "--channel", "api").exception, InputError)
    assert run("switch", "answers", "off", "--channel", "fax", "--reason", "x").exit_code == 2


def test_a_notice_is_set_in_beijing_time_and_cleared(run: Run) -> None:
    said = run.said("notice", "set", "今晚维护", "--english", "Down", "--until", "2099-01-01T06:00")
    assert "公告 notice（到 until 2099-01-01 06:00）：今晚维护" in said
    assert json.loads(run.said("switch", "status", "--json"))["notice"]["until"] == "2098-12-31T22:00:00+00:00"
    assert "没有公告" in run.said("notice", "clear")


def test_the_audit_is_listed_exported_and_verified_with_the_broken_row_named(
    run: Run, environment: Mapping[str, str], tmp_path: Path
) -> None:
    assert "还没有记录" in run.said("audit", "head")
    run.said("notice", "set", "一")
    head = run.said("audit", "head").strip()
    run.said("notice", "set", "二")
    assert "notice_set" in run.said("audit", "list", "--event", "notice_set")
    assert json.loads(run.said("audit", "verify", "--head", head, "--json"))["holds"] is True
    file = tmp_path / "audit.jsonl"
    run.said("audit", "export", "--output", str(file))
    assert "核对 verified 3 行" in run.said("audit", "verify", str(file), "--head", head)
    with sqlite3.connect(environment["POLICYQA_FEEDBACK"]) as database:
        database.execute("DROP TRIGGER policyqa_audit_kept")
        database.execute("UPDATE policyqa_audit SET by = 'os:other' WHERE number = 2")
    database.close()
    broken = run("audit", "verify")
    assert isinstance(broken.exception, BrokenAuditError)
    assert broken.exception.exit_code == 1
    assert "第 2 行被改动过。 Row 2 was altered." in broken.output
    wrong = f"2:{'0' * 64}"
    assert "第 2 行不是存在别处" in run("audit", "verify", str(file), "--head", wrong).output
    assert isinstance(run("audit", "verify", "--head", "2:abc").exception, InputError)


def test_commands_that_change_something_are_on_record_without_folders_and_questions(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "办法.txt"
    file.write_text("试行办法\n第一条　为了试行，制定本办法。\n第二条　本办法自发布之日起施行。\n", encoding="utf-8")
    run.said("documents", "add", str(file))
    run.said("questions", "add", "为什么制定办法", "--none")
    rows = json.loads(run.said("audit", "list", "--event", "command", "--json"))
    assert [row["what"] for row in rows] == [
        {"command": "questions add"},
        {"command": "documents add", "files": ["办法.txt"]},
    ]
    assert run("documents", "add", str(file)).exit_code != 0  # it is there already: nothing was done
    assert len(json.loads(run.said("audit", "list", "--event", "command", "--json"))) == 2


def test_what_is_done_is_done_though_it_cannot_be_recorded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state.sqlite3").mkdir()
    monkeypatch.setenv("POLICYQA_FEEDBACK", str(tmp_path / "state.sqlite3"))
    monkeypatch.setenv("POLICYQA_LIBRARY", str(tmp_path))
    assert audited("x")(lambda: "done")() == "done"
    assert "已经做完，但没有记入审计" in capsys.readouterr().err


def test_a_restore_says_what_to_do_next(run: Run, tmp_path: Path) -> None:
    run.said("notice", "set", "一")
    file = str(tmp_path / "b.tar.gz")
    run.said("backup", file)
    run.said("notice", "set", "二")
    said = run.said("restore", file, "--replace")
    assert 'policyqa audit accept --reason "恢复 20' in said.splitlines()[-1]
    run.said("audit", "accept", "--reason", "恢复了备份")
    file = str(tmp_path / "c.tar.gz")
    run.said("backup", file)
    assert "可以启动服务" in run.said("restore", file, "--replace").splitlines()[-1]
    (tmp_path / "state.sqlite3.audit").write_text('{"number": 2, "hash": "00"}')
    assert run.said("restore", file, "--replace").endswith("policyqa audit verify\n")
