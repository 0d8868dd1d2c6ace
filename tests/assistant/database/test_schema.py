"""A database of any age is upgraded with everything that it holds; one of a newer program is left alone."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from assistant.database.metadata import METADATA
from assistant.database.schema import VERSION_TABLE, newest
from assistant.feedback.store import FeedbackStore, Verdict
from assistant.gaps.table import GAP
from assistant.operations.outbox import OUTBOX
from assistant.rates.counters import COUNTER
from corpus.errors import DatabaseError

# What the program wrote before its schema had a version, and rows with something in every column.
UNVERSIONED = """
CREATE TABLE policyqa_feedback (
    number INTEGER NOT NULL, time DATETIME NOT NULL, answer_id TEXT, question TEXT, topic TEXT, language TEXT,
    status TEXT, reason TEXT, clauses TEXT, index_version TEXT, verdict TEXT, verdict_reason TEXT, comment TEXT,
    judged DATETIME, PRIMARY KEY (number)
);
CREATE INDEX ix_policyqa_feedback_time ON policyqa_feedback (time);
CREATE INDEX ix_policyqa_feedback_answer_id ON policyqa_feedback (answer_id);
"""
ANSWERED = ("a" * 32, "怎么落户？", "怎么落户", "zh", "answered", None, "d:1 d:2", "v1", "wrong", "outdated", "改了")
REFUSED = ("b" * 32, "采光 权", "采光权", "zh", "no_answer", "not_in_documents", None, "v1", None, None, None)
MARKED = ("c" * 32, None, None, None, None, None, "d:9", "v2", "missing", None, None)
OLD_ROWS = [
    (1, "2026-06-07 15:59:59.000000", *ANSWERED, "2026-06-08 01:00:00.250000"),
    (2, "2026-06-07 16:00:00.000000", *REFUSED, None),
    (7, "2026-11-22 08:00:00.123456", *MARKED, None),
]
WEEKS = ["2026-06-01", "2026-06-08", "2026-11-16"]  # Sunday ends at 16:00 UTC in China
BEGINNER = """
import sys
from pathlib import Path
from assistant.feedback.store import FeedbackStore
FeedbackStore(Path(sys.argv[1]), days=0).purge()
"""


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    file = tmp_path / "feedback.sqlite3"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executescript(UNVERSIONED)
        connection.executemany(f"INSERT INTO policyqa_feedback VALUES ({', '.join('?' * 14)})", OLD_ROWS)
    return file


def _read(file: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def test_an_unversioned_database_is_upgraded_with_every_row_and_value(old_file: Path) -> None:
    with FeedbackStore(old_file, days=0) as store:
        store.judge("d" * 32, Verdict.HELPFUL)
    kept = _read(old_file, "SELECT * FROM policyqa_feedback ORDER BY number")
    assert [row[:14] for row in kept[:3]] == OLD_ROWS
    assert len(kept) == 4
    assert _read(old_file, f"SELECT * FROM {VERSION_TABLE}") == [(newest(),)]
    weeks = _read(old_file, "SELECT week FROM policyqa_feedback WHERE number < 8 ORDER BY number")
    assert [week for (week,) in weeks] == WEEKS


def test_an_upgraded_database_reads_as_it_did(old_file: Path) -> None:
    first, second, third = FeedbackStore(old_file).rows()
    assert (first.question, first.verdict, first.comment) == ("怎么落户？", "wrong", "改了")
    assert first.verdict_time == datetime(2026, 6, 8, 1, 0, 0, 250000, tzinfo=UTC)
    assert (second.reason, second.clauses, third.clauses) == ("not_in_documents", None, "d:9")


def test_several_processes_upgrade_one_database_once(old_file: Path) -> None:
    command = [sys.executable, "-c", BEGINNER, str(old_file)]
    beginners = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [(one.communicate()[1], one.returncode) for one in beginners] == [("", 0)] * 3
    assert _read(old_file, f"SELECT * FROM {VERSION_TABLE}") == [(newest(),)]
    assert _read(old_file, "SELECT count(*) FROM policyqa_feedback") == [(3,)]


def test_stores_of_one_process_upgrade_their_databases_side_by_side(tmp_path: Path) -> None:
    stores = [FeedbackStore(tmp_path / f"{number}.sqlite3") for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(FeedbackStore.purge, stores))
    assert [list(store.rows()) for store in stores] == [[]] * 8


def test_a_database_that_a_newer_program_has_upgraded_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    with FeedbackStore(file) as store:
        store.judge("a" * 32, Verdict.WRONG)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(DatabaseError, match=r"9999.*请升级 policyqa.*upgrade policyqa"):
        FeedbackStore(file).judge("b" * 32, Verdict.WRONG)
    assert _read(file, "SELECT count(*) FROM policyqa_feedback") == [(1,)]


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(old_file: Path) -> None:
    with closing(sqlite3.connect(old_file)) as connection, connection:
        connection.execute("ALTER TABLE policyqa_feedback ADD COLUMN week TEXT")  # in the way of a later step
    with pytest.raises(DatabaseError, match="duplicate column name: week"):
        FeedbackStore(old_file).purge()
    assert _read(old_file, "SELECT count(*) FROM policyqa_feedback") == [(3,)]
    (columns,) = _read(old_file, "SELECT count(*) FROM pragma_table_info('policyqa_feedback')")
    assert columns == (15,)
    assert _read(old_file, f"SELECT name FROM sqlite_master WHERE name = '{VERSION_TABLE}'") == []


def test_the_revisions_make_what_the_tables_of_the_program_say(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    FeedbackStore(file).purge()
    assert GAP.name in METADATA.tables  # which holds the tables of the parts that have been imported
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert {GAP.name, OUTBOX.name, COUNTER.name} <= METADATA.tables.keys()  # those of other parts are here, too
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_the_newest_revision_is_the_only_end_of_the_chain() -> None:
    config = Config()
    config.set_main_option("script_location", "assistant.database:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [newest()]


def test_a_database_that_is_up_to_date_needs_no_alembic(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    FeedbackStore(file).purge()
    code = f"{BEGINNER}\nassert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", code, str(file)], check=True)
