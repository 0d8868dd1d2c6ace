"""Rows of failed sign-ins in the audit: a stranger can cause as many as they like, so that few of a kind are written.

Ten of a kind, then one a minute, which tells how many there were since the last one. Of one kind are those of the same
account, by the same means, for the same reason.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from cachetools import LRUCache

from assistant.access.audit import Audit
from assistant.access.keys import utc_now

_MOST = 10  # rows of a kind at once
_EVERY = timedelta(minutes=1)  # then one
_KINDS = 4096  # that are remembered

_Kind = tuple[str, str, str]


class Failures:
    """Tells an audit of failed sign-ins. Safe from several threads; each process counts its own."""

    def __init__(self, audit: Audit, now: Callable[[], datetime] = utc_now) -> None:
        self._audit = audit
        self._now = now
        self._lock = Lock()
        self._kinds: LRUCache[_Kind, tuple[float, datetime, int]] = LRUCache(_KINDS)  # room, as of when, held back

    def __call__(self, *, account: str, address: str, means: str, why: str) -> None:
        """One has failed. `account`: as far as there is one. Raises what the audit raises."""
        held = self._held_back((account, means, why))
        if held is not None:
            more = {"more": held} if held else {}
            self._audit("signin_failed", account=account, address=address, means=means, why=why, **more)

    def _held_back(self, kind: _Kind) -> int | None:
        """How many of this kind were held back before this one; None: this one is, too."""
        now = self._now()
        with self._lock:
            room, before, held = self._kinds.get(kind, (_MOST, now, 0))
            room = min(_MOST, room + (now - before) / _EVERY)
            is_written = room >= 1
            self._kinds[kind] = (room - 1, now, 0) if is_written else (room, now, held + 1)
        return held if is_written else None
