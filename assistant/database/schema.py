"""The schema of the database and its version: an older one is upgraded, and nothing that it holds is lost.

A table stands in the part that uses it, in the METADATA of metadata.py, and comes by a revision of its own, a new file
in migrations/versions.
"""

from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, inspect, text

from assistant.database.metadata import METADATA
from corpus.errors import DatabaseError

_OURS = "policyqa_"  # what the name of each of our tables begins with
_FIRST_TABLE = "policyqa_feedback"  # which there was before versions were written down
VERSION_TABLE = "policyqa_schema"  # of our own: another program may keep its version in the same database
_MIGRATIONS = f"{__package__}:migrations"
_LOCK = 7_065_108_799  # any number that no other program takes, for PostgreSQL's lock
_UPGRADING = Lock()  # alembic keeps what it works on in its modules


@cache
def newest() -> str:
    """The revision that this program works with."""
    return revisions()[-1]


def bring_up_to_date(engine: Engine, seconds: float) -> None:
    """Make or upgrade what the database lacks; where it lacks nothing, this is two small queries.

    Of several processes that begin together one does it; the others wait for it, `seconds` at most.
    Raises DatabaseError for a database that a newer program has upgraded, SQLAlchemyError when the database fails.
    """
    with engine.connect() as connection:
        tables = _tables(connection)
        if METADATA.tables.keys() <= tables and _revision(connection, tables) == newest():
            return
    with engine.connect() as connection, connection.begin():
        _lock(connection, seconds)
        tables = _tables(connection)  # another process may have been faster
        revision = _revision(connection, tables)
        if revision == newest():
            METADATA.create_all(connection)  # somebody took a table away
        elif revision in (None, *revisions()):
            _upgrade(connection, unversioned=revision is None and _FIRST_TABLE in tables)
        else:
            raise DatabaseError(
                f"数据库的版本（{revision}）比本程序认识的（{newest()}）新，请升级 policyqa；其中的内容没有改动。"
                f"The database has version {revision}, newer than the {newest()} that this program knows: "
                "upgrade policyqa. Nothing in it was changed."
            )


def revisions() -> list[str]:
    """All revisions, oldest first, by the names of their files, so that nobody waits for alembic."""
    names = (entry.name for entry in files(__package__).joinpath("migrations", "versions").iterdir())
    return sorted(name[1:5] for name in names if name.startswith("v") and name.endswith(".py"))


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def _revision(connection: Connection, tables: set[str]) -> str | None:
    """The version that the database says it has, if it says so."""
    if VERSION_TABLE not in tables:
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()


def _lock(connection: Connection, seconds: float) -> None:
    """Nobody else upgrades until this transaction ends, and it ends as a whole or not at all."""
    if connection.dialect.name == "sqlite":  # where the driver begins no transaction for what is not a change of rows
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(seconds * 1000)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def make_tables(connection: Connection, revision: str) -> None:
    """The tables as they were at a revision, in a database that has none of them."""
    _upgrade(connection, unversioned=False, to=revision)


def upgrade(connection: Connection) -> None:
    """Run the revisions that are missing."""
    _upgrade(connection, unversioned=False)


def drop_tables(connection: Connection) -> None:
    """Remove all of our tables, with what they hold."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name.startswith(_OURS))
    found.drop_all(connection)


def _upgrade(connection: Connection, *, unversioned: bool, to: str = "head") -> None:
    """Run the revisions that are missing: all, in a new database. An unversioned one is as the first left it."""
    from alembic import command  # noqa: PLC0415  (seldom needed, and it takes its time to load)
    from alembic.config import Config  # noqa: PLC0415

    attributes: dict[str, Any] = {"connection": connection, "version_table": VERSION_TABLE}
    config = Config(attributes=attributes)
    config.set_main_option("script_location", _MIGRATIONS)
    config.set_main_option("path_separator", "os")
    with _UPGRADING:
        if unversioned:
            command.stamp(config, revisions()[0])
        command.upgrade(config, to)
