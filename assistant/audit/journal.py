"""What the library has written down itself, taken over into the chain.

The library's own lines (assistant/publication/audit.py) say what serves, and have to be written where a database is
away or there is none: going back must never wait for one. Every line of them becomes one row of the chain, once, with
its number and its hash, so that a line that is altered or taken away later is found. Lines from before the chain are
taken over the same way: the row proves what the line said when it was taken over, not since when it had said so.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from assistant.audit.audit import Audit
from assistant.audit.row import Row
from assistant.audit.table import AUDIT
from assistant.publication.audit import lines

PREFIX = "library_"  # what the events of the library are called in the chain


def take_over(audit: Audit, library: Path) -> int:
    """Add every line of the library that the chain lacks; how many. Raises DatabaseError."""
    found = list(_whole(library))
    with audit.database.transaction() as connection:
        if not _lacking(connection, audit, found):
            return 0
    count = 0

    def work(connection: Connection) -> Row | None:
        nonlocal count
        audit.lock(connection)  # before it is looked what is lacking: another worker may be at it
        row = None
        lacking = _lacking(connection, audit, found)
        count = len(lacking)
        for number, sha256, line in lacking:
            what = {key: value for key, value in line.items() if key not in ("event", "by")}
            event = f"{PREFIX}{line.get('event', 'line')}"
            row = audit.append(connection, event, str(line.get("by") or ""), {**what, "line": number, "sha256": sha256})
        return row

    audit.write(work)
    return count


def altered(audit: Audit, library: Path) -> list[int]:
    """The numbers of the rows whose line the library no longer has as it was. Raises DatabaseError."""
    with audit.database.transaction() as connection:
        held = _held(connection)
    standing = {sha256 for _, sha256, _ in _whole(library)}
    return sorted(number for sha256, number in held.items() if sha256 not in standing)


_Line = tuple[int, str, Mapping[str, Any]]


def _whole(library: Path) -> Iterator[_Line]:
    """Every line that can be read: its number from 1, its hash, and what it says."""
    for number, line in enumerate(lines(library), 1):
        with suppress(ValueError, RecursionError):
            said = json.loads(line)
            if isinstance(said, dict):
                yield number, hashlib.sha256(line).hexdigest(), said


def _lacking(connection: Connection, audit: Audit, found: list[_Line]) -> list[_Line]:
    """The lines that the chain has no row of, and that are not past keeping."""
    held = _held(connection)
    oldest = audit.oldest()
    return [line for line in found if line[1] not in held and not _is_before(line[2], oldest)]


def _held(connection: Connection) -> dict[str, int]:
    """The rows that there are of lines, by the hash of the line."""
    rows = connection.execute(select(AUDIT.c.number, AUDIT.c.what).where(AUDIT.c.event.startswith(PREFIX)))
    held = {}
    for number, what in rows:
        with suppress(ValueError, RecursionError, AttributeError):
            held[str(json.loads(what).get("sha256"))] = int(number)
    return held


def _is_before(line: Mapping[str, Any], oldest: datetime | None) -> bool:
    with suppress(ValueError, TypeError):
        return oldest is not None and datetime.fromisoformat(str(line.get("time"))) < oldest
    return False
