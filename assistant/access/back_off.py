"""How long somebody waits who has failed to sign in: longer each time, never for ever, and counted for all workers.

An account has five tries, an address thirty, for a whole office may share one. Each further failure doubles the wait,
from half a minute to a quarter of an hour. That leaves a guesser some hundred tries a day on an account. What strangers
do to an account does not count against the address from which it signed in last, so that they cannot lock its holder
out of the place where he works.

A try is counted before it is looked at: a hundred at once are a hundred. Names that there are not are counted as well.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, func, insert, select, text, update

from assistant.access.table import FAILURE

_FIRST, _LONGEST = timedelta(seconds=30), timedelta(minutes=15)
_MOST_ROWS = 20_000  # beyond these the oldest go


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many failures are free; they are forgotten so long after the last."""

    free: int
    forgotten: timedelta


ACCOUNT = Allowance(5, timedelta(days=1))
ADDRESS = Allowance(30, timedelta(hours=1))


def account_key(name: str, address: str, *, is_known: bool) -> str:
    """By what failures of an account are counted: apart for the address that it `is_known` to work at."""
    return _digest(f"account:{name}@{address if is_known else ''}")


def address_key(address: str) -> str:
    """By what failures of an address are counted."""
    return _digest(f"address:{address}")


def wait(count: int, last: datetime, allowance: Allowance, now: datetime) -> timedelta:
    """How long from now until the next try, after `count` failures; zero or less: at once."""
    if count < allowance.free or now - last >= allowance.forgotten:
        return timedelta(0)
    doublings = min(count - allowance.free, 10)
    pause = min(_FIRST * int(2**doublings), _LONGEST)
    return min(pause, pause - (now - last))  # no longer where the clock was ahead and has been set right


def take(connection: Connection, who: str, allowance: Allowance, now: datetime) -> timedelta:
    """Count a try of somebody and return zero; or return how long they still have to wait, and count nothing."""
    _lock(connection, who)
    found = connection.execute(select(FAILURE.c.count, FAILURE.c.last).where(FAILURE.c.who == who)).one_or_none()
    if found is None:
        _make_room(connection, now)
        connection.execute(insert(FAILURE).values(who=who, count=1, last=now))
        return timedelta(0)
    count, last = found
    if (left := wait(count, last, allowance, now)) > timedelta(0):
        return left
    fresh = now - last >= allowance.forgotten
    connection.execute(update(FAILURE).where(FAILURE.c.who == who).values(count=1 if fresh else count + 1, last=now))
    return timedelta(0)


def give_back(connection: Connection, who: str) -> None:
    """That try was no failure."""
    connection.execute(update(FAILURE).where(FAILURE.c.who == who).values(count=FAILURE.c.count - 1))


def forgive(connection: Connection, who: str) -> None:
    """They have signed in: nothing counts any more."""
    connection.execute(delete(FAILURE).where(FAILURE.c.who == who))


def _lock(connection: Connection, who: str) -> None:
    """Until the transaction ends nobody else counts them: of tries at the same time each sees those before it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:who))"), {"who": who})
    elif not connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # which the driver leaves until the first change


def _make_room(connection: Connection, now: datetime) -> None:
    connection.execute(delete(FAILURE).where(FAILURE.c.last < now - ACCOUNT.forgotten))
    count = connection.execute(select(func.count()).select_from(FAILURE)).scalar_one()
    if count >= _MOST_ROWS:
        oldest = select(FAILURE.c.who).order_by(FAILURE.c.last).limit(count - _MOST_ROWS + _MOST_ROWS // 20)
        connection.execute(delete(FAILURE).where(FAILURE.c.who.in_(oldest)))


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()
