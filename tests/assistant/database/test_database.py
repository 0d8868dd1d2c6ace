"""Where the table lies: files, URLs, several writers, and what is said when it cannot be reached."""

import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from assistant.database.database import TRIES, Database
from assistant.feedback.store import FeedbackStore, Verdict
from assistant.feedback.table import FEEDBACK
from corpus.errors import DatabaseError, SettingsError

WRITER = """
import sys
from assistant.feedback.store import FeedbackStore, Verdict
from assistant.settings import Settings
store = FeedbackStore(Settings.from_environment({"POLICYQA_FEEDBACK": sys.argv[1]}).feedback)
for number in range(40):
    store.judge(f"{sys.argv[2]}-{number}", Verdict.WRONG, comment="两行\\n" * 200)
"""


def test_nothing_is_lost_between_threads(where: Path | str) -> None:
    store = FeedbackStore(where)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.judge(str(number), Verdict.WRONG), range(80)))
    assert {row.answer_id for row in store.rows()} == {str(number) for number in range(80)}


def test_nothing_is_lost_between_processes_that_begin_together(where: Path | str) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(where), name], stderr=subprocess.PIPE, text=True)
        for name in "abc"
    ]
    for writer in writers:
        _, fault = writer.communicate()
        assert writer.returncode == 0, fault
    kept = {row.answer_id for row in FeedbackStore(where).rows()}
    assert kept == {f"{name}-{number}" for name in "abc" for number in range(40)}


def test_a_reader_does_not_stop_a_writer(where: Path | str) -> None:
    store = FeedbackStore(where)
    store.judge("a", Verdict.WRONG)
    reading = store.rows()
    store.judge("b", Verdict.WRONG)
    assert [row.answer_id for row in reading] == ["a"]


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    FeedbackStore(file).judge("a", Verdict.WRONG)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_may_be_named_by_its_url(tmp_path: Path) -> None:
    FeedbackStore(f"sqlite:///{tmp_path}/feedback.sqlite3").judge("a", Verdict.WRONG)
    assert [row.answer_id for row in FeedbackStore(tmp_path / "feedback.sqlite3").rows()] == ["a"]


def test_a_table_that_was_taken_away_is_made_again(where: Path | str) -> None:
    store, other = FeedbackStore(where), Database(where)
    store.judge("a", Verdict.WRONG)
    other.write(lambda connection: connection.exec_driver_sql("DROP TABLE policyqa_feedback"))
    other.close()
    with pytest.raises(DatabaseError, match=r"no such table|does not exist"):
        store.judge("b", Verdict.WRONG)
    store.judge("c", Verdict.WRONG)
    assert [row.answer_id for row in store.rows()] == ["c"]


def test_a_file_that_was_taken_away_while_it_was_in_use_is_made_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / "feedback.sqlite3"
    with FeedbackStore(file) as store:
        store.mark("停电", None, Verdict.MISSING, "v1")
        shutil.rmtree(file.parent)
        store.mark("停水", None, Verdict.MISSING, "v1")
    assert [row.question for row in FeedbackStore(file).rows()] == ["停水"]


def test_a_file_that_is_no_database_is_named_with_the_way_out(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    file.write_text("这不是数据库。" * 100, encoding="utf-8")
    with pytest.raises(
        DatabaseError, match=r"(?s)feedback\.sqlite3（file is not a database）.*can be written and has space"
    ):
        FeedbackStore(file).gaps(1)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:/user:secret@host/database",
        "postgresql+psycopg://user:secret@host:port/database",
        "postgresql+asyncpg://user:secret@host/database",
        "mysql://user:secret@host/database",
        "nosuch://user:secret@host/database",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_a_url_that_cannot_be_used_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError, match=r"POLICYQA_FEEDBACK.*postgresql\+psycopg://") as refused:
        FeedbackStore(url)
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is refused.value.__context__ is None


def test_a_server_that_is_away_is_named_without_its_password() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    store = FeedbackStore(f"postgresql+psycopg://user:secret@127.0.0.1:{port}/database?application_name=secret")
    with pytest.raises(DatabaseError, match=rf"user:\*\*\*@127.0.0.1:{port}/database") as refused:
        store.gaps(1)
    assert "secret" not in str(refused.value)


def _insert(connection: Connection) -> None:
    connection.execute(insert(FEEDBACK).values(time=datetime(2026, 11, 22, tzinfo=UTC)))


@contextmanager
def _locked(file: Path) -> Iterator[tuple[Database, sqlite3.Connection]]:
    """A database that does not wait, and the other connection that keeps its file locked."""
    database = Database(file, seconds=0)
    database.write(_insert)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield database, other
    database.close()


def test_a_file_that_another_process_keeps_locked_is_tried_again(tmp_path: Path) -> None:
    with _locked(tmp_path / "feedback.sqlite3") as (database, other):
        tries = []

        def work(connection: Connection) -> None:
            tries.append(1)
            if len(tries) == 2:
                other.execute("COMMIT")
            _insert(connection)

        database.write(work)
        assert len(tries) == 2


def test_a_file_that_stays_locked_is_given_up_and_named(tmp_path: Path) -> None:
    with _locked(tmp_path / "feedback.sqlite3") as (database, _):
        tries = []

        def work(connection: Connection) -> None:
            tries.append(1)
            _insert(connection)

        with pytest.raises(DatabaseError, match="database is locked"):
            database.write(work)
        assert len(tries) == TRIES
        with pytest.raises(DatabaseError, match="database is locked"):
            database.write(work, tries=1)
        assert len(tries) == TRIES + 1


def test_a_database_that_was_closed_is_one_file_with_everything_in_it(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    with FeedbackStore(file) as store:
        for _ in range(3):
            store.mark("首贷", None, Verdict.MISSING, "v1")
        with closing(sqlite3.connect(file)) as reader:  # as long as it is there, SQLite itself folds nothing in
            reader.execute("SELECT count(*) FROM policyqa_feedback").fetchall()
            store.close()
            copy = tmp_path / "copy.sqlite3"
            shutil.copyfile(file, copy)
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM policyqa_feedback").fetchone() == (3,)


def test_a_store_that_was_closed_may_be_used_again_and_one_that_fails_closes_quietly(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = FeedbackStore(tmp_path / "feedback.sqlite3")
    store.close()
    store.mark("首贷", None, Verdict.MISSING, "v1")
    (tmp_path / "feedback.sqlite3").write_bytes(b"no database" * 1000)
    store.close()
    FeedbackStore(None).close()
    assert all(record.levelname == "ERROR" for record in caplog.records)
