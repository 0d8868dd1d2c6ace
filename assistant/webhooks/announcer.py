"""What has happened goes into the outbox, each thing once, in one transaction with the note that it has been told.

What happens is kept by whoever makes it happen: a line of the library, a gap, a call that is owed. So nothing is lost
while no server runs, the outbox is full or the database away: it is found at the next look. Things of before the first
look, or older than a week, are not told.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, text, update

from assistant.database.database import Database
from assistant.database.metadata import UtcDateTime
from assistant.operations.outbox import Outbox
from assistant.webhooks.happening import Happening, Source
from assistant.webhooks.table import TOLD
from corpus.errors import PolicyQAError

_LOG = logging.getLogger(__name__)
NEWS = timedelta(days=7)  # what is older is not told
REMEMBERED = timedelta(days=30)  # what has been told; a call that is owed lasts a fortnight
_BEGUN = "begun"  # the row that says when it was first looked
# The one who adds a row has its turn; another who adds the same waits for that to be done, and adds nothing.
_ADD = text("INSERT INTO policyqa_told (key, time) VALUES (:key, :time) ON CONFLICT DO NOTHING").bindparams(
    bindparam("time", type_=UtcDateTime)
)


class Announcer:
    """Finds what has happened. Safe from several processes."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        sources: Sequence[Source] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._outbox = outbox
        self.sources = sources
        self._now = now

    def look(self) -> int:
        """Put in what has not been told yet; how much that was. A source that fails is logged and looked at next time.

        Raises DatabaseError where nothing can be put in.
        """
        begun = self._begun()
        if begun is None:  # what there is now is old, and so is what is made of it, as gaps of questions
            for source in self.sources:
                self._found(source, self._now())
            self._begin()
            return 0
        since = max(begun, self._now() - NEWS)
        return sum(self._tell(self._found(source, since)) for source in self.sources)

    def is_my_turn(self, what: str, every: timedelta) -> bool:
        """Whether this process does something that one of all does, this often. Raises DatabaseError."""
        now, key = self._now(), f"turn:{what}"
        over = (TOLD.c.key == key, TOLD.c.time <= now - every)

        def work(connection: Connection) -> bool:
            if connection.execute(_ADD, {"key": key, "time": now}).rowcount:
                return True
            return connection.execute(update(TOLD).where(*over).values(time=now)).rowcount > 0

        return self._database.write(work)

    def _begun(self) -> datetime | None:
        """When it was first looked."""
        with self._database.transaction() as connection:
            found: datetime | None = connection.execute(select(TOLD.c.time).where(TOLD.c.key == _BEGUN)).scalar()
        return found

    def _begin(self) -> None:
        row = {"key": _BEGUN, "time": self._now()}
        self._database.write(lambda connection: connection.execute(_ADD, row))

    def _found(self, source: Source, since: datetime) -> list[Happening]:
        try:
            return list(source(since))
        except (PolicyQAError, OSError) as error:
            _LOG.error("%s", error)
        except Exception:  # the others go on
            _LOG.exception("looking for what has happened failed")
        return []

    def _tell(self, found: Iterable[Happening]) -> int:
        """As many as there is room for; the others stay for the next look."""
        with self._database.transaction() as connection:
            known = set(connection.execute(select(TOLD.c.key)).scalars())
        new = [one for one in found if one.key not in known]
        if not new:
            return 0

        def work(connection: Connection) -> int:
            now, told = self._now(), 0
            connection.execute(delete(TOLD).where(TOLD.c.time < now - REMEMBERED, TOLD.c.key != _BEGUN))
            room = self._outbox.room(connection)
            for one in sorted(new, key=lambda one: (one.time, one.key)):
                if told == room:
                    break
                if connection.execute(_ADD, {"key": one.key, "time": now}).rowcount:
                    self._outbox.put_into(connection, one.kind, body_of(one))
                    told += 1
            return told

        return self._database.write(work)


def body_of(one: Happening) -> Mapping[str, Any]:
    """What is sent of it."""
    moment = one.time.astimezone(UTC).isoformat(timespec="seconds")
    return {"type": one.kind.value, "timestamp": moment.replace("+00:00", "Z"), "data": one.data}
