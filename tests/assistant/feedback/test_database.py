"""Where the table lies: files, URLs, several writers, and what is said when it cannot be reached."""

import socket
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.feedback.store import FeedbackStore, Verdict
from corpus.errors import FeedbackError, SettingsError

WRITER = """
import sys
from pathlib import Path
from assistant.feedback.store import FeedbackStore, Verdict
store = FeedbackStore(Path(sys.argv[1]))
for number in range(40):
    store.judge(f"{sys.argv[2]}-{number}", Verdict.WRONG, comment="两行\\n" * 200)
"""


def test_nothing_is_lost_between_threads(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path / "feedback.sqlite3")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.judge(str(number), Verdict.WRONG), range(80)))
    assert {row.answer_id for row in store.rows()} == {str(number) for number in range(80)}


def test_nothing_is_lost_between_processes_that_begin_together(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(file), name], stderr=subprocess.PIPE, text=True)
        for name in "abc"
    ]
    for writer in writers:
        _, fault = writer.communicate()
        assert writer.returncode == 0, fault
    kept = {row.answer_id for row in FeedbackStore(file).rows()}
    assert kept == {f"{name}-{number}" for name in "abc" for number in range(40)}


def test_a_reader_does_not_stop_a_writer(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path / "feedback.sqlite3")
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


def test_a_table_that_was_taken_away_is_made_again(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    store = FeedbackStore(file)
    store.judge("a", Verdict.WRONG)
    with sqlite3.connect(file) as other:
        other.execute("DROP TABLE policyqa_feedback")
    other.close()
    with pytest.raises(FeedbackError, match="no such table"):
        store.judge("b", Verdict.WRONG)
    store.judge("c", Verdict.WRONG)
    assert [row.answer_id for row in store.rows()] == ["c"]


def test_a_file_that_is_no_database_is_named_with_the_way_out(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    file.write_text("这不是数据库。" * 100, encoding="utf-8")
    with pytest.raises(FeedbackError, match=r"(?s)feedback\.sqlite3（file is not a database）.*POLICYQA_FEEDBACK=off"):
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
    with pytest.raises(FeedbackError, match=rf"user:\*\*\*@127.0.0.1:{port}/database") as refused:
        store.gaps(1)
    assert "secret" not in str(refused.value)
