"""stub until merged"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    id: str
    right: bool


@dataclass(frozen=True)
class Examined:
    results: tuple[Asked, ...] = ()
    broken: tuple[Any, ...] = ()
    mended: tuple[Any, ...] = ()
    known: int = 0
    set_aside: tuple[Any, ...] = ()
    allowed: int = 0

    @property
    def passes(self) -> bool:
        return len(self.broken) <= self.allowed


Examine = Callable[[Any, Any, Sequence[Asked]], Examined]


def to_json(results: Sequence[Asked]) -> bytes:
    return b"[]"


def from_json(data: bytes) -> Sequence[Asked]:
    return ()
