"""A backup of SQLite restores into PostgreSQL, and back, with every row and value."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.backup.making import make_backup
from assistant.backup.restoring import restore_backup
from assistant.database.database import Database
from assistant.feedback.store import FeedbackStore, Verdict
from assistant.handover.table import HANDOVER
from assistant.settings import Settings
from corpus.errors import DatabaseError, InputError


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    settings = Settings(index=tmp_path / "office" / "index", feedback=tmp_path / "office" / "feedback.sqlite3")
    with FeedbackStore(settings.feedback) as store:
        for number in range(1500):  # more than is written at once
            store.judge(f"{number:032}", Verdict.WRONG, comment="改了，见“第三条”\t\n")
    moment = datetime(2026, 11, 30, 9, 30, 0, 250000, tzinfo=UTC)
    call = {"id": "h", "ticket": "t", "created": moment, "code_until": moment, "turns": "[]", "unanswered": "[]"}
    with Database(settings.state).transaction() as connection:
        connection.execute(HANDOVER.insert().values(**call, readings=0, tries=0, call_day=moment.date()))
    make_backup(settings, tmp_path / "sqlite.tar.gz")
    return tmp_path / "sqlite.tar.gz"


def _of(folder: Path, where: Path | str) -> Settings:
    return Settings(index=folder / "index", feedback=where)


def test_every_row_goes_there_and_back(postgresql_url: str, saved: Path, tmp_path: Path) -> None:
    url = postgresql_url
    there = _of(tmp_path / "there", url)
    restore_backup(there, saved)
    with FeedbackStore(url) as store:
        store.judge("n" * 32, Verdict.HELPFUL)  # its number follows the restored ones
        assert len(list(store.rows())) == 1501
    with pytest.raises(InputError, match="add --replace"):
        restore_backup(there, saved)
    restore_backup(there, saved, replace=True)
    make_backup(there, tmp_path / "postgresql.tar.gz")
    back = _of(tmp_path / "back", tmp_path / "back" / "feedback.sqlite3")
    restore_backup(back, tmp_path / "postgresql.tar.gz")
    with FeedbackStore(back.feedback) as now, FeedbackStore(tmp_path / "office" / "feedback.sqlite3") as then:
        assert list(now.rows()) == list(then.rows())
    with Database(back.state).transaction() as connection:
        (call,) = connection.execute(HANDOVER.select()).all()
    assert call.created == datetime(2026, 11, 30, 9, 30, 0, 250000, tzinfo=UTC)


def test_a_restore_that_fails_leaves_the_server_as_it_was(
    postgresql_url: str, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgresql_url
    with FeedbackStore(url) as store:
        store.judge("m" * 32, Verdict.WRONG)
    there = _of(tmp_path / "there", url)
    there.calibration_file.parent.mkdir()
    monkeypatch.setattr("assistant.backup.restoring._moved", _full)
    with pytest.raises(InputError, match="nothing was changed"):
        restore_backup(there, saved, replace=True)
    with FeedbackStore(url) as store:
        assert [row.answer_id for row in store.rows()] == ["m" * 32]


def test_a_server_that_is_away_is_told(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError):
        restore_backup(_of(tmp_path / "there", "postgresql+psycopg://t@/none?host=/none"), saved)
    assert not (tmp_path / "there" / "library").exists()


def _full(_moves: object) -> None:
    raise OSError(28, "No space left on device")
