"""What happens to accounts and keys, as rows of the chain."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from assistant.audit.audit import Audit
from assistant.audit.row import Row
from assistant.database.database import Database

T = TypeVar("T")
Who = Callable[[str, dict[str, object]], str]  # the event, and what belongs to it, from which it may take something


class AccessRows:
    """An Audit of assistant/access/audit.py; `who` says on whose word something was done."""

    def __init__(self, audit: Audit, who: Who) -> None:
        self._audit = audit
        self._who = who

    def __call__(self, event: str, /, **what: object) -> None:
        self._audit.record(event, self._who(event, what), **what)

    def change(self, _database: Database, work: Callable[[Connection], T], event: str, /, **what: object) -> T:
        """See there; done in the database of the chain, which is the same."""
        by, done = self._who(event, what), list[T]()

        def both(connection: Connection) -> Row:
            done[:] = [work(connection)]  # of the last try, where there were several
            return self._audit.append(connection, event, by, what)

        self._audit.write(both)
        return done[0]
