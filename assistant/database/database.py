"""The database of a server: SQLite or PostgreSQL, waited for briefly, its faults in our words."""

import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_LOCKED
from sqlite3 import Connection as SqliteConnection
from threading import Lock
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from assistant.database.schema import bring_up_to_date
from assistant.settings import PREFIX
from corpus.errors import DatabaseError, SettingsError

_SECONDS = 2  # to wait for a database that is busy or does not answer
TRIES = 3  # to write to a file that another process keeps locked

T = TypeVar("T")


class Database:
    """A place for the tables of metadata.py's METADATA: a SQLite file or a database URL.

    Nothing is opened before the first transaction, and what failed once is tried anew on the next.
    A SQLite file for `passing` tables holds these alone, without revisions, and waits for no disk: what it holds is no
    loss. Raises SettingsError for a URL that cannot be used.
    """

    def __init__(self, where: Path | str, seconds: float = _SECONDS, *, passing: Sequence[Table] = ()) -> None:
        self._engine = engine_of(where, seconds, passing=bool(passing))
        self._seconds = seconds
        self._passing = passing
        self._lock, self._writing = Lock(), Lock()
        self._ready = False
        self._file_id: int | None = None
        weakref.finalize(self, self._engine.dispose)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection to a database that has its tables. Raises DatabaseError when anything of the database fails."""
        try:
            with self._lock:
                if self._ready and _file_id(self._engine.url) != self._file_id:
                    # taken away or replaced: SQLite would write on into a file without a name
                    self._engine.dispose()
                    self._ready = False
                if not self._ready:
                    _prepare(self._engine, self._seconds, self._passing)
                    self._file_id = _file_id(self._engine.url)
                    self._ready = True
            with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            self._ready = False  # the file, or the table in it, may have been taken away
            raise DatabaseError(_fault(error, self._engine.url)) from error

    def write(self, work: Callable[[Connection], T], *, tries: int = TRIES) -> T:
        """What `work` returns, done in one transaction, which is tried again where another process locks the file.

        Writers of this process wait for each other here, in order, rather than at the file, where some never get it.
        Raises DatabaseError when anything of the database fails.
        """
        with self._writing:
            for _ in range(tries - 1):
                try:
                    return self._transact(work)
                except DatabaseError as error:
                    if not _is_locked(error.__cause__):
                        raise
            return self._transact(work)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that reads the database as it is now, whatever others write meanwhile. Raises DatabaseError."""
        with self.transaction():
            pass  # it has its tables
        try:
            with self._engine.connect() as connection:
                if self._engine.url.get_backend_name() == "sqlite":
                    connection.exec_driver_sql("BEGIN")  # else every query would see what is new
                    yield connection
                else:
                    yield connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        except SQLAlchemyError as error:
            raise DatabaseError(_fault(error, self._engine.url)) from error

    def _transact(self, work: Callable[[Connection], T]) -> T:
        with self.transaction() as connection:
            return work(connection)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a SQLite file."""
        return self._engine.url.get_backend_name() == "sqlite"

    def close(self) -> None:
        """Fold SQLite's log into the file, so that a copy of the file holds everything, and close all connections.

        Raises DatabaseError when that fails; nothing is lost then, but some of it stays in the log beside the file.
        """
        try:
            if self._ready:
                self.fold()
        finally:
            self._engine.dispose()

    def fold(self) -> None:
        """Fold SQLite's log into the file, so that what was deleted is gone from the log as well.

        While another process reads, some of it stays in the log until the next time. Raises DatabaseError.
        """
        try:
            if self._engine.url.get_backend_name() == "sqlite":
                with self._engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        except SQLAlchemyError as error:
            raise DatabaseError(_fault(error, self._engine.url)) from error


def _file_id(url: URL) -> int | None:
    """What tells a SQLite file from another one in its place; None where there is no file."""
    try:
        return Path(url.database or "").stat().st_ino if url.get_backend_name() == "sqlite" else None
    except FileNotFoundError:
        return None


def _is_locked(error: BaseException | None) -> bool:
    """Whether SQLite gave up waiting for a lock."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return code & 0xFF in {SQLITE_BUSY, SQLITE_LOCKED}


def engine_of(where: Path | str, seconds: float, *, passing: bool = False) -> Engine:
    """Connections to a SQLite file or a database URL. Raises SettingsError for a URL that cannot be used."""
    try:
        url = URL.create("sqlite", database=str(where)) if isinstance(where, Path) else make_url(where)
        kind = (url.get_backend_name(), url.get_driver_name())
        if kind == ("sqlite", "pysqlite") and url.database not in {None, "", ":memory:"}:
            engine = create_engine(url, connect_args={"timeout": seconds}, hide_parameters=True)
            event.listen(engine, "connect", _set_up_passing if passing else _set_up_sqlite)
            return engine
        if kind == ("postgresql", "psycopg"):
            waiting = {"connect_timeout": _SECONDS, "tcp_user_timeout": _SECONDS * 1000}
            return create_engine(url, connect_args=waiting, pool_pre_ping=True, hide_parameters=True)
    except (SQLAlchemyError, ImportError, ValueError):
        pass  # said below without the error, whose words may repeat the URL, which may hold a password
    name = f"{PREFIX}DATABASE / {PREFIX}FEEDBACK"
    raise SettingsError(
        f"{name} 不是可用的文件或数据库地址：SQLite 写文件路径；PostgreSQL 写 postgresql+psycopg://用户:密码@主机/库名，"
        f"并安装 policyqa[postgresql]。{name} is no usable file or database address: give the path of a file (SQLite), "
        "or postgresql+psycopg://user:password@host/database, with policyqa[postgresql] installed."
    )


def _set_up_sqlite(connection: SqliteConnection, _record: object) -> None:
    """Readers and writers do not wait for each other (WAL), and what is deleted is overwritten."""
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _set_up_passing(connection: SqliteConnection, _record: object) -> None:
    """Nothing waits for the disk. A power failure may damage the file."""
    for pragma in ("journal_mode = WAL", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare(engine: Engine, seconds: float, passing: Sequence[Table]) -> None:
    """Create what is not there yet, upgrade what is older. A new file is its owner's alone."""
    if engine.url.get_backend_name() == "sqlite":
        file = Path(engine.url.database or "")
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
    if passing:
        with engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # of several processes that begin together one makes them
            passing[0].metadata.create_all(connection, passing)
    else:
        bring_up_to_date(engine, seconds)


def _fault(error: SQLAlchemyError | OSError, url: URL) -> str:
    """What failed, where, and what to do. Without the URL's query, where a password may stand too."""
    place = url.set(query={}).render_as_string(hide_password=True)
    cause = str(getattr(error, "orig", None) or error).partition("\n")[0]
    if url.password:
        cause = cause.replace(str(url.password), "***")
    return (
        f"数据库无法使用，请检查它是否运行、能否写入、磁盘是否已满（{PREFIX}DATABASE、{PREFIX}FEEDBACK）："
        f"{place}（{cause}）。The database cannot be used: check that it runs, can be written and has space."
    )
