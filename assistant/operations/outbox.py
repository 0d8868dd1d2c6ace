"""What is on its way to the office's own systems, kept beside the answers so that a restart loses nothing."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Row,
    Table,
    Text,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from assistant.database.database import Database
from assistant.database.metadata import METADATA, UtcDateTime

OUTBOX = Table(
    "policyqa_outbox",
    METADATA,
    Column("number", Integer, primary_key=True),  # in the order of arrival
    Column("id", Text, nullable=False, unique=True),  # by which a receiver knows what it has had already
    Column("kind", Text, nullable=False),  # note, or a webhook's: generation.published, gap.opened, callback.due
    Column("body", Text),  # JSON as it is sent; None once it has been delivered
    Column("state", Text, nullable=False, index=True),
    Column("created", UtcDateTime, nullable=False),
    Column("due", UtcDateTime, nullable=False),  # of the next attempt
    Column("tries", Integer, nullable=False),
    Column("problem", Text),  # of the last attempt, in few words; never what a receiver wrote
)
KEPT = timedelta(days=7)  # what has been delivered, or has failed, is listed that long
UNSENT = timedelta(days=30)  # what nobody sends any more, because no receiver is set, is kept that long


class State(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class FullError(Exception):
    """As many messages wait as are kept."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message on its way, or at its end. Times are in UTC."""

    id: str
    kind: str
    body: str | None
    state: State
    created: datetime
    due: datetime
    tries: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with messages: how many wait or have failed, and what went wrong with the newest of them.

    `problem` is that of one that waits, where one was tried in vain, else of one that has failed; None where none was.
    """

    waiting: int = 0
    failed: int = 0
    oldest: datetime | None = None  # of those that wait, when it was put in
    problem: str | None = None
    problem_kind: str | None = None  # of the message it happened to


_COLUMNS = [OUTBOX.c[name] for name in Message.__annotations__]


def _now() -> datetime:
    return datetime.now(UTC)


class Outbox:
    """Messages in a database; several processes may put and take. Every method raises DatabaseError when that fails."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime] = _now,
        most: int = 1000,
        kinds: Collection[str] | None = None,
    ) -> None:
        """At most `most` messages wait at a time. `kinds`: of these alone, so that several may share the table."""
        self._database = database
        self._now = now
        self._most = most
        self._mine = OUTBOX.c.kind.in_(sorted(kinds)) if kinds is not None else true()

    def put(self, kind: str, data: Mapping[str, Any]) -> str:
        """Keep a message to be sent, and what it is known by. Raises FullError."""
        now, id_ = self._now(), uuid4().hex
        told = {"id": id_, "kind": kind, "created": now.isoformat(timespec="seconds"), "data": data}

        def work(connection: Connection) -> bool:
            room = self.room(connection)
            if room:
                self.put_into(connection, kind, told, id_)
            return room > 0

        if not self._database.write(work):
            raise FullError
        return id_

    def room(self, connection: Connection) -> int:
        """How many more messages may wait, after what is past keeping has gone."""
        purge(connection, self._now())
        waiting = select(func.count()).where(OUTBOX.c.state == State.WAITING, self._mine)
        return max(0, self._most - (connection.execute(waiting).scalar() or 0))

    def put_into(self, connection: Connection, kind: str, told: Mapping[str, Any], id_: str | None = None) -> str:
        """Keep a message as part of a transaction, to be sent as it stands; what it is known by."""
        now = self._now()
        row = {"id": id_ or uuid4().hex, "kind": kind, "body": as_body(told), "state": State.WAITING}
        connection.execute(insert(OUTBOX).values(**row, created=now, due=now, tries=0))
        return row["id"]

    def take(self, until: datetime) -> Message | None:
        """The message that has been due longest, which nobody else takes before `until`; None where none is due."""
        now = self._now()

        def work(connection: Connection) -> Message | None:
            due = select(*_COLUMNS).where(OUTBOX.c.state == State.WAITING, OUTBOX.c.due <= now, self._mine)
            for row in connection.execute(due.order_by(OUTBOX.c.due, OUTBOX.c.number).limit(8)).all():
                mine = (OUTBOX.c.id == row.id, OUTBOX.c.due == row.due, OUTBOX.c.state == State.WAITING)
                if connection.execute(update(OUTBOX).where(*mine).values(due=until)).rowcount:
                    return _message(row)
            return None

        return self._database.write(work)

    def delivered(self, id_: str) -> None:
        """A message is at its end; what it said is kept no longer."""
        self._change(id_, {"state": State.DELIVERED, "problem": None, "body": None, "tries": OUTBOX.c.tries + 1})

    def failed(self, id_: str, problem: str) -> None:
        """A message is not tried again, unless somebody says so."""
        self._change(id_, {"state": State.FAILED, "problem": problem, "tries": OUTBOX.c.tries + 1})

    def again(self, id_: str) -> bool:
        """A failed message waits as if it were new; False where there is none of this id."""
        now = self._now()
        values = {"state": State.WAITING, "created": now, "due": now, "tries": 0}
        failed = (OUTBOX.c.id == id_, OUTBOX.c.state == State.FAILED, self._mine)
        return self._database.write(
            lambda connection: connection.execute(update(OUTBOX).where(*failed).values(values)).rowcount > 0
        )

    def given_up(self) -> list[Message]:
        """The messages that have failed and are still kept, in the order of arrival."""
        failed = select(*_COLUMNS).where(OUTBOX.c.state == State.FAILED, self._mine).order_by(OUTBOX.c.number)
        with self._database.transaction() as connection:
            return [_message(row) for row in connection.execute(failed)]

    def later(self, id_: str, due: datetime, problem: str) -> None:
        """A message is tried again."""
        self._change(id_, {"due": due, "problem": problem, "tries": OUTBOX.c.tries + 1})

    def next_due(self) -> datetime | None:
        """When the next attempt is due; None where nothing waits."""
        with self._database.transaction() as connection:
            waiting = select(OUTBOX.c.due).where(OUTBOX.c.state == State.WAITING, self._mine)
            return connection.execute(waiting.order_by(OUTBOX.c.due).limit(1)).scalar()

    def latest(self, kind: str, limit: int) -> list[Message]:
        """The last messages of a kind, the newest first."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                select(*_COLUMNS).where(OUTBOX.c.kind == kind).order_by(OUTBOX.c.number.desc()).limit(limit)
            ).all()
        return [_message(row) for row in rows]

    def standing(self) -> Standing:
        """How it stands now."""
        counted = select(OUTBOX.c.state, func.count(), func.min(OUTBOX.c.created)).where(self._mine)
        wrong = select(OUTBOX.c.problem, OUTBOX.c.kind).where(OUTBOX.c.problem.is_not(None), self._mine)
        with self._database.transaction() as connection:
            states = {row[0]: row[1:] for row in connection.execute(counted.group_by(OUTBOX.c.state))}
            last = connection.execute(wrong.order_by(OUTBOX.c.state.desc(), OUTBOX.c.number.desc()).limit(1)).first()
        waiting, oldest = states.get(State.WAITING, (0, None))
        failed, _ = states.get(State.FAILED, (0, None))
        return Standing(waiting, failed, oldest, *(last or (None, None)))

    def _change(self, id_: str, values: Mapping[str, object]) -> None:
        mine = (OUTBOX.c.id == id_, OUTBOX.c.state == State.WAITING)  # another process may have ended it meanwhile
        change = update(OUTBOX).where(*mine).values(values)
        self._database.write(lambda connection: connection.execute(change))


def as_body(told: Mapping[str, Any]) -> str:
    """A message as it is sent."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def purge(connection: Connection, now: datetime) -> int:
    """Delete what is done or has waited, and its time is over; how many rows that is."""
    done = and_(OUTBOX.c.state != State.WAITING, OUTBOX.c.created < now - KEPT)
    return connection.execute(delete(OUTBOX).where(or_(done, OUTBOX.c.created < now - UNSENT))).rowcount


def _message(row: Row[Any]) -> Message:
    values = dict(row._mapping)
    return Message(**{**values, "state": State(values["state"])})
