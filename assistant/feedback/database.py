"""The database under the feedback store: SQLite or PostgreSQL, waited for briefly, its faults in our words."""

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from threading import Lock

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from assistant.feedback.table import ENTRIES
from assistant.settings import PREFIX
from corpus.errors import FeedbackError, SettingsError

_SECONDS = 2  # to wait for a database that is busy or does not answer


class Database:
    """A place for the table of feedback_table.py: a SQLite file or a database URL.

    Nothing is opened before the first transaction, and what failed once is tried anew on the next.
    Raises SettingsError for a URL that cannot be used.
    """

    def __init__(self, where: Path | str) -> None:
        self._engine = _engine(where)
        self._lock = Lock()
        self._ready = False
        weakref.finalize(self, self._engine.dispose)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection to a database that has its table. Raises FeedbackError when anything of the database fails."""
        try:
            with self._lock:
                if not self._ready:
                    _prepare(self._engine)
                    self._ready = True
            with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            self._ready = False  # the file, or the table in it, may have been taken away
            raise FeedbackError(_fault(error, self._engine.url)) from error


def _engine(where: Path | str) -> Engine:
    try:
        url = URL.create("sqlite", database=str(where)) if isinstance(where, Path) else make_url(where)
        kind = (url.get_backend_name(), url.get_driver_name())
        if kind == ("sqlite", "pysqlite") and url.database not in {None, "", ":memory:"}:
            engine = create_engine(url, connect_args={"timeout": _SECONDS}, hide_parameters=True)
            event.listen(engine, "connect", _set_up_sqlite)
            return engine
        if kind == ("postgresql", "psycopg"):
            waiting = {"connect_timeout": _SECONDS, "tcp_user_timeout": _SECONDS * 1000}
            return create_engine(url, connect_args=waiting, pool_pre_ping=True, hide_parameters=True)
    except (SQLAlchemyError, ImportError, ValueError):
        pass  # said below without the error, whose words may repeat the URL, which may hold a password
    name = f"{PREFIX}FEEDBACK"
    raise SettingsError(
        f"{name} 不是可用的文件或数据库地址：SQLite 写文件路径；PostgreSQL 写 postgresql+psycopg://用户:密码@主机/库名，"
        f"并安装 policyqa[postgresql]。{name} is no usable file or database address: give the path of a file (SQLite), "
        "or postgresql+psycopg://user:password@host/database, with policyqa[postgresql] installed."
    )


def _set_up_sqlite(connection: SqliteConnection, _record: object) -> None:
    """Readers and writers do not wait for each other (WAL), and what is deleted is overwritten."""
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare(engine: Engine) -> None:
    """Create what is not there yet. A new file is its owner's alone."""
    if engine.url.get_backend_name() == "sqlite":
        file = Path(engine.url.database or "")
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
    with engine.begin() as connection:
        connection.execute(CreateTable(ENTRIES, if_not_exists=True))
        for index in ENTRIES.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))


def _fault(error: SQLAlchemyError | OSError, url: URL) -> str:
    """What failed, where, and what to do. Without the URL's query, where a password may stand too."""
    place = url.set(query={}).render_as_string(hide_password=True)
    cause = str(getattr(error, "orig", None) or error).partition("\n")[0]
    if url.password:
        cause = cause.replace(str(url.password), "***")
    return (
        f"反馈数据库无法使用，请检查它是否运行、能否写入、磁盘是否已满，或设置 {PREFIX}FEEDBACK=off："
        f"{place}（{cause}）。The feedback database cannot be used: check that it runs, can be written and has space, "
        f"or set {PREFIX}FEEDBACK=off."
    )
