"""The rows of our tables as lines of JSON: one form for SQLite and PostgreSQL, so that either restores into either.

A line is a row, {column: value}. Moments are ISO 8601 in UTC, days ISO 8601, bytes base64.
"""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, LargeBinary, TableClause, column, inspect, select, table, text
from sqlalchemy import Date as DateType
from sqlalchemy.types import TypeEngine

from assistant.database.schema import VERSION_TABLE

_OURS = "policyqa_"
_AT_ONCE = 1000  # rows


def tables(connection: Connection) -> list[str]:
    """Our tables but that of the version, each behind those that it refers to."""
    ordered = (name for name, _ in inspect(connection).get_sorted_table_and_fkc_names())
    return [name for name in ordered if name and name.startswith(_OURS) and name != VERSION_TABLE]


def is_empty(connection: Connection) -> bool:
    """Whether none of our tables holds a row."""
    return all(
        connection.execute(select(_table(connection, one)).limit(1)).first() is None for one in tables(connection)
    )


def export_rows(connection: Connection, name: str, file: Path) -> int:
    """Write every row of a table into a file; how many there are."""
    count = 0
    streaming = connection.execution_options(yield_per=_AT_ONCE)
    with file.open("w", encoding="utf-8") as opened:
        for row in streaming.execute(select(_table(connection, name))).mappings():
            line = {key: _written(value) for key, value in row.items()}
            opened.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count


def import_rows(connection: Connection, name: str, file: Path) -> int:
    """Insert every row of a file into a table; how many there were. Raises ValueError, KeyError for no such line."""
    target = _table(connection, name)
    types = {one.name: one.type for one in target.columns}
    count = 0
    with file.open(encoding="utf-8") as opened:
        lines = (json.loads(line).items() for line in opened)
        rows = ({key: _read(value, types[key], connection) for key, value in line} for line in lines)
        for some in _batches(rows):
            connection.execute(target.insert(), some)
            count += len(some)
    _count_on(connection, name)
    return count


def _table(connection: Connection, name: str) -> TableClause:
    """As the database itself has it, so that tables of any revision can be read."""
    return table(name, *(column(one["name"], one["type"]) for one in inspect(connection).get_columns(name)))


def _written(value: object) -> object:
    if isinstance(value, datetime):  # SQLite keeps no zone; what is there is UTC
        return (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def _read(value: Any, kind: TypeEngine[Any], connection: Connection) -> object:  # noqa: ANN401  (what JSON holds)
    if value is None:
        return None
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=None) if connection.dialect.name == "sqlite" else moment
    if isinstance(kind, DateType):
        return date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(kind, LargeBinary) else value


def _batches(rows: Iterator[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def _count_on(connection: Connection, name: str) -> None:
    """Numbers that PostgreSQL gives out itself go on behind those that were put in."""
    if connection.dialect.name != "postgresql":
        return
    for one in inspect(connection).get_columns(name):
        found = text("SELECT pg_get_serial_sequence(:table, :column)")
        if sequence := connection.execute(found, {"table": name, "column": one["name"]}).scalar():
            last = f'SELECT setval(:sequence, (SELECT coalesce(max("{one["name"]}"), 0) + 1 FROM "{name}"), false)'
            connection.execute(text(last), {"sequence": sequence})
