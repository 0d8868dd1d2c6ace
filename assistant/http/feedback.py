"""What users say about answers, kept as JSON lines: one object a line, appended, never rewritten."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
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
            with self._path.open("ab", buffering=0) as file:
                file.write(line.encode())
                os.fsync(file.fileno())
