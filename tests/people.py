"""Who may do what, for tests: accounts and keys of every role over a database of their own, with a cheap argon2."""

from argon2 import PasswordHasher

from assistant.access.access import Access, open_access
from assistant.access.audit import Audit, no_audit
from assistant.access.passwords import Passwords
from assistant.access.roles import Role
from assistant.settings import Settings

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "four unrelated words here"
NAMES = {Role.AGENT: "agnes", Role.EDITOR: "edith", Role.ADMIN: "ada"}


def make_access(settings: Settings, audit: Audit = no_audit) -> Access:
    """With an account of every role that signs in."""
    access = open_access(settings, audit, Passwords(CHEAP))
    for role, name in NAMES.items():
        access.accounts.create(name, role, PASSWORD)
    return access


def key_of(access: Access, role: Role) -> str:
    """The header that a program of this role sends."""
    return f"Bearer {access.keys.create(role)[1]}"
