"""Accounts of those who sign in with a password (账号)."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.access.audit import Audit, no_audit
from assistant.access.keys import utc_now
from assistant.access.passwords import Passwords, check_password
from assistant.access.roles import Role
from assistant.access.table import ACCOUNT, SESSION
from assistant.database.database import Database
from corpus.errors import InputError, NotFoundError

_LONGEST_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class Account:
    """An account without its password. Moments are in UTC; `locked`: by an admin; `used`: when it last signed in."""

    name: str
    role: Role
    created: datetime
    changed: datetime
    locked: bool
    used: datetime | None


_COLUMNS = [ACCOUNT.c[name] for name in ("name", "role", "created", "changed", "locked", "used")]


def account_name(typed: str) -> str:
    """A name as it is kept: one spelling for what looks the same. Raises InputError for one that cannot be."""
    name = unicodedata.normalize("NFKC", typed).strip().casefold()
    if not 1 <= len(name) <= _LONGEST_NAME or not all(map(str.isprintable, name)) or set(name) & set("@:,;/\\\"'<>"):
        raise InputError(
            f"账号名请写 1 到 {_LONGEST_NAME} 个字，不含 @ : , ; / 引号等符号。"
            f"An account's name has 1 to {_LONGEST_NAME} characters and none of @ : , ; / or quotes.",
            "name",
        )
    return name


def account_role(typed: str) -> Role:
    """The role of an account. Raises InputError for public, which needs none, and for what is no role."""
    if typed not in (Role.AGENT, Role.EDITOR, Role.ADMIN):
        raise InputError(
            "角色请选 agent（坐席）、editor（编辑）或 admin（管理员）。The role is agent, editor or admin.", "role"
        )
    return Role(typed)


class Accounts:
    """The accounts of a database. Every method raises DatabaseError when that fails, or the audit, and changes nothing.

    `by` is who does it: an admin by the pages, nobody for the command line.
    """

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
        self._now = now

    def create(self, name: str, role: Role, password: str, *, by: str = "") -> Account:
        """Raises InputError for a name that is taken or a password that will not do. Takes a twentieth of a second."""
        name = account_name(name)
        check_password(password, name)
        now = self._now()
        row = {"name": name, "role": role, "created": now, "changed": now, "locked": False}
        row["password"] = self._passwords.hashed(password)

        def add(connection: Connection) -> None:
            try:
                connection.execute(insert(ACCOUNT).values(row))
            except IntegrityError as error:
                raise InputError(
                    f"已有账号 {name}，请换一个账号名；忘了它的密码，可以重设。There is an account {name} already: "
                    "choose another name, or set that one's password anew.",
                    "name",
                ) from error

        self._audit.change(self._database, add, "account_created", account=name, role=str(role), by=by)
        return Account(name, role, now, now, locked=False, used=None)

    def all(self) -> list[Account]:
        """By name."""
        with self._database.transaction() as connection:
            rows = connection.execute(select(*_COLUMNS).order_by(ACCOUNT.c.name)).all()
        return [Account(name, Role(role), *rest) for name, role, *rest in rows]

    def has_admin(self) -> bool:
        """Whether there is one who can sign in and do everything."""
        with self._database.transaction() as connection:
            return _admins(connection) > 0

    def set_password(self, name: str, password: str, *, keep: str | None = None, by: str = "") -> None:
        """Change it, and end all sessions of the account but `keep`, an id of one. Raises InputError, NotFoundError."""
        name = account_name(name)
        check_password(password, name)
        kept = self._passwords.hashed(password)

        def change(connection: Connection) -> None:
            changing = update(ACCOUNT).where(ACCOUNT.c.name == name).values(password=kept, changed=self._now())
            connection.execute(delete(SESSION).where(SESSION.c.name == name, SESSION.c.id != (keep or "")))
            self._there_is(connection.execute(changing).rowcount, name)

        self._audit.change(self._database, change, "password_changed", account=name, by=by)

    def set_role(self, name: str, role: Role, *, by: str = "") -> None:
        """Raises NotFoundError, and InputError where nobody would be left to administer."""
        name = account_name(name)

        def change(connection: Connection) -> None:
            self._there_is(
                connection.execute(update(ACCOUNT).where(ACCOUNT.c.name == name).values(role=role)).rowcount, name
            )
            self._leave_an_admin(connection)

        self._audit.change(self._database, change, "role_changed", account=name, role=str(role), by=by)

    def lock(self, name: str, *, locked: bool = True, by: str = "") -> None:
        """Let nobody sign in with it and end its sessions; or let them again.

        Raises NotFoundError, and InputError where nobody would be left to administer.
        """
        name = account_name(name)

        def change(connection: Connection) -> None:
            if locked:
                connection.execute(delete(SESSION).where(SESSION.c.name == name))
            changing = update(ACCOUNT).where(ACCOUNT.c.name == name).values(locked=locked)
            self._there_is(connection.execute(changing).rowcount, name)
            self._leave_an_admin(connection)

        self._audit.change(self._database, change, "account_locked", account=name, locked=locked, by=by)

    def remove(self, name: str, *, by: str = "") -> None:
        """Delete it with its sessions.

        Raises NotFoundError, and InputError where nobody would be left to administer.
        """
        name = account_name(name)

        def change(connection: Connection) -> None:
            connection.execute(delete(SESSION).where(SESSION.c.name == name))
            self._there_is(connection.execute(delete(ACCOUNT).where(ACCOUNT.c.name == name)).rowcount, name)
            self._leave_an_admin(connection)

        self._audit.change(self._database, change, "account_removed", account=name, by=by)

    def _leave_an_admin(self, connection: Connection) -> None:
        """What raises here undoes the change, as below."""
        others = connection.execute(select(func.count()).select_from(ACCOUNT)).scalar_one()
        if others and not _admins(connection):
            raise InputError(
                "这是最后一个能登录的管理员账号，请先建立另一个。"
                "This is the last admin who can sign in; create another one first.",
                "name",
            )

    def _there_is(self, count: int, name: str) -> None:
        if not count:
            raise NotFoundError(
                f"没有账号 {name}，请对照账号名单（policyqa accounts list）。There is no account {name}; "
                "see the list (policyqa accounts list).",
                "name",
            )


def _admins(connection: Connection) -> int:
    where = (ACCOUNT.c.role == Role.ADMIN, ACCOUNT.c.locked.is_(False))
    return int(connection.execute(select(func.count()).select_from(ACCOUNT).where(*where)).scalar_one())
