"""Connections are shared out among the workers of one listening socket.

Left to itself, whoever wakes first takes all that wait: of 200 clients that came together one worker got 200. Here a
worker takes one at a time, and waits before the next for longer the more it holds, so that others come first.
"""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

try:
    from uvloop import Loop
except ImportError:  # on Windows
    from asyncio import SelectorEventLoop as Loop  # type: ignore[assignment]

SHARING_LOOP = f"{__name__}:SharingLoop"  # as uvicorn wants a loop named
_WAIT = 0.0001  # seconds for each connection that is held: of 20, 2 ms
_LONGEST_WAIT = 0.005  # so that a worker still takes 200 a second, more than it answers
_NO_FILES_LEFT = 1.0  # seconds until it is tried again


class SharingLoop(Loop):
    """An event loop of a worker: what it listens on is shared with the loops of others."""

    async def create_server(  # type: ignore[override]
        self,
        protocol_factory: Callable[[], asyncio.Protocol],
        *,
        sock: socket.socket,
        backlog: int = 100,
        **_options: Any,  # noqa: ANN401  (of TLS, which is the proxy's)
    ) -> "Accepting":
        """Takes connections from `sock`, which listens or is bound."""
        taking = Accepting(self, sock, protocol_factory)
        taking.start(backlog)
        return taking


class Accepting:
    """Takes connections from a socket, one in a turn of the event loop, and gives each a protocol.

    Stands where uvicorn has an asyncio server, and is closed like one.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, listening: socket.socket, protocol: Callable[[], asyncio.Protocol]
    ) -> None:
        self._loop = loop
        self._listening = listening
        self._protocol = protocol
        self._later: asyncio.TimerHandle | None = None
        self._begun: set[asyncio.Task[None]] = set()
        self._open: list[asyncio.BaseTransport] = []

    def start(self, backlog: int) -> None:
        """Begin to listen and to take."""
        self._listening.setblocking(False)
        self._listening.listen(backlog)
        self._resume()

    def close(self) -> None:
        """Take no more; the socket stays open."""
        if self._later is not None:
            self._later.cancel()
        self._loop.remove_reader(self._listening)

    async def wait_closed(self) -> None:
        """Wait until those that were taken have their protocols."""
        if self._begun:
            await asyncio.wait(self._begun)

    def _resume(self) -> None:
        self._later = None
        self._loop.add_reader(self._listening, self._take)

    def _pause(self, seconds: float) -> None:
        self._loop.remove_reader(self._listening)
        self._later = self._loop.call_later(seconds, self._resume)

    def _take(self) -> None:
        try:
            connection, _ = self._listening.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another worker has it, or it is gone
        except OSError:
            self._pause(_NO_FILES_LEFT)
            return
        connection.setblocking(False)
        task = self._loop.create_task(self._begin(connection))
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)
        self._open = [one for one in self._open if not one.is_closing()]
        self._pause(min((len(self._open) + len(self._begun)) * _WAIT, _LONGEST_WAIT))

    async def _begin(self, connection: socket.socket) -> None:
        try:
            transport, _ = await self._loop.connect_accepted_socket(self._protocol, connection)
        except OSError:
            connection.close()  # gone before it began
        else:
            self._open.append(transport)
