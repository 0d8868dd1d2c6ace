"""Turns for requests that compute, so that work is bounded and everything else is served meanwhile.

A few requests are worked on at the same time, as many as there are processor cores; a bounded number waits for a turn,
and one whose client leaves before its turn is dropped. Health, files and pages need no turn.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import http_problem
from assistant.operations.metrics import Metrics
from assistant.operations.replay import replay
from assistant.operations.turn import CURRENT, Turn

_RETRY_AFTER = {"Retry-After": "2"}  # seconds; a full queue of ordinary questions is worked off in less


class Turns:
    """At most `concurrency` turns at the same time, and at most `max_queue` waiting for one, first come first served.

    One object is shared by all layers of a server, which run in one event loop.
    """

    def __init__(self, concurrency: int, max_queue: int, metrics: Metrics) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._max_queue = max_queue
        self._metrics = metrics
        self._waiting = 0

    @property
    def full(self) -> bool:
        """Whether one more would have to wait where no more may."""
        return self._slots.locked() and self._waiting >= self._max_queue

    async def take(self, gone: Callable[[], Awaitable[None]]) -> bool:
        """Wait for a turn; False, and no turn is taken, when `gone` returns first."""
        if not self._slots.locked():
            return await self._slots.acquire()
        turn = asyncio.ensure_future(self._slots.acquire())
        leaving = asyncio.ensure_future(gone())
        self._count(1)
        try:
            await asyncio.wait((turn, leaving), return_when=asyncio.FIRST_COMPLETED)
            if leaving.done() and turn.done():
                self.give_back()
            return not leaving.done()
        finally:
            self._count(-1)
            turn.cancel()
            leaving.cancel()

    def give_back(self) -> None:
        """End a turn; the next in the queue begins."""
        self._slots.release()

    def _count(self, change: int) -> None:
        self._waiting += change
        self._metrics.count_waiting(change)


class Admission:
    """ASGI layer that lets a POST through when it is its turn; all else passes at once.

    A request for a path of `computing`, a page that computes, waits for its turn like a POST; one that has to wait for
    a language model gives it back before (turn.py). Stands inside BodyLimit:
    what it receives first is the whole body. Over the queue it answers 503 with Retry-After.
    """

    def __init__(self, app: ASGIApp, turns: Turns, metrics: Metrics, computing: Sequence[str] = ()) -> None:
        self._app = app
        self._computing = frozenset(computing)
        self._turns = turns
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._computes(scope):
            await self._app(scope, receive, send)
            return
        if self._turns.full:
            self._metrics.count_refused()
            await http_problem(503, _RETRY_AFTER)(scope, receive, send)
            return
        body = await receive()

        async def gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        if not await self._turns.take(gone):
            self._metrics.count_dropped()
            return
        turn = Turn(self._turns.give_back)
        before = CURRENT.set(turn)
        try:
            await self._app(scope, replay(body, receive), send)
        finally:
            CURRENT.reset(before)
            turn.end()

    def _computes(self, scope: Scope) -> bool:
        return scope["method"] == "POST" or scope["path"] in self._computing
