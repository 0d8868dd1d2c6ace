"""What users say about answers, kept as JSON lines: one object a line, appended, never rewritten."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from io import FileIO
from pathlib import Path
from threading import Lock


class Verdict(StrEnum):
    """What a user may say of an answer; the last three say what is wrong with it."""

    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    WRONG = "wrong"
    OUTDATED = "outdated"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Feedback:
    answer_id: str
    verdict: Verdict
    reason: str | None = None
    comment: str | None = None


class FeedbackLog:
    """Appends to one file. A line is on disk before `append` returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def append(self, feedback: Feedback) -> None:
        """Add one line, with the moment of receipt (UTC). Raises OSError when the file cannot be written."""
        received = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps(asdict(feedback) | {"received": received}, ensure_ascii=False) + "\n"
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # One unbuffered write in append mode, so that the lines of several processes do not mix.
            with self._path.open("a+b", buffering=0) as file:
                data = (_line_break_missing(file) + line).encode()
                if file.write(data) != len(data):
                    raise OSError(f"{self._path}: only part of the line was written; free some space")
                os.fsync(file.fileno())


def _line_break_missing(file: FileIO) -> str:
    """A line break where the last write was cut short, so that the next line is whole again."""
    if not file.seek(0, os.SEEK_END):
        return ""
    file.seek(-1, os.SEEK_END)
    return "" if file.read(1) == b"\n" else "\n"
