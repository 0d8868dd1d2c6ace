"""Calls back whose day has come: which, since when and until when; no number, no word of the conversation."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from assistant.database.database import Database
from assistant.handover.due import calls_due
from assistant.webhooks.happening import Happening, Kind, Link
from corpus.clock import CHINA, Clock


class DueCallbacks:
    """The calls that are owed, in the database of the hand-overs; those of earlier days too."""

    def __init__(self, database: Database, now: Clock, link: Link) -> None:
        self._database = database
        self._now = now
        self._link = link

    def __call__(self, _since: datetime) -> Iterator[Happening]:
        with self._database.transaction() as connection:
            found = calls_due(connection, self._now().astimezone(CHINA).date())
        for one in found:
            told = {
                "callback": one.id,
                "day": one.day.isoformat(),
                "deleted": one.until.isoformat(timespec="seconds"),
                "tries": one.tries,
                "link": self._link(f"/agent/callbacks/{one.id}"),
            }
            begins = datetime.combine(one.day, time(), CHINA).astimezone(UTC)
            yield Happening(Kind.CALLBACK_DUE, f"callback:{one.id}:{one.day}", begins, told)
