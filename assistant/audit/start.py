"""The settings that hold at a start, written down where they are not those of the last one.

Secrets are told by a slow hash alone: by it a change shows, and nobody can guess one faster than a few a second.
"""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, select

from assistant.audit.audit import COLUMNS, Audit, row_of
from assistant.audit.row import Row
from assistant.audit.table import AUDIT
from assistant.settings import Settings

SETTINGS = "settings"
_SLOW = 1 << 14  # scrypt's work: some 40 ms


def record_settings(audit: Audit, settings: Settings) -> Row | None:
    """Add a row where a setting differs from those of the last start. Raises DatabaseError."""
    with audit.database.transaction() as connection:
        salt = _last(connection).get("salt") or secrets.token_hex(16)
    now = values(settings, str(salt))

    def work(connection: Connection) -> Row | None:
        audit.lock(connection)  # of workers that begin together one writes
        before = _last(connection).get("values", {})
        changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
        what = {"changed": changed, "values": now, "salt": salt}
        return audit.append(connection, SETTINGS, "", what) if changed else None

    return audit.write(work)


def values(settings: Settings, salt: str) -> dict[str, str | None]:
    """Every setting as text; what may hold a secret as a hash."""
    found: dict[str, str | None] = {}
    for one in fields(settings):
        value = getattr(settings, one.name)
        text = None if value is None else " ".join(value) if isinstance(value, tuple) else str(value)
        found[one.name] = _hidden(text, salt) if text and not one.repr else text
    return found


def _hidden(text: str, salt: str) -> str:
    return "scrypt:" + hashlib.scrypt(text.encode(), salt=bytes.fromhex(salt), n=_SLOW, r=8, p=1, dklen=16).hex()


def _last(connection: Connection) -> dict[str, Any]:
    chosen = select(*COLUMNS).where(AUDIT.c.event == SETTINGS).order_by(AUDIT.c.number.desc()).limit(1)
    found = connection.execute(chosen).one_or_none()
    with suppress(ValueError):  # a row that was altered is for `verify` to find, and keeps no server from starting
        return row_of(found).details if found else {}
    return {}
