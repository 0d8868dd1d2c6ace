"""What was published, switched and removed, by whom and why: one line of JSON each, only ever added to.

It says what serves, so it lies with the library and needs no database; the audit takes every line over
(assistant/audit/journal.py).
"""

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

AUDIT = "audit.jsonl"


def record(library: Path, event: str, **what: Any) -> None:  # noqa: ANN401  (what JSON can hold)
    """Add a line. Raises OSError where it cannot be written."""
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **what}
    with _opened(library) as file:
        start = b"\n" if _is_cut(file) else b""
        file.write(start + json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        file.flush()
        os.fsync(file.fileno())


def check(library: Path) -> None:
    """Raises OSError where no line can be added: nothing may be switched that cannot be written down."""
    _opened(library).close()


def events(library: Path) -> list[dict[str, Any]]:
    """Every line that is whole, the oldest first."""
    found = []
    for line in lines(library):
        with suppress(ValueError):  # cut off as the machine went down, in a character perhaps
            found.append(json.loads(line))
    return [event for event in found if isinstance(event, dict)]


def lines(library: Path) -> list[bytes]:
    """Every line as it stands, the oldest first."""
    try:
        return [line for line in (library / AUDIT).read_bytes().split(b"\n") if line]
    except OSError:
        return []


def _opened(library: Path) -> BinaryIO:
    descriptor = os.open(library / AUDIT, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    return os.fdopen(descriptor, "ab+")


def _is_cut(file: BinaryIO) -> bool:
    """Whether the last line has no end: what is added would be lost with it."""
    if not (size := file.seek(0, os.SEEK_END)):
        return False
    file.seek(size - 1)
    return file.read(1) != b"\n"
