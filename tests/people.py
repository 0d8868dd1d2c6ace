"""Who may do what, for tests: accounts and keys of every role over a database of their own, with a cheap argon2."""

from collections.abc import Callable
from typing import TypeVar

from argon2 import PasswordHasher
from sqlalchemy import Connection

from assistant.access.access import Access, open_access
from assistant.access.audit import Audit, no_audit
from assistant.access.passwords import Passwords
from assistant.access.roles import Role
from assistant.database.database import Database
from assistant.settings import Settings

T = TypeVar("T")
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "four unrelated words here"
NAMES = {Role.AGENT: "agnes", Role.EDITOR: "edith", Role.ADMIN: "ada"}


class Told(list[tuple[str, dict[str, object]]]):
    """An audit that a test reads."""

    def __call__(self, event: str, /, **what: object) -> None:
        self.append((event, what))

    def change(self, database: Database, work: Callable[[Connection], T], event: str, /, **what: object) -> T:
        done = database.write(work)
        self(event, **what)
        return done

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self]


def make_access(settings: Settings, audit: Audit = no_audit) -> Access:
    """With an account of every role that signs in."""
    access = open_access(settings, audit, Passwords(CHEAP))
    for role, name in NAMES.items():
        access.accounts.create(name, role, PASSWORD)
    return access


def key_of(access: Access, role: Role) -> str:
    """The header that a program of this role sends."""
    return f"Bearer {access.keys.create(role)[1]}"
