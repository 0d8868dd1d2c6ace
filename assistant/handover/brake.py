"""How often codes may be tried and drawn, so that nobody finds one by trying. Counted in the database, for all workers.

Of a million codes at most `LIVING` are alive, so a guess hits with 1/1,000 or less. `ALL` wrong ones a day are looked
up, from however many addresses they come: 0.1 hits a day in expectation while every code is given out, 0.01 with a
hundred alive. A right code takes nothing back: whoever guesses can draw codes of his own and mix them in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select

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


CLIENT = {  # so that one alone gives out a fifth of all codes at most
    What.GUESS: (Limit(5, timedelta(minutes=10)),),
    What.DRAW: (Limit(30, timedelta(minutes=10)), Limit(LIVING // 5, timedelta(days=1))),
}
ALL = Limit(100, timedelta(days=1))  # wrong codes of all clients together


class LockedError(Exception):
    """Tried or drawn too often; `seconds` until it may be done again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"locked for {seconds} seconds")
        self.seconds = max(1, seconds)


# The moment of the attempt that must grow old before another is let through. Put together once: guesses come in floods.
_OF_ALL = (
    select(ATTEMPT.c.time)
    .where(ATTEMPT.c.time > bindparam("since"), ATTEMPT.c.what == bindparam("what"))
    .order_by(ATTEMPT.c.time.desc())
    .offset(bindparam("later"))
    .limit(1)
)
_OF_CLIENT = _OF_ALL.where(ATTEMPT.c.client == bindparam("client"))


def check(connection: Connection, what: What, client: str, now: datetime) -> None:
    """Raises LockedError where this client, or all together, did it too often."""
    if what is What.GUESS:
        _check(connection, ALL, now, _OF_ALL, what=what)
    for limit in CLIENT[what]:
        _check(connection, limit, now, _OF_CLIENT, what=what, client=client)


def count(connection: Connection, what: What, client: str, now: datetime) -> None:
    """Note that it was done."""
    connection.execute(insert(ATTEMPT).values(time=now, what=what, client=client))


def _check(connection: Connection, limit: Limit, now: datetime, which: Select[Any], **whose: str) -> None:
    found = connection.execute(which, {"since": now - limit.within, "later": limit.most - 1, **whose})
    if first := found.scalar():
        raise LockedError(int((first + limit.within - now).total_seconds()) + 1)
