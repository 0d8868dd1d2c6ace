"""A restore around what is there: servers that run, and the head of the audit that a later moment has left."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.audit.audit import Audit
from assistant.backup.making import make_backup
from assistant.backup.restoring import restore_backup
from assistant.publication.running import Presence, Server, present_apart, servers
from assistant.settings import Settings
from corpus.errors import DatabaseError, PolicyQAError


def _settings(folder: Path) -> Settings:
    folder.mkdir()
    return Settings(index=folder / "index", feedback=folder / "feedback.sqlite3")


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    """Four rows of the audit: what began it, and three commands."""
    settings = _settings(tmp_path / "office")
    audit = Audit.open(settings)
    for number in range(3):
        audit("command", "os:x", number=number)
    audit.database.close()
    return settings


@pytest.fixture
def saved(office: Settings, tmp_path: Path) -> Path:
    make_backup(office, tmp_path / "office.tar.gz")
    return tmp_path / "office.tar.gz"


@pytest.mark.parametrize("follows", [True, False])  # False: it searches a folder of its own
def test_nothing_is_restored_under_a_running_server(saved: Path, tmp_path: Path, follows: bool) -> None:
    other = _settings(tmp_path / "other")
    with ExitStack() as stack:
        if follows:
            presence = Presence(other.library_folder)
            stack.callback(presence.leave)
            presence.tell(Server(os.getpid(), None))
        else:
            stack.enter_context(present_apart(other.library_folder))
        assert len(servers(other.library_folder)) == follows  # publishers wait for those alone that follow
        with pytest.raises(PolicyQAError, match=f"process {os.getpid()}"):
            restore_backup(other, saved, replace=True)
    assert restore_backup(other, saved).contents.rows["state"]["policyqa_audit"] == 4


def test_the_audit_comes_back_whole_and_guarded(saved: Path, tmp_path: Path) -> None:
    elsewhere = _settings(tmp_path / "elsewhere")
    restore_backup(elsewhere, saved)
    audit = Audit.open(elsewhere)
    assert (audit.verify().holds, audit.verify().rows) == (True, 4)
    with pytest.raises(DatabaseError), audit.database.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM policyqa_audit")
    audit.database.close()


def test_rows_since_the_backup_are_missed_until_that_is_accepted(office: Settings, saved: Path) -> None:
    audit = Audit.open(office)
    audit("command", "os:x", number=3)
    audit.database.close()
    restore_backup(office, saved, replace=True)
    audit = Audit.open(office)
    assert [fault.kind for fault in audit.verify().faults] == ["cut_off"]
    audit.accept("os:x", "restored")
    assert audit.verify().holds
    audit.database.close()
