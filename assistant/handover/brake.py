"""How often codes may be tried and drawn, so that nobody finds one by trying. Counted in the database, for all workers.

Of a million codes at most `LIVING` are alive, so a guess hits with 1/1,000 or less. `ALL` wrong ones a day are looked
up, from however many addresses they come: 0.1 hits a day in expectation while every code is given out, 0.01 with a
hundred alive. A right code takes nothing back: whoever guesses can draw codes of his own and mix them in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, insert, select

from assistant.handover.table import ATTEMPT

LIVING = 1000  # codes at a time


class What(StrEnum):
    """What is counted."""

    GUESS = "guess"  # a code that there is not
    DRAW = "draw"  # a code drawn, or a conversation sent again


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many in this time."""

    most: int
    within: timedelta


CLIENT = {What.GUESS: Limit(5, timedelta(minutes=10)), What.DRAW: Limit(30, timedelta(minutes=10))}
ALL = Limit(100, timedelta(days=1))  # wrong codes of all clients together


class LockedError(Exception):
    """Tried or drawn too often; `seconds` until it may be done again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"locked for {seconds} seconds")
        self.seconds = max(1, seconds)


def check(connection: Connection, what: What, client: str, now: datetime) -> None:
    """Raises LockedError where this client, or all together, did it too often."""
    _check(connection, CLIENT[what], now, ATTEMPT.c.what == what, ATTEMPT.c.client == client)
    if what is What.GUESS:
        _check(connection, ALL, now, ATTEMPT.c.what == what)


def count(connection: Connection, what: What, client: str, now: datetime) -> None:
    """Note that it was done."""
    connection.execute(insert(ATTEMPT).values(time=now, what=what, client=client))


def _check(connection: Connection, limit: Limit, now: datetime, *which: ColumnElement[bool]) -> None:
    """The lock opens as soon as the first of the latest `most` is old enough."""
    since = (ATTEMPT.c.time > now - limit.within, *which)
    latest = select(ATTEMPT.c.time).where(*since).order_by(ATTEMPT.c.time.desc()).limit(limit.most)
    times = connection.execute(latest).scalars().all()
    if len(times) == limit.most:
        raise LockedError(int((times[-1] + limit.within - now).total_seconds()) + 1)
