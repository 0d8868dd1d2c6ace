"""Counts in a database, so that all workers count together: one statement a hit.

In SQLite they stand in a file of their own, beside the state: what is written there does not wait for rows of answers,
nor they for it, and as a count is no loss nothing waits for the disk either.
"""

import logging
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_CORRUPT, SQLITE_ERROR, SQLITE_LOCKED, SQLITE_NOTADB
from threading import Lock
from time import time

from sqlalchemy import BigInteger, Column, Float, Table, Text, delete, func, make_url, select
from sqlalchemy.exc import ArgumentError

from assistant.database.database import Database
from assistant.database.metadata import METADATA
from assistant.rates.clock import Clock
from assistant.rates.windows import APART, Count, Windows
from corpus.errors import DatabaseError

_LOG = logging.getLogger(__name__)

# A row a client and kind of work, until its window is over.
COUNTER = Table(
    "policyqa_counter",
    METADATA,
    Column("key", Text, primary_key=True),  # a limit and a digest of who is counted
    Column("hits", BigInteger, nullable=False),
    Column("ends", Float, nullable=False, index=True),  # of the window, in seconds since the epoch
)
# As the drivers take it: the same words in both, and putting them together anew would take longer than counting.
_HIT = """
INSERT INTO policyqa_counter AS c (key, hits, ends) VALUES ({key}, {amount}, {ends})
ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN c.ends <= {now} OR c.ends > {latest} THEN excluded.hits ELSE c.hits + excluded.hits END,
    ends = CASE WHEN c.ends <= {now} OR c.ends > {latest} THEN excluded.ends ELSE c.ends END
RETURNING hits, ends
"""
_NAMES = ("key", "amount", "ends", "now", "latest")
_IN_SQLITE = _HIT.format(**{name: f":{name}" for name in _NAMES})
_IN_POSTGRESQL = _HIT.format(**{name: f"%({name})s" for name in _NAMES})
_SWEEP_EVERY = 60.0  # seconds
_MOST = 1_000_000  # rows, some 150 MB; beyond, those with the fewest hits go: a client of many addresses makes such
_DAMAGED = (SQLITE_CORRUPT, SQLITE_NOTADB)
# Or without its table, which comes with the next try; or locked by another process for longer than one try waits.
_TRIED_AGAIN = (*_DAMAGED, SQLITE_ERROR, SQLITE_BUSY, SQLITE_LOCKED)
_TRIES, _PATIENCE = 5, 0.5  # seconds


class Counters(Windows):
    """Counts in the database at `where`. Every method raises DatabaseError when the database fails.

    A file that a power failure has damaged is taken away, and counting begins anew.
    """

    def __init__(self, where: Path | str, now: Clock = time, most: int = _MOST) -> None:
        super().__init__(now)
        self._most = most
        self._file = beside(where)
        self._database = Database(self._file, _PATIENCE, passing=(COUNTER,)) if self._file else Database(where)
        self._hit = _IN_SQLITE if self._database.is_sqlite else _IN_POSTGRESQL
        self._lock = Lock()
        self._sweep_at = 0.0

    def count(self, key: str, seconds: int, amount: int, now: float) -> Count:
        with self._lock:
            for _ in range(_TRIES - 1):
                try:
                    return self._count(key, seconds, amount, now)
                except DatabaseError as error:
                    code = _sqlite_code(error)
                    if self._file is None or code not in _TRIED_AGAIN:
                        raise
                    if code in _DAMAGED:
                        self._take_away(self._file)
            return self._count(key, seconds, amount, now)

    def look(self, key: str) -> Count:
        with self._database.transaction() as connection:
            row = connection.execute(select(COUNTER).where(COUNTER.c.key == key)).first()
        return Count(row.hits, row.ends) if row else Count(0, 0.0)

    def check(self) -> bool:
        """Whether it can be written to."""
        try:
            self._sweep_at = 0.0
            self._sweep(self._now())
        except DatabaseError:
            return False
        return True

    def reset(self) -> int:
        with self._database.transaction() as connection:
            before = connection.execute(select(func.count()).select_from(COUNTER)).scalar_one()
            connection.execute(delete(COUNTER))
        return before

    def clear(self, key: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(delete(COUNTER).where(COUNTER.c.key == key))

    def close(self) -> None:
        self._database.close()

    def _count(self, key: str, seconds: int, amount: int, now: float) -> Count:
        self._sweep(now)
        ends = now + seconds
        values = {"key": key, "amount": amount, "now": now, "ends": ends, "latest": ends + APART}
        with self._database.transaction() as connection:
            (row,) = connection.exec_driver_sql(self._hit, values).all()
        return Count(row.hits, row.ends)

    def _take_away(self, file: Path) -> None:
        _LOG.warning("计数文件已损坏，重新计数 the file of counts is damaged and begun anew: %s", file)
        for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
            file.with_name(name).unlink(missing_ok=True)

    def _sweep(self, now: float) -> None:
        """Forget the windows that are over, and what is more than there is room for."""
        if now < self._sweep_at:
            return
        self._sweep_at = now + _SWEEP_EVERY
        with self._database.transaction() as connection:
            connection.execute(delete(COUNTER).where(COUNTER.c.ends <= now))
            count = connection.execute(select(func.count()).select_from(COUNTER)).scalar_one()
            if count > self._most:
                least = select(COUNTER.c.key).order_by(COUNTER.c.hits, COUNTER.c.ends).limit(count - self._most)
                connection.execute(delete(COUNTER).where(COUNTER.c.key.in_(least)))


def beside(where: Path | str) -> Path | None:
    """The file for counts beside a state that is a SQLite file; None for a database that others share."""
    if isinstance(where, str):
        try:
            url = make_url(where)
        except ArgumentError:
            return None  # Database says what is wrong with it
        if url.get_backend_name() != "sqlite" or not url.database:
            return None
        where = Path(url.database)
    return where.with_name(f"{where.name}.counts")


def _sqlite_code(error: DatabaseError) -> int:
    """What SQLite says is wrong; 0 where it says nothing."""
    code: int = getattr(getattr(error.__cause__, "orig", None), "sqlite_errorcode", 0)
    return code & 0xFF
