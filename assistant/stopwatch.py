"""The time that each step of an answer takes."""

from collections.abc import Callable
from time import perf_counter

on_lap: Callable[[str, float], None] | None = None  # told each lap as it ends; see operations/tracing.py


class Stopwatch:
    """Laps by name since it was made; a lap holds everything since the one before."""

    def __init__(self) -> None:
        self._started = self._last = perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """What was done since the last lap is called so; a name that comes again is added to."""
        now = perf_counter()
        self._laps[name] = self._laps.get(name, 0.0) + now - self._last
        if on_lap:
            on_lap(name, now - self._last)
        self._last = now

    def milliseconds(self) -> dict[str, float]:
        """Every lap, and `total`, which is their sum."""
        laps = {**self._laps, "total": self._last - self._started}
        return {name: round(seconds * 1000, 3) for name, seconds in laps.items()}
