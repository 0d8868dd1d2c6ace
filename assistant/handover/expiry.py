"""What is deleted when its time is over: by the feedback store at start and hourly, and before anybody looks."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, update

from assistant.handover.table import ATTEMPT, HANDOVER

COUNTED = timedelta(days=1)  # that attempts are kept
_NO_CALL = {"telephone": None, "call_day": None, "call_until": None}


def delete_expired(connection: Connection, now: datetime) -> int:
    """Delete codes, numbers, conversations and attempts whose time is over; how many rows that changed.

    As the first of a transaction it also keeps every other writer out, in SQLite as in PostgreSQL (see store.py).
    """
    changes = (
        update(HANDOVER).where(HANDOVER.c.code_until <= now, HANDOVER.c.code.is_not(None)).values(code=None),
        update(HANDOVER).where(HANDOVER.c.call_until <= now).values(_NO_CALL),
        delete(HANDOVER).where(HANDOVER.c.code.is_(None), HANDOVER.c.telephone.is_(None)),
        delete(ATTEMPT).where(ATTEMPT.c.time <= now - COUNTED),
    )
    return sum(connection.execute(change).rowcount for change in changes)


def end_call(connection: Connection, id_: str, now: datetime) -> bool:
    """Delete a number at once, and the conversation with it where its code has expired; False where there is none."""
    one = (HANDOVER.c.id == id_, HANDOVER.c.telephone.is_not(None))
    ended = connection.execute(update(HANDOVER).where(*one).values(_NO_CALL)).rowcount
    delete_expired(connection, now)
    return bool(ended)
