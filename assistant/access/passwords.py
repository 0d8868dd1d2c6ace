"""Passwords: what one must be, and argon2id over it, a few at a time.

The cost is that of OWASP's Password Storage Cheat Sheet for argon2id: 19 MiB, 2 passes, 1 lane; 34 ms of a core.
One at a time in a process: whoever sends passwords all day takes no more than a core from those who ask.
"""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from corpus.errors import InputError

SHORTEST, LONGEST = 12, 256  # characters
_AT_THE_SAME_TIME = 1
_MOST_WAITING = 16  # a second; a stranger must not make others wait longer

T = TypeVar("T")


class BusyError(Exception):
    """More people sign in at this moment than can be looked at."""


def check_password(password: str, name: str) -> None:
    """Raises InputError for one that is too short, too long, or says the name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            f"密码至少 {SHORTEST} 个字符，最多 {LONGEST} 个；可以用几个不相干的词。"
            f"A password has {SHORTEST} to {LONGEST} characters; several unrelated words will do.",
            "password",
        )
    if name.casefold() in password.casefold() or len(set(password)) < 5:
        raise InputError(
            "密码不能含有账号名，也不能只是几个字符重复，请换一个。"
            "A password must not hold the account's name or repeat a few characters; choose another.",
            "password",
        )


class Passwords:
    """Hashes and verifies. `hasher` sets the cost: what was hashed at another is hashed anew at the next sign-in."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._nobody = self._hasher.hash("nobody has this one")

    def hashed(self, password: str) -> str:
        """What is kept of a password. Takes its time."""
        return self._hasher.hash(password)

    def is_right(self, kept: str | None, password: str) -> bool:
        """Whether it is the password. Without an account (None) this takes as long, and the answer is no."""
        try:
            self._hasher.verify(kept or self._nobody, password[: LONGEST + 1])
        except (Argon2Error, InvalidHashError):
            return False
        return kept is not None

    def is_old(self, kept: str) -> bool:
        """Whether it was hashed at another cost than passwords are today."""
        return self._hasher.check_needs_rehash(kept)


class Bounded:
    """Runs what takes a core its time in a thread, a few at a time, with few waiting. Belongs to one event loop."""

    def __init__(self, most: int = _AT_THE_SAME_TIME, waiting: int = _MOST_WAITING) -> None:
        self._limiter = CapacityLimiter(most)
        self._most = most + waiting
        self._inside = 0

    async def __call__(self, call: Callable[[], T]) -> T:
        """What it returns. Raises BusyError where too many wait."""
        if self._inside >= self._most:
            raise BusyError
        self._inside += 1
        try:
            return await to_thread.run_sync(call, limiter=self._limiter)
        finally:
            self._inside -= 1
