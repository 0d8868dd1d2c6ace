"""What the store says to a database is understood by both: SQLite runs it in other tests, PostgreSQL compiles it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import ClauseElement, delete, insert, make_url, update
from sqlalchemy.schema import CreateIndex, CreateTable

from assistant.database.metadata import UtcDateTime
from assistant.feedback.table import FEEDBACK, gaps_query

POSTGRESQL = make_url("postgresql+psycopg://").get_dialect()()


def test_the_table_is_written_for_postgresql_with_moments_that_know_their_zone() -> None:
    ddl = str(CreateTable(FEEDBACK, if_not_exists=True).compile(dialect=POSTGRESQL))
    assert "number SERIAL NOT NULL" in ddl
    assert "time TIMESTAMP WITH TIME ZONE NOT NULL" in ddl
    for index in FEEDBACK.indexes:
        assert "IF NOT EXISTS" in str(CreateIndex(index, if_not_exists=True).compile(dialect=POSTGRESQL))


@pytest.mark.parametrize(
    "statement",
    [gaps_query(5), insert(FEEDBACK), update(FEEDBACK).values(verdict="wrong"), delete(FEEDBACK), FEEDBACK.select()],
)
def test_every_kind_of_statement_compiles_for_postgresql(statement: ClauseElement) -> None:
    assert "policyqa_feedback" in str(statement.compile(dialect=POSTGRESQL))


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=8))])
def test_a_moment_read_is_always_in_utc(zone: timezone) -> None:
    moment = datetime(2026, 11, 22, 16, tzinfo=zone)
    read = UtcDateTime().process_result_value(moment, POSTGRESQL)
    assert read == moment
    assert read.tzinfo is UTC
    assert UtcDateTime().process_result_value(datetime(2026, 11, 22, 8), POSTGRESQL) == datetime(
        2026, 11, 22, 8, tzinfo=UTC
    )
