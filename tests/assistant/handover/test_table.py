"""The tables in PostgreSQL, and that it knows what is asked of them. SQLite is tested by use."""

import pytest
from sqlalchemy import Table, make_url
from sqlalchemy.schema import CreateIndex, CreateTable

from assistant.handover import brake
from assistant.handover.table import ATTEMPT, HANDOVER

POSTGRESQL = make_url("postgresql+psycopg://").get_dialect()()


@pytest.mark.parametrize("table", [HANDOVER, ATTEMPT])
def test_postgresql_makes_the_tables(table: Table) -> None:
    ddl = str(CreateTable(table).compile(dialect=POSTGRESQL))
    assert "TIMESTAMP WITH TIME ZONE" in ddl
    for index in table.indexes:
        assert table.name in str(CreateIndex(index).compile(dialect=POSTGRESQL))


def test_postgresql_knows_what_the_brake_asks() -> None:
    assert "LIMIT" in str(brake._OF_CLIENT.compile(dialect=POSTGRESQL))
