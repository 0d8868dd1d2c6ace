"""Counts by key, each in a window of time that begins with its first hit: what strategies of `limits` count with."""

from abc import abstractmethod
from dataclasses import dataclass
from threading import local
from time import time

from limits.storage import Storage

from assistant.rates.clock import Clock
from corpus.errors import DatabaseError


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted in the window under way, and when it ends, in seconds since the epoch."""

    hits: int
    ends: float


_NOTHING = Count(0, 0.0)
# Seconds by which clocks of several machines may differ. A window that ends later than one that begins now was begun
# by a clock that has been set right since: it is over, or whoever asked then would be refused until it ends.
APART = 60.0


class Windows(Storage):
    """A storage of `limits` whose every hit is one step: count, and begin a window anew where the last one is over.

    What a hit found is remembered in the thread that made it, so that what is left can be told without another look.
    Safe from several threads.
    """

    STORAGE_SCHEME = None

    def __init__(self, now: Clock = time) -> None:
        super().__init__()
        self._now = now
        self._last = local()

    @abstractmethod
    def count(self, key: str, seconds: int, amount: int, now: float) -> Count:
        """Add `amount` to the window of `key`, or begin one of so many seconds."""

    @abstractmethod
    def look(self, key: str) -> Count:
        """What was counted under `key`, in a window that may be over; nothing for one that is not known."""

    @property
    def base_exceptions(self) -> type[Exception]:
        return DatabaseError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        found = self.count(key, expiry, amount, self._now())
        self._last.key, self._last.found = key, found
        return found.hits

    def get(self, key: str) -> int:
        return self._found(key).hits

    def get_expiry(self, key: str) -> float:
        """When the window under way ends; now, where there is none."""
        return max(self._found(key).ends, self._now())

    def _found(self, key: str) -> Count:
        found: Count = self._last.found if getattr(self._last, "key", None) == key else self.look(key)
        return found if found.ends > self._now() else _NOTHING
