"""What was published, switched and removed, by whom and why: one line of JSON each, only ever added to."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

AUDIT = "audit.jsonl"


def record(library: Path, event: str, **what: Any) -> None:  # noqa: ANN401  (what JSON can hold)
    """Add a line. Raises OSError where it cannot be written."""
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **what}
    data = (json.dumps(line, ensure_ascii=False) + "\n").encode()
    descriptor = os.open(library / AUDIT, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def events(library: Path) -> list[dict[str, Any]]:
    """Every line that is whole, the oldest first."""
    try:
        lines = (library / AUDIT).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:  # cut off as the machine went down
            continue
    return found
