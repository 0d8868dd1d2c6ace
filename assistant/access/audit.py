"""What happens to accounts and keys is told to whoever keeps the audit; the place where a server is put together says
who that is.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from assistant.database.database import Database

T = TypeVar("T")


class Audit(Protocol):
    """Takes one event: signin, signin_failed, signout, password_changed, account_created, account_locked,
    account_removed, role_changed, key_created or key_revoked, and what belongs to it. Never a password or a secret.
    """

    def __call__(self, event: str, /, **what: object) -> None: ...

    def change(self, database: Database, work: Callable[[Connection], T], event: str, /, **what: object) -> T:
        """What `work` returns, done in one transaction with the row of its event: both are kept, or neither.

        `database`: that of accounts and keys, in which the audit stands as well. Raises what `work` raises, and
        DatabaseError.
        """


class NoAudit:
    """Nobody keeps one."""

    def __call__(self, event: str, /, **what: object) -> None:
        pass

    def change(self, database: Database, work: Callable[[Connection], T], _event: str, /, **_what: object) -> T:
        return database.write(work)


no_audit = NoAudit()
