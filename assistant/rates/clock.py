"""Seconds since the epoch."""

from collections.abc import Callable

Clock = Callable[[], float]
