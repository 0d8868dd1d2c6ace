"""Signing in with name and password: counted, in the same time whether there is such a name or not (登录)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from assistant.access import back_off
from assistant.access.accounts import account_name
from assistant.access.audit import Audit, no_audit
from assistant.access.failures import Failures
from assistant.access.keys import utc_now
from assistant.access.passwords import Passwords
from assistant.access.table import ACCOUNT
from assistant.database.database import Database
from corpus.errors import InputError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: the account's name, or why not, and how many seconds to wait before the next try."""

    name: str = ""
    fault: str = ""  # "wrong", "locked" (by an admin) or "wait"; empty: signed in
    seconds: int = 0


class SigningIn:
    """Looks at names and passwords. Raises DatabaseError when the database fails; nobody is let in then."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        audit: Audit = no_audit,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._audit = audit
        self.failed = Failures(audit, now)
        self._now = now

    def __call__(self, typed: str, password: str, address: str, *, confirming: bool = False) -> Outcome:
        """Takes a twentieth of a second of a core, however it ends, but where somebody has to wait.

        `confirming`: somebody who is signed in shows that they know the password; it is counted in the same way.
        """
        try:
            name = account_name(typed)
        except InputError:
            # There is none, and nobody learns so by the time that it takes. PostgreSQL takes no NUL.
            name = typed.replace("\0", " ").encode("utf-8", "replace").decode()[:60]
        tried = self._database.write(lambda connection: self._counted(connection, name, address))
        if tried.left > timedelta(0):
            return self._failed(tried, "wait", int(tried.left.total_seconds()) + 1)
        if not self._passwords.is_right(tried.kept, password) or tried.kept is None:
            return self._failed(tried, "wrong")
        if tried.locked:
            return self._failed(tried, "locked")
        fresh = self._passwords.hashed(password) if self._passwords.is_old(tried.kept) else tried.kept

        def signed_in(connection: Connection) -> None:
            self._signed_in(connection, tried, fresh)

        if confirming:
            self._database.write(signed_in)
        else:
            self._audit.change(self._database, signed_in, "signin", account=name, address=address, means="password")
        return Outcome(name)

    def _failed(self, tried: "_Try", fault: str, seconds: int = 0) -> Outcome:
        # What was typed where there is no such account may be anything: a password, somebody's own name.
        known = tried.name if tried.kept is not None else ""
        self.failed(account=known, address=tried.address, means="password", why=fault)
        return Outcome(fault=fault, seconds=seconds)

    def _counted(self, connection: Connection, name: str, address: str) -> "_Try":
        """Count a try, unless somebody still has to wait."""
        wanted = select(ACCOUNT.c.password, ACCOUNT.c.locked, ACCOUNT.c.address).where(ACCOUNT.c.name == name)
        kept, locked, last = connection.execute(wanted).one_or_none() or (None, False, None)
        who = back_off.account_key(name, address, is_known=last == address)
        now, from_address = self._now(), back_off.address_key(address)
        left = back_off.take(connection, who, back_off.ACCOUNT, now)
        if left <= timedelta(0):
            left = back_off.take(connection, from_address, back_off.ADDRESS, now)
            if left > timedelta(0):
                back_off.give_back(connection, who)
        return _Try(name, address, who, kept, locked, left)

    def _signed_in(self, connection: Connection, tried: "_Try", fresh: str) -> None:
        back_off.forgive(connection, tried.who)
        back_off.give_back(connection, back_off.address_key(tried.address))
        noting = update(ACCOUNT).where(ACCOUNT.c.name == tried.name)
        connection.execute(noting.values(used=self._now(), address=tried.address))
        if fresh != tried.kept:  # unless it was changed meanwhile
            connection.execute(noting.where(ACCOUNT.c.password == tried.kept).values(password=fresh))


@dataclass(frozen=True, slots=True)
class _Try:
    name: str
    address: str
    who: str  # by what it was counted
    kept: str | None  # the hash; None: there is no such account
    locked: bool
    left: timedelta  # still to wait
