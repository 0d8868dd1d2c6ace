"""Counts of one process, for as long as the database is away."""

from threading import Lock
from time import time

from cachetools import LRUCache

from assistant.rates.clock import Clock
from assistant.rates.windows import APART, Count, Windows

MOST = 100_000  # keys, some 20 MB; beyond, those that were not hit for longest are forgotten


class MemoryWindows(Windows):
    """Counts in memory that is bounded, whoever asks under however many addresses."""

    def __init__(self, now: Clock = time, most: int = MOST) -> None:
        super().__init__(now)
        self._counts: LRUCache[str, Count] = LRUCache(most)
        self._lock = Lock()

    def count(self, key: str, seconds: int, amount: int, now: float) -> Count:
        with self._lock:
            before = self._counts.get(key)
            under_way = before is not None and now < before.ends <= now + seconds + APART
            found = Count(before.hits + amount, before.ends) if before and under_way else Count(amount, now + seconds)
            self._counts[key] = found
            return found

    def look(self, key: str) -> Count:
        with self._lock:
            return self._counts.get(key) or Count(0, 0.0)

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self._lock:
            before = len(self._counts)
            self._counts.clear()
            return before

    def clear(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)
