"""The head of the chain, kept beside the database: by it a chain whose end was cut off is found.

The file is worth as much as the place it lies in. Who wants to trust the chain against whoever runs the server keeps
heads elsewhere, from `policyqa audit head` or from the log, which names each.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from assistant.audit.chain import Head

_SECONDS = 2  # to wait for another worker that writes


class HeadFile:
    """One head in a file of its own; written in one step, by one worker at a time."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = FileLock(file.with_name(f"{file.name}.lock"), timeout=_SECONDS)

    def read(self) -> Head | None:
        """What is kept there; None where nothing is, or nothing that can be read."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            table = json.loads(self.file.read_text(encoding="utf-8"))
            return Head(int(table["number"]), str(table["hash"]))
        return None

    def write(self, head: Head) -> None:
        """Keep this one. Raises OSError where it cannot be written."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        draft = self.file.with_name(f"{self.file.name}.new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump({"number": head.number, "hash": head.hash}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.file)

    def alone(self) -> FileLock:
        """Nobody else writes meanwhile. Raises OSError, Timeout among them."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        return self._lock
