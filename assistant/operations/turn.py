"""The turn that the request in hand has, so that whoever waits for somebody else can give it back before."""

import asyncio
import threading
from collections.abc import Callable
from contextvars import ContextVar


class Turn:
    """A turn that is given back once, by whoever does so first. Made in the event loop of the server."""

    def __init__(self, give_back: Callable[[], None]) -> None:
        self._give_back = give_back
        self._loop = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._is_over = False

    def end(self) -> None:
        """Give it back, in the event loop."""
        if self._ends():
            self._give_back()

    def end_from_thread(self) -> None:
        """Give it back, in any thread."""
        if self._ends():
            self._loop.call_soon_threadsafe(self._give_back)

    def _ends(self) -> bool:
        with self._lock:
            ends, self._is_over = not self._is_over, True
            return ends


CURRENT: ContextVar[Turn | None] = ContextVar("turn", default=None)


def leave_turn() -> None:
    """Let another request compute: this one waits, and has next to nothing left to compute. Called in a thread."""
    if turn := CURRENT.get():
        turn.end_from_thread()
