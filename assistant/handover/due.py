"""Calls back whose day has come, for whoever reminds somebody of them; without the number."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from assistant.handover.table import HANDOVER


@dataclass(frozen=True, slots=True)
class DueCall:
    """One call that is owed today or was on an earlier day. Times are in UTC, days those of China."""

    id: str
    day: date  # on whose list it stands
    until: datetime  # when the number is deleted at the latest
    tries: int  # calls that nobody answered


def calls_due(connection: Connection, today: date) -> list[DueCall]:
    """All of them, in order of their days, then of arrival."""
    columns = (HANDOVER.c.id, HANDOVER.c.call_day, HANDOVER.c.call_until, HANDOVER.c.tries)
    owed = (HANDOVER.c.telephone.is_not(None), HANDOVER.c.call_day <= today)
    ordered = select(*columns).where(*owed).order_by(HANDOVER.c.call_day, HANDOVER.c.created, HANDOVER.c.id)
    return [DueCall(*row) for row in connection.execute(ordered)]
