"""What time it is, handed to whatever depends on it, so that tests and examples choose their own moment."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]  # a moment with its time zone


def china_now() -> datetime:
    """The moment in China."""
    return datetime.now(CHINA)
