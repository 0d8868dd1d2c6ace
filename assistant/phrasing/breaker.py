"""Leaves alone what fails: after a few failures in a row nothing is tried for a while, then once (circuit breaker)."""

import threading
import time
from collections.abc import Callable

_FAILURES = 3  # in a row, after which it is left alone
_FIRST, _LONGEST = 10.0, 300.0  # seconds of a pause; doubled after every trial that fails


class Breaker:
    """Safe from several threads."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0  # a moment before which nothing is tried

    def admits(self) -> bool:
        """Whether one may try. Behind a pause one may, and all others wait for what comes of it."""
        with self._lock:
            if self._failures < _FAILURES:
                return True
            if self._now() < self._until:
                return False
            self._pause()
            return True

    def succeeded(self) -> None:
        """It works."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """It does not."""
        with self._lock:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._pause()

    def _pause(self) -> None:
        longer = 2 ** min(self._failures - _FAILURES, 10)
        self._until = self._now() + min(_FIRST * longer, _LONGEST)
