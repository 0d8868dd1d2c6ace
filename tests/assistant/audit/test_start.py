"""The settings that hold are written down when they change, secrets as hashes alone."""

from dataclasses import fields, replace
from pathlib import Path

from assistant.audit.audit import Audit
from assistant.audit.start import record_settings
from assistant.database.database import Database
from assistant.settings import Settings

SECRET = "postgresql+psycopg://u:geheim-1@h/d"


def test_settings_are_recorded_when_they_differ_from_the_last_start(tmp_path: Path) -> None:
    audit = Audit(Database(tmp_path / "state.sqlite3"), tmp_path / "state.audit")
    settings = Settings(note_url="https://a.example/x", note_secret="0123456789-geheim", database=SECRET)
    first = record_settings(audit, settings)
    assert first is not None
    assert set(first.details["values"]) == {one.name for one in fields(Settings)}
    assert record_settings(audit, settings) is None
    changed = record_settings(audit, replace(settings, threshold=0.6, database=SECRET.replace("1", "2")))
    assert changed is not None
    assert changed.details["changed"] == ["database", "threshold"]
    assert changed.details["values"]["threshold"] == "0.6"
    assert "geheim" not in "".join(row.what for row in audit.all())
    assert audit.verify().holds


def test_a_row_of_settings_that_was_altered_keeps_no_server_from_starting(tmp_path: Path) -> None:
    audit = Audit(Database(tmp_path / "state.sqlite3"), tmp_path / "state.audit")
    assert record_settings(audit, Settings())
    with audit.database.transaction() as connection:
        connection.exec_driver_sql("DROP TRIGGER policyqa_audit_kept")
        connection.exec_driver_sql("UPDATE policyqa_audit SET what = '?', time = '?' WHERE event = 'settings'")
    assert record_settings(audit, Settings())
    assert [one.kind for one in audit.verify().faults] == ["altered"]
