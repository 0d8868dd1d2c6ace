"""Hand-overs in a database: drawn by askers, read by agents by their code, called back from a list.

Every transaction begins by deleting what has expired. That is a write, which SQLite lets one do at a time, and in
PostgreSQL a lock goes before it: what follows in the transaction nobody else sees half done.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, func, insert, select, update

from assistant.database.database import Database
from assistant.feedback.store import FeedbackStore
from assistant.handover import brake
from assistant.handover.brake import LIVING, LockedError, What
from assistant.handover.conversation import Conversation, read_back, written
from assistant.handover.expiry import delete_expired, end_call
from assistant.handover.keys import KeyFile
from assistant.handover.table import HANDOVER
from assistant.handover.telephone import Telephone
from assistant.settings import Settings
from corpus.clock import CHINA, Clock, china_now
from corpus.errors import NotFoundError
from corpus.records.calendar import Calendar

VALID = timedelta(hours=24)  # a code
KEPT = timedelta(days=7)  # a number, from the day of its list
_CODES = 1_000_000
_ORDINARY = Calendar(())  # no holiday is known
_LOCK = 7_065_108_804  # of PostgreSQL; see assistant/database/schema.py

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """A call that is owed. Times are in UTC, days are those of China."""

    telephone: Telephone | None  # None where the key that encrypted it is lost
    day: date  # on whose list it stands
    until: datetime  # when the number is deleted at the latest
    tries: int  # calls that nobody answered


@dataclass(frozen=True, slots=True)
class Handover:
    """A conversation as an agent sees it."""

    id: str
    code: str | None  # None once it has expired
    created: datetime
    until: datetime  # that the code is good for
    conversation: Conversation
    readings: int  # how often the code was typed in before
    read: datetime | None  # the last time before
    call: Call | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an asker is told. The ticket is for the tab that asked, which may send its conversation again with it."""

    code: str
    until: datetime
    ticket: str
    call: Call | None


class Handovers:
    """Hand-overs beside the answers. Safe from several threads and processes.

    `client` is who asks, by whatever names him; only a digest of it is kept. Every method raises DatabaseError when
    the database fails.
    """

    def __init__(
        self,
        database: Database,
        keys: KeyFile,
        now: Clock = china_now,
        draw: Callable[[], int] = lambda: secrets.randbelow(_CODES),
    ) -> None:
        self._database = database
        self._keys = keys
        self._clock = now
        self._draw = draw

    def hand_over(
        self,
        conversation: Callable[[Telephone | None], Conversation],
        client: str,
        *,
        telephone: Telephone | None = None,
        withdraw: bool = False,
        ticket: str | None = None,
        calendar: Calendar = _ORDINARY,
    ) -> Drawn:
        """Keep a conversation behind a code, in place of the one that `ticket` stands for.

        `conversation` is told the number that must not stand in it. A number that was left stays, unless another is
        given or it is withdrawn, which is never too often; a code that has expired meanwhile is drawn anew. Raises
        LockedError where codes were drawn too often or all are given out, SettingsError for a number that cannot be
        encrypted.
        """
        who, call = self._keys.digest(client), self._call_columns(telephone, calendar)

        def work(connection: Connection) -> Drawn:
            now = self._moment()
            before = connection.execute(select(HANDOVER).where(HANDOVER.c.ticket == (ticket or ""))).first()
            if not (before and withdraw):
                brake.check(connection, What.DRAW, who, now)
                brake.count(connection, What.DRAW, who, now)
            kept = self._handover(before) if before else self._new(connection, now)
            left = telephone or (kept.call.telephone if kept.call else None)
            said = conversation(left).after(kept.conversation, left.out_of if left else str)
            values = written(said) | (call if telephone or withdraw else {})
            if kept.code is None:
                values |= {"code": self._new_code(connection, now), "code_until": now + VALID}
            connection.execute(update(HANDOVER).where(HANDOVER.c.id == kept.id).values(values))
            row = connection.execute(select(HANDOVER).where(HANDOVER.c.id == kept.id)).one()
            return Drawn(row.code, row.code_until, row.ticket, self._handover(row).call)

        drawn = self._alone(work)
        if withdraw or (ticket and telephone):
            self._database.fold()
        return drawn

    def read(self, code: str, client: str) -> Handover:
        """The conversation behind a code, and note that it was read.

        Raises NotFoundError for a code that there is not, any more or yet, which counts; LockedError after too many
        of these, in which case nothing is looked up.
        """
        who = self._keys.digest(client)

        def work(connection: Connection) -> Handover | None:
            now = self._moment()
            brake.check(connection, What.GUESS, who, now)
            row = connection.execute(select(HANDOVER).where(HANDOVER.c.code == code)).first()
            if row is None:
                brake.count(connection, What.GUESS, who, now)
                return None
            noted = {"readings": HANDOVER.c.readings + 1, "read": now}
            connection.execute(update(HANDOVER).where(HANDOVER.c.id == row.id).values(noted))
            return self._handover(row)

        with self._database.transaction() as connection:  # a flood of guesses writes nothing
            brake.check(connection, What.GUESS, who, self._moment())
        if (found := self._alone(work)) is None:
            raise NotFoundError(
                "没有这个接手码，或已过 24 小时；请与来电人核对，或请来电人重新取一个。"
                "No such code, or its 24 hours are over: check it with the caller, or ask them to get a new one.",
                "code",
            )
        return found

    def calls(self) -> list[Handover]:
        """All calls that are owed, in order of their days, then of arrival."""
        owed = (
            select(HANDOVER)
            .where(HANDOVER.c.telephone.is_not(None))
            .order_by(HANDOVER.c.call_day, HANDOVER.c.created, HANDOVER.c.id)
        )
        return self._alone(lambda connection: [self._handover(row) for row in connection.execute(owed)])

    def owed(self, id_: str) -> Handover:
        """The one whose call is owed. Raises NotFoundError."""
        found = next((one for one in self.calls() if one.id == id_), None)
        if found is None:
            raise _no_call()
        return found

    def called(self, id_: str) -> None:
        """The call is done: the number is deleted at once. Raises NotFoundError where it has gone already."""
        if not self._alone(lambda connection: end_call(connection, id_, self._moment())):
            raise _no_call()
        self._database.fold()

    def missed(self, id_: str) -> None:
        """Nobody answered: it is counted, and the number stays until its time is over. Raises NotFoundError."""
        one = (HANDOVER.c.id == id_, HANDOVER.c.telephone.is_not(None))
        again = update(HANDOVER).where(*one).values(tries=HANDOVER.c.tries + 1)
        if not self._alone(lambda connection: connection.execute(again).rowcount):
            raise _no_call()

    def today(self) -> date:
        """The day in China."""
        return self._moment().astimezone(CHINA).date()

    def _moment(self) -> datetime:
        """In UTC: SQLite keeps no time zone."""
        return self._clock().astimezone(UTC)

    def _alone(self, work: Callable[[Connection], T]) -> T:
        """Do `work` with nobody else, after what has expired is gone."""
        deleted = 0

        def whole(connection: Connection) -> T:
            nonlocal deleted
            if connection.dialect.name != "sqlite":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            deleted = delete_expired(connection, self._moment())
            return work(connection)

        try:
            return self._database.write(whole)
        finally:
            if deleted:
                self._database.fold()

    def _new(self, connection: Connection, now: datetime) -> Handover:
        """A row with a code of its own."""
        code = self._new_code(connection, now)
        row = {"id": secrets.token_hex(8), "ticket": secrets.token_hex(16), "code": code}
        times = {"created": now, "code_until": now + VALID}
        counts = {"turns": "[]", "unanswered": "[]", "readings": 0, "tries": 0}
        connection.execute(insert(HANDOVER).values(**row, **times, **counts))
        return Handover(row["id"], code, now, now + VALID, Conversation(()), 0, None, None)

    def _new_code(self, connection: Connection, now: datetime) -> str:
        """One that no other has. Raises LockedError where all are given out."""
        living = (HANDOVER.c.code.is_not(None),)
        count, first = connection.execute(
            select(func.count(), func.min(HANDOVER.c.code_until)).select_from(HANDOVER).where(*living)
        ).one()
        if count >= LIVING:
            raise LockedError(int((first - now).total_seconds()) + 1)
        taken = select(HANDOVER.c.id)
        while connection.execute(taken.where(HANDOVER.c.code == (code := f"{self._draw():06}"))).first():
            pass
        return code

    def _call_columns(self, telephone: Telephone | None, calendar: Calendar) -> dict[str, Any]:
        """As columns of table.py: on the list of the next working day."""
        if telephone is None:
            return {"telephone": None, "call_day": None, "call_until": None, "tries": 0}
        day = calendar.next_working_day(self.today())
        until = datetime.combine(day + KEPT, time(), CHINA).astimezone(UTC)
        token = self._keys.encrypt(telephone.digits)
        return {"telephone": token, "call_day": day, "call_until": until, "tries": 0}

    def _handover(self, row: Row[Any]) -> Handover:
        call = None
        if row.telephone:
            digits = self._keys.decrypt(row.telephone)
            call = Call(Telephone(digits) if digits else None, row.call_day, row.call_until, row.tries)
        said = read_back(row.turns, row.unanswered, row.place, row.wanted)
        return Handover(row.id, row.code, row.created, row.code_until, said, row.readings, row.read, call)


def open_handovers(feedback: FeedbackStore, settings: Settings) -> Handovers | None:
    """Hand-overs beside the answers; None where nothing is kept."""
    return None if feedback.database is None else Handovers(feedback.database, KeyFile(settings.keys))


def _no_call() -> NotFoundError:
    return NotFoundError(
        "名单上没有这一条：已经打通、撤回或到期，号码已删去。请刷新页面。"
        "It is not on the list: called, withdrawn or over, and the number is deleted. Reload the page.",
        "call",
    )
