"""A log that a stranger cannot fill: of lines that anybody can cause, one a minute of each kind, and how many more."""

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic

from assistant.operations.log_lines import REPEATS

EVERY = 60.0  # seconds
# What requests alone make these say: malformed ones, abandoned ones, too many, or what fails for each of them alike.
CAUSED_BY_REQUESTS = (
    "uvicorn.error",
    "asyncio",
    "assistant.api.problems",
    "assistant.audit.audit",
    "assistant.audit.writes",
    "ui.signin.issuer",
    "ui.chat.page",
    "assistant.assembly",
    "mcp.server.runner",
    "mcp.server.streamable_http",
    "mcp.server.streamable_http_manager",
)


class Sparing(logging.Filter):
    """Lets one line of each kind pass in so many seconds, and tells at the next how many it held back.

    Of one kind are lines of the same template, and errors that arose at the same place.
    """

    def __init__(self, every: float = EVERY, now: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._every = every
        self._now = now
        self._lock = Lock()
        self._held: dict[object, tuple[float, int]] = {}  # until when, and how many meanwhile

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        kind, now = _kind(record), self._now()
        with self._lock:
            until, held = self._held.get(kind, (0.0, 0))
            if now < until:
                self._held[kind] = until, held + 1
                return False
            self._held[kind] = now + self._every, 0
        if held:
            record.msg, record.args = f"{record.getMessage()} （此前另有 {held} 次 and {held} more before）", ()
        return True


def _kind(record: logging.LogRecord) -> object:
    error = record.exc_info[1] if record.exc_info else None
    place = error and error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = (type(error), place.tb_frame.f_code, place.tb_lineno) if place else None
    words = str(record.msg)
    if record.name == "asyncio":  # which puts the values of a call into the words themselves
        words = REPEATS.split(words, maxsplit=1)[0]
    return record.name, words[:200], where


def spare(sparing: Sparing) -> None:
    """Have the loggers of what requests cause go through it."""
    for name in CAUSED_BY_REQUESTS:
        logging.getLogger(name).addFilter(sparing)
