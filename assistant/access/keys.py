"""API keys: `pqa_{id}_{secret}`, shown once, kept as a digest (密钥).

A secret has 256 random bits, so that nobody finds it by trying, and SHA-256 of it can be kept: argon2 is slow so that
few passwords can be tried a second, of which people choose from few; here it would only slow every request down.
"""

import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from sqlalchemy import Connection, insert, select, update

from assistant.access.audit import Audit, no_audit
from assistant.access.roles import Role
from assistant.access.table import KEY
from assistant.database.database import Database
from corpus.errors import DatabaseError, InputError, NotFoundError

PREFIX = "pqa_"
_FORM = re.compile(r"pqa_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NOTED_EVERY = timedelta(hours=1)  # when a key was last used
_LONGEST_NOTE = 200  # characters


def utc_now() -> datetime:
    """The moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. Moments are in UTC; `used` is when it was last used, to the hour."""

    id: str
    role: Role
    note: str
    maker: str
    created: datetime
    ends: datetime | None
    revoked: datetime | None
    used: datetime | None

    def holds(self, now: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return self.revoked is None and (self.ends is None or now < self.ends)


_COLUMNS = [KEY.c[name] for name in ("id", "role", "note", "maker", "created", "ends", "revoked", "used")]


class Keys:
    """The keys of a database. Every method raises DatabaseError when that fails, or the audit, and changes nothing."""

    def __init__(self, database: Database, audit: Audit = no_audit, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._audit = audit
        self._now = now

    def create(self, role: Role, note: str = "", *, days: int | None = None, maker: str = "") -> tuple[Key, str]:
        """A new key that ends after `days`, with what its holder sends, which is nowhere kept. Raises InputError."""
        if days is not None and not 1 <= days <= 36_500:
            raise InputError("有效天数请写 1 到 36500。Give 1 to 36500 days.", "days")
        if len(note) > _LONGEST_NOTE or not all(map(str.isprintable, note)):
            raise InputError(
                f"备注请写成一行，最多 {_LONGEST_NOTE} 个字。Write the note on one line of at most {_LONGEST_NOTE}.",
                "note",
            )
        now, secret = self._now(), secrets.token_urlsafe(32)
        ends = now + timedelta(days=days) if days else None
        key = Key(secrets.token_hex(6), role, note.strip(), maker, now, ends, None, None)
        row = {name: getattr(key, name) for name in key.__slots__} | {"secret": _digest(secret)}

        def add(connection: Connection) -> None:
            connection.execute(insert(KEY).values(row))

        what = {"key": key.id, "role": str(role), "note": key.note, "ends": ends, "by": maker}
        self._audit.change(self._database, add, "key_created", **what)
        return key, f"{PREFIX}{key.id}_{secret}"

    def all(self) -> list[Key]:
        """The newest first."""
        with self._database.transaction() as connection:
            rows = connection.execute(select(*_COLUMNS).order_by(KEY.c.created.desc(), KEY.c.id))
            return [_key(*row) for row in rows]

    def revoke(self, id_: str, *, by: str = "") -> None:
        """From now on it opens nothing. Raises NotFoundError where there is no such key, or it is revoked already."""
        revoking = update(KEY).where(KEY.c.id == id_, KEY.c.revoked.is_(None)).values(revoked=self._now())

        def revoke(connection: Connection) -> None:
            if not connection.execute(revoking).rowcount:
                raise NotFoundError(
                    f"没有可以作废的密钥 {id_}，编号见 policyqa keys list。"
                    f"There is no key {id_} to revoke; see policyqa keys list.",
                    "id",
                )

        self._audit.change(self._database, revoke, "key_revoked", key=id_, by=by)

    def find(self, sent: str) -> Key | None:
        """The key that was sent, if it holds."""
        form = _FORM.fullmatch(sent)
        if form is None:
            return None
        now = self._now()
        with self._database.transaction() as connection:
            row = connection.execute(select(KEY.c.secret, *_COLUMNS).where(KEY.c.id == form[1])).one_or_none()
        if row is None or not compare_digest(row[0], _digest(form[2])):
            return None
        key = _key(*row[1:])
        if not key.holds(now):
            return None
        if key.used is None or now - key.used >= _NOTED_EVERY:
            noting = update(KEY).where(KEY.c.id == key.id).values(used=now)
            with suppress(DatabaseError):  # as on a full disk: a key opens what it opens, noted or not
                self._database.write(lambda connection: connection.execute(noting))
        return key


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _key(id_: str, role: str, *rest: object) -> Key:
    return Key(id_, Role(role), *rest)  # type: ignore[arg-type]
