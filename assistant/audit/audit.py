"""The audit of a server: what was done, by whom, in one chain that all workers add to."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Text, delete, func, insert, select, type_coerce, update
from sqlalchemy import Row as Found

from assistant.audit.chain import BEGUN, CUT, Head, Verified, verify
from assistant.audit.head_file import HeadFile
from assistant.audit.row import NONE, Row, canonical, clean, digest, kept
from assistant.audit.table import AUDIT, HEAD
from assistant.database.database import Database
from assistant.settings import Settings
from corpus.errors import DatabaseError, InputError

R = TypeVar("R", Row, Row | None)
_LOG = logging.getLogger(__name__)
_SHORT = 200  # characters of an event and of who did it
_BEYOND = 1 << 60  # the number of no row
_AT_ONCE = 1_000  # rows read at a time
# The time as the database has it: a row that can no longer be read as it was must be found, not fail whoever looks.
COLUMNS = tuple(type_coerce(one, Text).label(one.name) if one.name == "time" else one for one in AUDIT.c)
_NO_TIME = datetime(1, 1, 1, tzinfo=UTC)
ACCEPTED = "audit_accepted"  # somebody has put it down that the chain is not the one that a kept head belongs to
RETENTION = "retention"  # who cuts what is past keeping


class Audit:
    """Records what is done. Safe from several threads and processes: rows are added under the head's lock."""

    def __init__(
        self,
        database: Database,
        head_file: Path,
        days: int = 0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`head_file` keeps the head of the chain; rows are kept for so many `days`, 0 for ever."""
        self.database = database
        self.head_file = HeadFile(head_file)
        self.days = days
        self._now = now

    @classmethod
    def open(cls, settings: Settings) -> "Audit":
        """That of the database in which the settings keep the state. Raises SettingsError for an unusable address."""
        return cls(Database(settings.state), settings.audit_head, settings.audit_days)

    def __call__(self, event: str, by: str = "", **what: Any) -> Row:  # noqa: ANN401  (what JSON can hold)
        """The same as `record`."""
        return self.record(event, by, **what)

    def record(self, event: str, by: str = "", **what: Any) -> Row:  # noqa: ANN401  (what JSON can hold)
        """Add a row. Nothing of a citizen belongs in it. Raises DatabaseError where it cannot be kept."""
        return self.write(lambda connection: self.append(connection, event, by, what))

    def write(self, work: Callable[[Connection], R]) -> R:
        """Do a change and add its row, which `work` returns, in one transaction: both are kept, or neither.

        None where nothing was to be done. Raises DatabaseError.
        """
        row = self.database.write(work)
        if row is not None:
            self._keep_head(Head(row.number, row.hash))
        return row

    def append(self, connection: Connection, event: str, by: str, what: dict[str, Any]) -> Row:
        """The row as added in a transaction of the caller's, which holds the chain's lock from here to its end."""
        last = self.lock(connection)
        if last.number == 0:
            begun = self._add(connection, last, BEGUN, "", canonical({"format": 1, "hash": "sha256"}))
            last = Head(begun.number, begun.hash)
        return self._add(connection, last, clean(event, _SHORT), clean(by, _SHORT), kept(what))

    def lock(self, connection: Connection) -> Head:
        """The head, which nobody else moves until the transaction of the caller ends."""
        mine = update(HEAD).where(HEAD.c.id == 1).values(number=HEAD.c.number)
        if connection.execute(mine).rowcount == 0:  # the first of all, or somebody has taken it away
            end = connection.execute(select(AUDIT.c.number, AUDIT.c.hash).order_by(AUDIT.c.number.desc())).first()
            first = {"id": 1, "number": end.number if end else 0, "hash": end.hash if end else NONE, "cut_through": 0}
            connection.execute(insert(HEAD).values(first))
        found = connection.execute(select(HEAD.c.number, HEAD.c.hash).where(HEAD.c.id == 1)).one()
        return Head(found.number, found.hash)

    def _add(self, connection: Connection, last: Head, event: str, by: str, what: str) -> Row:
        row = Row(last.number + 1, self._now().astimezone(UTC), event, by, what, last.hash, "")
        row = replace(row, hash=digest(row))
        connection.execute(insert(AUDIT).values(asdict(row)))
        connection.execute(update(HEAD).where(HEAD.c.id == 1).values(number=row.number, hash=row.hash))
        return row

    def head(self) -> Head | None:
        """The last row, as the database has it; None before the first. Raises DatabaseError."""
        with self.database.transaction() as connection:
            return _head(connection)

    def rows(
        self,
        *,
        event: str = "",
        first: datetime | None = None,
        end: datetime | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> list[Row]:
        """The newest first: of this event, from `first` on, before `end`, below the number `before`; so many at most.

        Raises DatabaseError.
        """
        chosen = select(*COLUMNS).order_by(AUDIT.c.number.desc()).limit(limit)
        if event:
            chosen = chosen.where(AUDIT.c.event == event)
        if first:
            chosen = chosen.where(AUDIT.c.time >= first)
        if end:
            chosen = chosen.where(AUDIT.c.time < end)
        if before is not None:
            chosen = chosen.where(AUDIT.c.number < before)
        with self.database.transaction() as connection:
            return [row_of(found) for found in connection.execute(chosen)]

    def events(self) -> list[str]:
        """Every event that there is a row of. Raises DatabaseError."""
        with self.database.transaction() as connection:
            return list(connection.scalars(select(AUDIT.c.event).distinct().order_by(AUDIT.c.event)))

    def all(self) -> Iterator[Row]:
        """Every row, the oldest first, read as it is asked for. Raises DatabaseError."""
        with self.database.transaction() as connection:
            yield from _all(connection, select(*COLUMNS).order_by(AUDIT.c.number))

    def verify(self, heads: Iterable[Head] = ()) -> Verified:
        """Look through the whole chain, held against its head in the database, the one beside it, and these.

        Raises DatabaseError.
        """
        known = self.head_file.read()  # before the rows: it is never ahead of them
        with self.database.transaction() as connection:
            stored = _head(connection)
            kept_heads = [one for one in (stored, known, *heads) if one is not None]
            return verify(_all(connection, select(*COLUMNS).order_by(AUDIT.c.number)), kept_heads)

    def cut(self) -> int:
        """Delete the rows that are past keeping, and write down which; how many they were. Raises DatabaseError.

        A row of its own tells the last of them and its hash, so that the others still follow from something.
        """
        if not self.days:
            return 0
        row = self.write(self._without_old)
        return int(row.details["rows"]) if row else 0

    def oldest(self) -> datetime | None:
        """From when on rows are kept; None: from ever."""
        return self._now() - timedelta(days=self.days) if self.days else None

    def _without_old(self, connection: Connection) -> Row | None:
        oldest = self.oldest()
        is_kept = select(func.min(AUDIT.c.number)).where(AUDIT.c.time >= oldest)
        is_old = select(func.max(AUDIT.c.number)).where(
            AUDIT.c.number < func.coalesce(is_kept.scalar_subquery(), 1 << 60)
        )
        if connection.scalar(is_old) is None:
            return None
        self.lock(connection)
        if (through := connection.scalar(is_old)) is None:  # another worker was faster
            return None
        last = row_of(connection.execute(select(*COLUMNS).where(AUDIT.c.number == through)).one())
        count = connection.scalar(select(func.count()).where(AUDIT.c.number <= through))
        what = {"through": through, "hash": last.hash, "rows": count, "until": last.time.isoformat(), "days": self.days}
        row = self.append(connection, CUT, RETENTION, what)
        connection.execute(update(HEAD).where(HEAD.c.id == 1).values(cut_through=through))
        connection.execute(delete(AUDIT).where(AUDIT.c.number <= through))
        return row

    def accept(self, by: str, reason: str) -> Row:
        """Go on from the chain as it is, where it is not the one of the head that is kept: after a restored backup.

        That is itself a row. Raises InputError without a reason, DatabaseError, OSError where the head cannot be kept.
        """
        if not reason.strip():
            raise InputError("请写明原因，例如哪天恢复了备份。Give the reason, such as a backup restored.", "reason")
        known = self.head_file.read()
        row = self.record(ACCEPTED, by, reason=reason, kept=str(known) if known else None)
        with self.head_file.alone():
            self.head_file.write(Head(row.number, row.hash))
        return row

    def _keep_head(self, head: Head) -> None:
        """Keep the head beside the database; one that the chain contradicts stays, for it is the evidence."""
        try:
            with self.head_file.alone():
                known = self.head_file.read()
                if known is None or (known.number < head.number and self._stands(known)):
                    self.head_file.write(head)
        except (OSError, DatabaseError) as error:  # the row itself is kept
            _LOG.warning("the head of the audit cannot be kept beside the database: %s", error)
        _LOG.info("audit %s", head)

    def _stands(self, known: Head) -> bool:
        """Whether the chain has this head, or its row is past keeping."""
        with self.database.transaction() as connection:
            found = connection.scalar(select(AUDIT.c.hash).where(AUDIT.c.number == known.number))
            cut = connection.scalar(select(HEAD.c.cut_through).where(HEAD.c.id == 1)) or 0
        return found == known.hash or (found is None and known.number <= cut)


def _head(connection: Connection) -> Head | None:
    found = connection.execute(select(HEAD.c.number, HEAD.c.hash).where(HEAD.c.id == 1)).one_or_none()
    return Head(found.number, found.hash) if found and found.number else None


def _all(connection: Connection, chosen: Select[Any]) -> Iterator[Row]:
    for found in connection.execution_options(yield_per=_AT_ONCE).execute(chosen):
        yield row_of(found)


def row_of(found: Found[Any]) -> Row:
    """A row as it was read by `COLUMNS`."""
    return Row(found.number, _moment(found.time), found.event, found.by, found.what, found.previous, found.hash)


def _moment(read: object) -> datetime:
    """The time of a row. What somebody has made of it in a SQLite file may be none: then one that no row can have."""
    try:
        moment = read if isinstance(read, datetime) else datetime.fromisoformat(str(read))
    except ValueError:
        return _NO_TIME
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
