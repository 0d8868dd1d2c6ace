"""What a receiver would not take is listed and sent again from the command line."""

import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.database.database import Database
from assistant.operations.outbox import Outbox
from assistant.webhooks.happening import Kind
from corpus.errors import InputError, NotFoundError, SettingsError
from ui.cli.app import app


@pytest.fixture
def outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outbox:
    for name in ("index", "feedback", "library"):
        monkeypatch.setenv(f"POLICYQA_{name.upper()}", str(tmp_path / name))
    return Outbox(Database(tmp_path / "feedback"))


def failed(outbox: Outbox, kind: str) -> str:
    id_ = outbox.put(kind, {"generation": 3})
    outbox.failed(id_, "HTTP 410")
    return id_


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ("webhooks", *arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_what_failed_is_listed_and_sent_again_by_its_id_or_as_a_whole(outbox: Outbox, tmp_path: Path) -> None:
    assert "没有送不到的通知" in run("failed")
    first, second, third = (failed(outbox, kind) for kind in (Kind.PUBLISHED, Kind.GAP_OPENED, Kind.CALLBACK_DUE))
    note = failed(outbox, "note")  # which an agent sends again
    waiting = outbox.put(Kind.PUBLISHED, {})
    listed = json.loads(run("failed", "--json"))
    assert [(one["id"], one["problem"]) for one in listed] == [(i, "HTTP 410") for i in (first, second, third)]
    assert "HTTP 410" in run("failed")
    assert "再送 1 条" in run("resend", second)
    assert "再送 2 条" in run("resend", "--failed")
    assert json.loads(run("failed", "--json")) == []
    assert "再送 0 条" in run("resend", "--failed")
    with pytest.raises(NotFoundError, match=note):
        run("resend", note)
    with pytest.raises(NotFoundError, match=waiting):
        run("resend", waiting)
    with sqlite3.connect(tmp_path / "feedback") as file:
        states = file.execute("SELECT state, count(*) FROM policyqa_outbox GROUP BY state ORDER BY state").fetchall()
        audited = file.execute("SELECT what FROM policyqa_audit WHERE event = 'command'").fetchall()
    assert states == [("failed", 1), ("waiting", 4)]
    assert any(second in what for (what,) in audited)


@pytest.mark.parametrize("arguments", [(), ("x", "--failed")])
def test_which_is_to_be_said(outbox: Outbox, arguments: tuple[str, ...]) -> None:
    failed(outbox, Kind.PUBLISHED)
    with pytest.raises(InputError, match="--failed"):
        run("resend", *arguments)
    assert len(outbox.given_up()) == 1


@pytest.mark.usefixtures("outbox")
def test_where_nothing_is_kept_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_FEEDBACK", "off")
    with pytest.raises(SettingsError, match="FEEDBACK=off"):
        run("failed")
