"""The audit: one chain whoever adds to it, closed to any change, and cut only on record. In both kinds of database."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from assistant.audit.audit import Audit
from assistant.audit.chain import Fault, Head
from assistant.audit.row import NONE, Row
from assistant.database.database import Database
from corpus.errors import DatabaseError, InputError

GUARDS = {
    "sqlite": ("DROP TRIGGER policyqa_audit_kept", "DROP TRIGGER policyqa_audit_whole"),
    "postgresql": (
        "DROP TRIGGER policyqa_audit_kept ON policyqa_audit",
        "DROP TRIGGER policyqa_audit_whole ON policyqa_audit",
    ),
}
WORKER = """
import sys
from pathlib import Path
from assistant.audit.audit import Audit
from assistant.database.database import Database
where = Path(sys.argv[1]) if sys.argv[1].startswith("/") else sys.argv[1]
audit = Audit(Database(where, seconds=20), Path(sys.argv[2]))
for number in range(15):
    audit.record("write", sys.argv[3], number=number)
"""
EVENTS = ["signin", "key_created", "write", "signout", "answers_off", "password_changed"]


def _filled(audit: Audit) -> list[Row]:
    for number, event in enumerate(EVENTS):
        audit.record(event, "甲", number=number, reason="试运行")
    return list(audit.all())


def _without_guards(audit: Audit, *statements: str) -> None:
    """What somebody does who owns the database."""

    def work(connection: Connection) -> None:
        for statement in (*GUARDS[connection.dialect.name], *statements):
            connection.execute(text(statement))

    audit.database.write(work)


def _executed(audit: Audit, statement: str) -> None:
    with audit.database.transaction() as connection:
        connection.execute(text(statement))


def _faults(audit: Audit) -> list[tuple[int, str]]:
    return [(one.number, one.kind) for one in audit.verify().faults]


def test_rows_follow_from_one_another_and_the_first_seals_the_beginning(audit: Audit) -> None:
    rows = _filled(audit)
    assert [row.event for row in rows] == ["audit_begun", *EVENTS]
    assert [row.number for row in rows] == list(range(1, 8))
    assert [row.previous for row in rows] == [NONE, *(row.hash for row in rows[:-1])]
    found = audit.verify()
    assert found.holds
    assert found.head == audit.head() == audit.head_file.read() == Head(7, rows[-1].hash)
    assert [row.number for row in audit.rows(event="write")] == [4]
    assert [row.number for row in audit.rows(before=3)] == [2, 1]
    assert audit.rows(first=datetime.now(UTC) + timedelta(days=1)) == []


TAMPERED = {
    "altered": ("UPDATE policyqa_audit SET by = '乙' WHERE number = 4", (4, "altered")),
    "its words": ("UPDATE policyqa_audit SET what = '{}' WHERE number = 5", (5, "altered")),
    "no json": ("UPDATE policyqa_audit SET what = '?' WHERE number = 5", (5, "altered")),
    "deeply nested": (
        f"UPDATE policyqa_audit SET what = '{'[' * 100_000}' WHERE number = 5",
        (5, "altered"),
    ),
    "its time": ("UPDATE policyqa_audit SET time = '2020-01-01 00:00:00' WHERE number = 3", (3, "altered")),
    "missing": ("DELETE FROM policyqa_audit WHERE number = 4", (4, "missing")),
    "the first": ("DELETE FROM policyqa_audit WHERE number = 1", (2, "start")),
    "cut off": ("DELETE FROM policyqa_audit WHERE number > 5", (7, "cut_off")),
    "all": ("DELETE FROM policyqa_audit", (7, "cut_off")),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_row_that_was_altered_or_taken_away_is_named(audit: Audit, how: str) -> None:
    _filled(audit)
    statement, fault = TAMPERED[how]
    _without_guards(audit, statement)
    assert fault in _faults(audit)


def test_rows_that_changed_places_are_named(audit: Audit) -> None:
    _filled(audit)
    swap = "UPDATE policyqa_audit SET number = {} WHERE number = {}"
    _without_guards(audit, swap.format(99, 3), swap.format(3, 4), swap.format(4, 99))
    assert (3, "moved") in _faults(audit)
    assert (4, "altered") in _faults(audit)


def test_a_row_that_was_put_in_is_named(audit: Audit) -> None:
    rows = _filled(audit)
    up = "UPDATE policyqa_audit SET number = number + 100 WHERE number > 3"
    down = "UPDATE policyqa_audit SET number = number - 99 WHERE number > 100"
    copy = "INSERT INTO policyqa_audit SELECT 4, time, event, by, what, previous, hash FROM policyqa_audit "
    copy += "WHERE number = 3"
    _without_guards(audit, up, copy, down)
    found = _faults(audit)
    assert (4, "moved") in found
    assert (4, "another") not in found  # no head of it is kept elsewhere
    assert [
        (one.number, one.kind) for one in audit.verify([Head(4, rows[3].hash)]).faults if one.kind == "another"
    ] == [
        (4, "another"),
        (7, "another"),
    ]


def test_a_chain_made_anew_as_a_whole_is_found_by_a_head_that_was_kept_elsewhere(audit: Audit, tmp_path: Path) -> None:
    kept = Head(4, _filled(audit)[3].hash)
    other = Audit(Database(tmp_path / "other.sqlite3"), tmp_path / "other.audit")
    _filled(other)
    assert other.verify().holds  # nothing in it is wrong by itself: this is what a chain cannot prove
    assert other.verify([kept]).faults == (Fault(4, "another"),)
    assert audit.verify([kept]).holds


def test_the_database_itself_refuses_to_alter_and_to_delete(audit: Audit) -> None:
    _filled(audit)
    for statement in ("UPDATE policyqa_audit SET by = '乙'", "DELETE FROM policyqa_audit WHERE number = 2"):
        with pytest.raises(DatabaseError, match="can only be added to"):
            _executed(audit, statement)
    assert audit.verify().holds


def test_several_workers_make_one_chain(opened: Callable[[], Audit], tmp_path: Path) -> None:
    audit = opened()
    audit.record("signin", "甲")
    url = audit.database._engine.url
    where = str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WORKER, where, str(tmp_path / "state.audit")]
    workers = [subprocess.Popen([*command, name], stderr=subprocess.PIPE, text=True) for name in "ab"]
    others = [opened() for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: [one.record("write", "t") for _ in range(10)], others))
    for worker in workers:
        _, fault = worker.communicate()
        assert worker.returncode == 0, fault
    found = audit.verify()
    assert found.holds
    assert found.rows == 2 + 2 * 15 + 20
    assert [row.details["number"] for row in audit.all() if row.by == "b"] == list(range(15))


def test_a_change_and_its_row_are_kept_together_or_neither(audit: Audit) -> None:
    audit.record("signin", "甲")

    def fails(connection: Connection) -> Row:
        audit.append(connection, "write", "乙", {})
        raise OSError(28, "No space left on device")

    with pytest.raises(DatabaseError):
        audit.write(fails)
    assert audit.verify().rows == 2
    assert audit.record("write", "乙").number == 3


def test_rows_past_keeping_are_cut_on_record_and_the_rest_still_verifies(audit: Audit, tmp_path: Path) -> None:
    rows = _filled(audit)
    kept = Head(2, rows[1].hash)

    def later(days: int) -> Audit:
        return Audit(audit.database, tmp_path / "state.audit", 30, lambda: datetime.now(UTC) + timedelta(days=days))

    assert Audit(audit.database, tmp_path / "state.audit").cut() == 0  # kept for ever
    assert later(10).cut() == 0
    later(20).record("write", "乙")
    assert later(40).cut() == 7
    found = audit.verify([kept])
    assert (found.holds, found.rows, found.first, found.cut) == (True, 2, 8, 7)
    cut = audit.rows()[0]
    assert (cut.event, cut.by) == ("audit_cut", "retention")
    assert (cut.details["through"], cut.details["hash"], cut.details["rows"]) == (7, rows[-1].hash, 7)
    assert later(60).cut() == 1  # the row of day 20; the record of the first cut is not old yet
    assert audit.verify().holds
    assert later(200).cut() == 2  # and now it is
    assert [row.event for row in audit.all()] == ["audit_cut"]
    assert audit.verify().holds


def test_nobody_can_cut_more_than_is_on_record(audit: Audit) -> None:
    _filled(audit)
    _without_guards(audit, "DELETE FROM policyqa_audit WHERE number < 4")
    assert _faults(audit) == [(4, "start")]


def test_a_restored_backup_is_found_until_somebody_has_put_it_down(audit: Audit) -> None:
    rows = _filled(audit)
    head = audit.head_file.read()
    back = f"UPDATE policyqa_audit_head SET number = 5, hash = '{rows[4].hash}'"
    _without_guards(audit, "DELETE FROM policyqa_audit WHERE number > 5", back)
    assert _faults(audit) == [(7, "cut_off")]
    for _ in range(4):  # goes on beyond where it had been: the evidence stays
        audit.record("write", "乙")
    assert audit.head_file.read() == head
    assert _faults(audit) == [(7, "another")]
    with pytest.raises(InputError, match="Give the reason"):
        audit.accept("甲", " ")
    audit.accept("甲", "恢复了昨天的备份")
    assert audit.verify().holds
    assert audit.rows()[0].details == {"kept": str(head), "reason": "恢复了昨天的备份"}


def test_what_is_kept_is_bounded_and_holds_no_telephone_number(audit: Audit) -> None:
    row = audit.record(
        "write\0",
        "甲" * 999,
        reason="市民13912345678来电",
        ids=range(3),
        many=list(range(999)),
        long="长" * 9999,
        odd="\ud800",
    )
    assert row.event == "write\ufffd"
    assert len(row.by) == 200
    assert row.details["reason"] == "市民〔手机号〕来电"
    assert (len(row.details["many"]), len(row.details["long"])) == (201, 4000)
    assert audit.verify().holds
    with pytest.raises(ValueError, match="not JSON compliant"):
        audit.record("write", "甲", figure=float("nan"))
    assert audit.verify().rows == 2


@pytest.mark.parametrize("time", ["'gestern'", "''", "5", "X'FF'", "'9999-99-99 00:00:00'"])
def test_a_time_that_is_none_is_named_and_fails_nobody_who_looks(tmp_path: Path, time: str) -> None:
    """SQLite keeps whatever is written there."""
    audit = Audit(Database(tmp_path / "state.sqlite3"), tmp_path / "state.audit", days=36_500)
    _filled(audit)
    _without_guards(audit, f"UPDATE policyqa_audit SET time = {time} WHERE number = 3")
    assert (3, "altered") in _faults(audit)
    assert [row.number for row in audit.rows()] == [7, 6, 5, 4, 3, 2, 1]
    assert len(list(audit.all())) == 7
    audit.cut()
    audit.database.close()
