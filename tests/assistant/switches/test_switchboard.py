"""What is switched: kept with its row of the audit, followed by every worker, held while the database is away."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.audit.audit import Audit
from assistant.database.database import Database
from assistant.switches.kept_file import KeptFile
from assistant.switches.operation import Following, Operation
from assistant.switches.state import Channel, Notice, Off, State
from assistant.switches.switchboard import MOST_NOTICE, Switchboard
from corpus.errors import InputError

SOON = datetime.now(UTC) + timedelta(hours=1)


def _board(folder: Path) -> tuple[Switchboard, Audit]:
    audit = Audit(Database(folder / "state.sqlite3"), folder / "state.audit")
    return Switchboard(audit), audit


def test_a_change_is_read_by_another_worker_and_stands_in_the_audit(tmp_path: Path) -> None:
    board, audit = _board(tmp_path)
    other, _ = _board(tmp_path)
    assert other.read() == State()
    board.answers([Channel.API, Channel.CHAT], off=True, by="甲", reason="正在更新")
    board.answers([Channel.CHAT], off=False, by="乙")
    board.notice("今晚维护。", english="Maintenance tonight.", until=SOON, by="甲")
    state = other.read()
    assert state.version == 3
    assert {channel: (one.by, one.reason) for channel, one in state.off.items()} == {Channel.API: ("甲", "正在更新")}
    assert state.notice is not None
    assert (state.notice.text, state.notice.until) == ("今晚维护。", SOON)
    assert board.clear_notice(by="乙").notice is None
    rows = list(audit.all())[1:]
    assert [(row.event, row.by) for row in rows] == [
        ("answers_off", "甲"),
        ("answers_on", "乙"),
        ("notice_set", "甲"),
        ("notice_cleared", "乙"),
    ]
    assert rows[0].details == {"channels": ["api", "chat"], "reason": "正在更新"}
    assert audit.verify().holds


@pytest.mark.parametrize(
    ("text", "english", "until", "field"),
    [
        (" ", "", None, "text"),
        ("长" * (MOST_NOTICE + 1), "", None, "text"),
        ("好", "x" * (MOST_NOTICE + 1), None, "english"),
        ("\x1b[31m红", "", None, "text"),
        ("\ud800", "", None, "text"),
        ("好", "", datetime(2020, 1, 1, tzinfo=UTC), "until"),
    ],
)
def test_a_notice_that_cannot_be_shown_is_refused(
    tmp_path: Path, text: str, english: str, until: datetime | None, field: str
) -> None:
    board, audit = _board(tmp_path)
    with pytest.raises(InputError) as refused:
        board.notice(text, english=english, until=until, by="甲")
    assert refused.value.field == field
    assert list(audit.all()) == []


def test_answers_are_switched_off_for_a_reason_alone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="请写明为什么停用"):
        _board(tmp_path)[0].answers([Channel.API], off=True, by="甲", reason=" ")


def test_a_worker_follows_and_keeps_what_it_knows_while_the_database_is_away(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    board, _ = _board(tmp_path)
    operation = Operation()
    other, audit = _board(tmp_path)
    following = Following(operation, other, seconds=0.01)
    following.start()
    try:
        board.answers([Channel.WIDGET], off=True, by="甲", reason="试")
        following.look()
        assert operation.is_off(Channel.WIDGET)
    finally:
        following.stop()
    audit.database.close()
    for file in tmp_path.glob("state.sqlite3*"):
        file.unlink()
    (tmp_path / "state.sqlite3").mkdir()
    following.look()
    following.look()
    assert operation.is_off(Channel.WIDGET)
    assert caplog.text.count("what was last known holds") == 1


def _away(folder: Path, audit: Audit) -> None:
    audit.database.close()
    for file in folder.glob("state.sqlite3*"):
        file.unlink()
    (folder / "state.sqlite3").mkdir()


def test_a_process_that_starts_without_the_database_goes_by_what_another_has_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Answers that are switched off stay off though a worker dies while the database is away, and another comes."""
    board, audit = _board(tmp_path)
    kept = KeptFile(tmp_path / "state.switches")
    first = Following(Operation(), board, kept=kept)
    first.look()
    assert kept.read() is None  # nothing was ever switched
    board.answers([Channel.CHAT], off=True, by="甲", reason="试")
    board.notice("今晚维护。", by="甲")
    first.look()
    _away(tmp_path, audit)
    operation = Operation()
    Following(operation, _board(tmp_path)[0], kept=kept).look()
    assert operation.is_off(Channel.CHAT)
    assert operation.notice()
    assert "those kept beside the database hold" in caplog.text
    assert [file.name for file in tmp_path.glob("state.switches*")] == ["state.switches"]


def test_what_is_kept_gives_way_to_what_the_database_says(tmp_path: Path) -> None:
    """Of a restored database too, though its version was counted before."""
    board, _ = _board(tmp_path)
    kept = KeptFile(tmp_path / "state.switches")
    kept.write(State(0, {Channel.API: Off(SOON, "甲", "试")}))
    operation = Operation()
    Following(operation, board, kept=kept).look()
    assert (operation.state, kept.read()) == (State(), State())


@pytest.mark.parametrize("written", [None, "", "[]", '{"version": "x", "state": {}}', '{"version": 1, "state": []}'])
def test_where_nobody_knows_answers_are_on_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, written: str | None
) -> None:
    board, audit = _board(tmp_path)
    _away(tmp_path, audit)
    if written is not None:
        (tmp_path / "kept").write_text(written)
    operation = Operation()
    Following(operation, board, kept=KeptFile(tmp_path / "kept")).look()
    assert not operation.is_off(Channel.CHAT)
    assert "answers are ON whatever was switched off" in caplog.text
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_row_that_another_program_has_written_changes_nothing(tmp_path: Path) -> None:
    board, audit = _board(tmp_path)
    board.answers([Channel.API], off=True, by="甲", reason="试")
    operation = Operation(board.read())
    with audit.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE policyqa_operation SET version = 9, state = '[]'")
    Following(operation, board).look()
    assert operation.is_off(Channel.API)
    kept = json.dumps({"off": {"fax": {"since": "x"}}, "notice": None})
    assert State.from_json(4, json.loads(kept)) == State(4)


def test_a_notice_ends_by_itself_and_is_told_from_another() -> None:
    clock = [datetime(2026, 11, 30, 12, tzinfo=UTC)]
    notice = Notice("维护", until=clock[0] + timedelta(minutes=1))
    operation = Operation(State(1, {}, notice), lambda: clock[0])
    assert operation.notice() == notice
    clock[0] += timedelta(minutes=1)
    assert operation.notice() is None
    assert Notice("维护").key != notice.key != Notice("维护二").key
    assert (Notice("维护").in_language("en"), Notice("维护", "Down").in_language("en")) == (
        ("维护", "zh"),
        ("Down", "en"),
    )
