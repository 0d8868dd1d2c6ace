"""A database of any age is upgraded with everything that it holds; one of a newer program is left alone."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, make_url

from assistant.database.metadata import METADATA
from assistant.database.schema import VERSION_TABLE, newest
from assistant.feedback.store import FeedbackStore, Verdict
from corpus.errors import DatabaseError
from eval.postgresql import PostgresServer

ROOT = Path(__file__).parents[3]
# What the program wrote before its schema had a version, and rows with something in every column.
UNVERSIONED = """
CREATE TABLE policyqa_feedback (
    number {serial} NOT NULL, time {moment} NOT NULL, answer_id TEXT, question TEXT, topic TEXT, language TEXT,
    status TEXT, reason TEXT, clauses TEXT, index_version TEXT, verdict TEXT, verdict_reason TEXT, comment TEXT,
    judged {moment}, PRIMARY KEY (number)
);
CREATE INDEX ix_policyqa_feedback_time ON policyqa_feedback (time);
CREATE INDEX ix_policyqa_feedback_answer_id ON policyqa_feedback (answer_id);
"""
KINDS = {
    "sqlite": {"serial": "INTEGER", "moment": "DATETIME", "utc": ""},
    "postgresql": {"serial": "SERIAL", "moment": "TIMESTAMP WITH TIME ZONE", "utc": "+00"},
}
ANSWERED = ("a" * 32, "怎么落户？", "怎么落户", "zh", "answered", None, "d:1 d:2", "v1", "wrong", "outdated", "改了")
REFUSED = ("b" * 32, "采光 权", "采光权", "zh", "no_answer", "not_in_documents", None, "v1", None, None, None)
MARKED = ("c" * 32, None, None, None, None, None, "d:9", "v2", "missing", None, None)
OLD_ROWS = [
    (1, "2026-06-07 15:59:59.000000", *ANSWERED, "2026-06-08 01:00:00.250000"),
    (2, "2026-06-07 16:00:00.000000", *REFUSED, None),
    (7, "2026-11-22 08:00:00.123456", *MARKED, None),
]
WEEKS = [date(2026, 6, 1), date(2026, 6, 8), date(2026, 11, 16)]  # Sunday ends at 16:00 UTC in China
BEGINNER = """
import sys
from assistant.feedback.store import FeedbackStore
from assistant.settings import Settings
FeedbackStore(Settings.from_environment({"POLICYQA_FEEDBACK": sys.argv[1]}).feedback, days=0).purge()
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """A database without a table, not even that of versions."""
    if request.param == "sqlite":
        yield tmp_path / "feedback.sqlite3"
    else:
        server: PostgresServer = request.getfixturevalue("postgresql")
        url = server.database()
        yield url
        server.drop(url)


@pytest.fixture
def old(nothing: Path | str) -> Path | str:
    """A database as it was before its schema had a version."""
    engine = _engine(nothing)
    kind = KINDS[engine.dialect.name]
    with engine.begin() as connection:
        for statement in UNVERSIONED.format(**kind).strip().split(";\n"):
            connection.exec_driver_sql(statement)
        for row in OLD_ROWS:
            values = ", ".join(_literal(value, kind["utc"] if at in {1, 13} else "") for at, value in enumerate(row))
            connection.exec_driver_sql(f"INSERT INTO policyqa_feedback VALUES ({values})")
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT setval('policyqa_feedback_number_seq', 7)")
    engine.dispose()
    return nothing


def _literal(value: str | int | None, suffix: str) -> str:
    return "NULL" if value is None else f"'{value}{suffix}'"


def _engine(where: Path | str) -> Engine:
    return create_engine(f"sqlite:///{where}" if isinstance(where, Path) else make_url(where))


def _do(where: Path | str, sql: str) -> None:
    engine = _engine(where)
    with engine.begin() as connection:
        connection.exec_driver_sql(sql)
    engine.dispose()


def _read(where: Path | str, sql: str) -> list[tuple[object, ...]]:
    engine = _engine(where)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql(sql)]
    engine.dispose()
    return rows


def test_an_unversioned_database_is_upgraded_with_every_row_and_value(old: Path | str) -> None:
    rows = "SELECT * FROM policyqa_feedback ORDER BY number"
    before = _read(old, rows)
    with FeedbackStore(old, days=0) as store:
        store.judge("d" * 32, Verdict.HELPFUL)
        weeks = [row.week for row in store.rows()]
    kept = _read(old, rows)
    assert [row[:14] for row in kept[:3]] == before
    assert len(kept) == 4
    assert _read(old, f"SELECT * FROM {VERSION_TABLE}") == [(newest(),)]
    assert weeks[:3] == WEEKS


def test_an_upgraded_database_reads_as_it_did(old: Path | str) -> None:
    first, second, third = FeedbackStore(old).rows()
    assert (first.question, first.verdict, first.comment) == ("怎么落户？", "wrong", "改了")
    assert first.verdict_time == datetime(2026, 6, 8, 1, 0, 0, 250000, tzinfo=UTC)
    assert (second.reason, second.clauses, third.clauses) == ("not_in_documents", None, "d:9")


def test_several_processes_upgrade_one_database_once(old: Path | str) -> None:
    command = [sys.executable, "-c", BEGINNER, str(old)]
    beginners = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [(one.communicate()[1], one.returncode) for one in beginners] == [("", 0)] * 3
    assert _read(old, f"SELECT * FROM {VERSION_TABLE}") == [(newest(),)]
    assert _read(old, "SELECT count(*) FROM policyqa_feedback") == [(3,)]


def test_stores_of_one_process_upgrade_their_databases_side_by_side(tmp_path: Path) -> None:
    stores = [FeedbackStore(tmp_path / f"{number}.sqlite3") for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(FeedbackStore.purge, stores))
    assert [list(store.rows()) for store in stores] == [[]] * 8


def test_a_database_that_a_newer_program_has_upgraded_is_left_alone(where: Path | str) -> None:
    with FeedbackStore(where) as store:
        store.judge("a" * 32, Verdict.WRONG)
    _do(where, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(DatabaseError, match=r"9999.*请升级 policyqa.*upgrade policyqa"):
        FeedbackStore(where).judge("b" * 32, Verdict.WRONG)
    assert _read(where, "SELECT count(*) FROM policyqa_feedback") == [(1,)]


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(old: Path | str) -> None:
    _do(old, "ALTER TABLE policyqa_feedback ADD COLUMN week TEXT")  # in the way of a later step
    with pytest.raises(DatabaseError, match=r"duplicate column name: week|\"week\" of relation .* already exists"):
        FeedbackStore(old).purge()
    assert _read(old, "SELECT count(*) FROM policyqa_feedback") == [(3,)]
    engine = _engine(old)
    assert len(inspect(engine).get_columns("policyqa_feedback")) == 15
    assert inspect(engine).get_table_names() == ["policyqa_feedback"]
    engine.dispose()


def _import_all_tables() -> None:
    """METADATA holds the tables of the parts that have been imported."""
    files = [file for file in (ROOT / "assistant").rglob("*.py") if "\n    METADATA,\n" in file.read_text("utf-8")]
    assert len(files) >= 7
    for file in files:
        import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def test_the_revisions_make_what_the_tables_of_the_program_say(where: Path | str) -> None:
    FeedbackStore(where).purge()
    _import_all_tables()
    engine = _engine(where)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        # an index for SQLite alone is one that PostgreSQL lacks
        lacking = {change[1].name for change in compare_metadata(context, METADATA) if change[0] == "add_index"}
        other = [change for change in compare_metadata(context, METADATA) if change[0] != "add_index"]
    assert other == []
    names = ("cited", "counted", "lacking")
    assert lacking == (set() if isinstance(where, Path) else {f"ix_policyqa_feedback_{name}" for name in names})
    engine.dispose()


def test_the_newest_revision_is_the_only_end_of_the_chain() -> None:
    config = Config()
    config.set_main_option("script_location", "assistant.database:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [newest()]


def test_a_database_that_is_up_to_date_needs_no_alembic(where: Path | str) -> None:
    FeedbackStore(where).purge()
    code = f"{BEGINNER}\nassert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", code, str(where)], check=True)
