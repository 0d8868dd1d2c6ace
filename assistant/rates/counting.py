"""Counting for requests: in the database, for all workers; in memory, for this one, while the database is away.

Nobody is refused or kept waiting because counts cannot be written: a limit protects the service, and without it the
service still bounds its work (admission.py). Counting in memory goes on until the database can be written to again.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil
from time import time

from limits import RateLimitItem
from limits.strategies import FixedWindowRateLimiter

from assistant.rates.clock import Clock
from assistant.rates.memory import MemoryWindows
from assistant.rates.windows import Windows
from corpus.errors import DatabaseError

PAUSE = 60.0  # seconds between two attempts to reach a database that is away, and between two lines of the log
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Demand:
    """One hit of a limit by somebody; `cost` is how much of it is taken."""

    limit: RateLimitItem
    who: str
    cost: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands with a limit after a hit."""

    limit: int
    allowed: bool
    remaining: int
    seconds: int  # until the window is over


class Counting:
    """Counts with `shared` while it works. Safe from several threads; `aside` never holds up an event loop."""

    def __init__(self, shared: Windows, now: Clock = time, pause: float = PAUSE) -> None:
        self._shared = FixedWindowRateLimiter(shared)
        self._alone = FixedWindowRateLimiter(MemoryWindows(now))
        self._now = now
        self._pause = pause
        self._away = False
        self._try_at = 0.0
        self._thread = ThreadPoolExecutor(1, "counting")

    @property
    def away(self) -> bool:
        """Whether the database could not be written to when it was last tried."""
        return self._away

    async def aside(self, demands: Sequence[Demand]) -> list[Standing]:
        """`hit`, in a thread of its own where it may have to wait."""
        if self._away:
            return self.hit(demands)
        return await asyncio.get_running_loop().run_in_executor(self._thread, self.hit, demands)

    def hit(self, demands: Sequence[Demand]) -> list[Standing]:
        """Count all of them, and tell of each where its limit stands."""
        if not self._away:
            try:
                return [self._stand(self._shared, one) for one in demands]
            except DatabaseError as error:
                self._leave(error)
        elif self._now() >= self._try_at:
            self._try_at = self._now() + self._pause
            self._thread.submit(self.try_again)
        return self.hit_here(demands)

    def hit_here(self, demands: Sequence[Demand]) -> list[Standing]:
        """`hit`, of this process alone and without the database."""
        return [self._stand(self._alone, one) for one in demands]

    def try_again(self) -> None:
        """See whether the database can be written to again, and count there from now on if it can."""
        if self._shared.storage.check():
            self._away = False
            _LOG.warning("限额重新在数据库中计数 limits are counted in the database again")
        else:
            _LOG.error("数据库仍不可用，限额在内存中计数 the database is still away: limits are counted in memory")

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown()

    def _leave(self, error: DatabaseError) -> None:
        first = not self._away
        self._away, self._try_at = True, self._now() + self._pause
        if first:
            _LOG.error("限额暂时在内存中计数 limits are counted in memory for now: %s", error)

    def _stand(self, limiter: FixedWindowRateLimiter, one: Demand) -> Standing:
        allowed = limiter.hit(one.limit, one.who, cost=one.cost)
        found = limiter.get_window_stats(one.limit, one.who)  # the storage has it from the hit
        seconds = max(1, ceil(found.reset_time - self._now()))
        return Standing(one.limit.amount, allowed, found.remaining, seconds)
