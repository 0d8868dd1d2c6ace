"""Sessions of browsers that have signed in: a random id in a cookie, its digest in the database (会话).

A session ends when it has not been used for a while, at the latest some hours after it began, when its account is
locked or removed or gets another password, and when somebody ends it.
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, and_, delete, insert, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from assistant.access.keys import utc_now
from assistant.access.roles import Role
from assistant.access.table import ACCOUNT, SESSION
from assistant.database.database import Database
from corpus.errors import DatabaseError

_NOTED_EVERY = timedelta(minutes=1)  # that it is used
_LONGEST_BROWSER = 200  # characters
_MOST = 50  # sessions of one name; the oldest make way


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its holder sees it. `id` ends it and opens nothing. Moments are in UTC."""

    id: str
    name: str
    role: Role
    created: datetime
    used: datetime
    ends: datetime
    address: str
    browser: str


class Sessions:
    """The sessions of a database. Every method raises DatabaseError when that fails."""

    def __init__(
        self, database: Database, *, idle: timedelta, longest: timedelta, now: Callable[[], datetime] = utc_now
    ) -> None:
        """`idle`: unused for so long it ends; `longest`: used or not."""
        self._database = database
        self._idle = idle
        self._longest = longest
        self._now = now

    @property
    def seconds(self) -> int:
        """How long a browser keeps the cookie."""
        return int(self._longest.total_seconds())

    def begin(self, name: str, *, role: Role | None, address: str, browser: str) -> str:
        """What the cookie holds; nobody else ever sees it. `role`: as an issuer told it, None: the account's."""
        token, now = secrets.token_urlsafe(32), self._now()
        row = {
            "id": session_id(token),
            "name": name,
            "role": role,
            "created": now,
            "used": now,
            "ends": now + self._longest,
            "address": address,
            "browser": "".join(c for c in browser if c.isprintable())[:_LONGEST_BROWSER],
        }
        oldest = select(SESSION.c.id).where(SESSION.c.name == name).order_by(SESSION.c.used.desc()).offset(_MOST)

        def keep(connection: Connection) -> None:
            execute = connection.execute
            execute(delete(SESSION).where(or_(SESSION.c.ends <= now, SESSION.c.used <= now - self._idle)))
            execute(insert(SESSION).values(row))
            if too_many := execute(oldest).scalars().all():
                execute(delete(SESSION).where(SESSION.c.id.in_(too_many)))

        self._database.write(keep)
        return token

    def find(self, token: str) -> Session | None:
        """The session of a cookie, if it goes on; that it is used is noted once a minute."""
        id_, now = session_id(token), self._now()
        found = self._living(SESSION.c.id == id_)
        if not found:
            return None
        if now - found[0].used >= _NOTED_EVERY:
            noting = update(SESSION).where(SESSION.c.id == id_).values(used=now)
            with suppress(DatabaseError):  # as on a full disk: until it is noted again the session only ends sooner
                self._database.write(lambda connection: connection.execute(noting))
        return found[0]

    def of(self, name: str) -> list[Session]:
        """Those of an account that go on, the latest first."""
        return self._living(SESSION.c.name == name)

    def end(self, id_: str, name: str) -> bool:
        """End this session of this account; False where there is none."""
        ending = delete(SESSION).where(SESSION.c.id == id_, SESSION.c.name == name)
        return bool(self._database.write(lambda connection: connection.execute(ending).rowcount))

    def end_all(self, name: str, *, but: str = "") -> int:
        """End those of an account, except one; how many."""
        ending = delete(SESSION).where(SESSION.c.name == name, SESSION.c.id != but)
        return int(self._database.write(lambda connection: connection.execute(ending).rowcount))

    def _living(self, which: ColumnElement[bool]) -> list[Session]:
        now = self._now()
        of_issuer = SESSION.c.role.is_not(None)
        whose = or_(of_issuer, and_(ACCOUNT.c.name.is_not(None), ACCOUNT.c.locked.is_(False)))
        living = and_(SESSION.c.ends > now, SESSION.c.used > now - self._idle, whose, which)
        columns = [SESSION.c[name] for name in ("created", "used", "ends", "address", "browser")]
        own_role = and_(ACCOUNT.c.name == SESSION.c.name, SESSION.c.role.is_(None))
        asking = select(SESSION.c.id, SESSION.c.name, SESSION.c.role, ACCOUNT.c.role, *columns)
        asking = asking.select_from(SESSION.outerjoin(ACCOUNT, own_role)).where(living).order_by(SESSION.c.used.desc())
        with self._database.transaction() as connection:
            rows = connection.execute(asking).all()
        return [Session(id_, name, Role(told or own), *rest) for id_, name, told, own, *rest in rows]


def session_id(token: str) -> str:
    """The id of the session whose cookie holds `token`; with 256 random bits SHA-256 will do, see keys.py."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
