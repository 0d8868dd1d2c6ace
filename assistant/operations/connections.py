"""Connections that are not held for ever: heads must arrive, answers be taken, and who waits makes room.

uvicorn gives an idle connection its time (`timeout_keep_alive`), but from the first byte of a request on it waits
without end, and keeps whatever arrives until the head is complete. Here a head has so many seconds and bytes, and so
has what comes behind a body that was answered before its end. Bodies are BodyLimit's affair.
"""

import asyncio
from collections import defaultdict
from functools import partial
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from assistant.api.problems import http_problem

CONNECTIONS = 1000  # open at a time
SECONDS = 20.0  # in which a head must arrive, and an answer be taken
MOST_HEAD = 65_536  # bytes: a question of the longest size, percent-encoded, takes 18,000


class Connections:
    """Those of one server, in one event loop. Over `most` of them the address that has most loses one.

    It is the one whose turn it has been to send for longest; where none is waited for, the new one is refused. So
    neither half a request nor a page left open keeps anybody out, however many of them one address holds.
    """

    def __init__(self, most: int = CONNECTIONS, seconds: float = SECONDS, most_head: int = MOST_HEAD) -> None:
        self.seconds = seconds
        self.most_head = most_head
        self._most = most
        self._all: set[TimedProtocol] = set()
        self._number: dict[str, int] = defaultdict(int)  # by address
        self._waiting: dict[str, dict[TimedProtocol, None]] = defaultdict(dict)  # by address, longest first

    def protocol(self) -> Any:  # noqa: ANN401  (what uvicorn calls for each connection)
        """For `uvicorn.Config(http=…)`."""
        return partial(TimedProtocol, connections=self)

    @property
    def waiting(self) -> int:
        """How many are waited for."""
        return sum(map(len, self._waiting.values()))

    def __len__(self) -> int:
        return len(self._all)

    def add(self, connection: "TimedProtocol") -> bool:
        """Take a new connection in; False where there is no room for it."""
        self._all.add(connection)
        self._number[connection.address] += 1
        self.wait(connection)
        if len(self._all) <= self._most:
            return True
        most = max((one for one in self._waiting if self._waiting[one]), key=self._number.__getitem__)
        dropped = next(iter(self._waiting[most]))
        dropped.drop()
        return dropped is not connection

    def wait(self, connection: "TimedProtocol") -> None:
        """It is for its client to send."""
        self.work(connection)
        self._waiting[connection.address][connection] = None

    def work(self, connection: "TimedProtocol") -> None:
        """A request of it is worked on."""
        self._waiting[connection.address].pop(connection, None)

    def remove(self, connection: "TimedProtocol") -> None:
        """It is closed; what is no longer known is no matter."""
        if connection not in self._all:
            return
        self._all.remove(connection)
        self.work(connection)
        self._number[connection.address] -= 1
        if not self._number[connection.address]:
            del self._number[connection.address], self._waiting[connection.address]


class TimedProtocol(HttpToolsProtocol):
    """One connection, whose client must send and take in time."""

    def __init__(self, *arguments: Any, connections: Connections, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **options)
        self.address = ""
        self._site = self.app
        self._connections = connections
        self._late: asyncio.TimerHandle | None = None  # runs while a head is waited for
        self._stuck: asyncio.TimerHandle | None = None  # runs while an answer is not taken
        self._unfinished = 0  # bytes since the last thing that was complete
        self._got = False  # whether anything was, in what has just arrived
        self._begun = False  # whether the beginning of a head is there, and not its end

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self._expect()
        if not self._connections.add(self):
            self._refuse(503)

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections.remove(self)
        self._stop_expecting()
        self._taken()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        self._got = False
        super().data_received(data)
        self._unfinished = 0 if self._got else self._unfinished + len(data)
        if self._unfinished > self._connections.most_head and not self.transport.is_closing():
            self._refuse(431)
        elif self._is_idle():  # and yet something came: the timer of idle connections has been stopped
            self._expect()

    def on_message_begin(self) -> None:
        self._begun = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._got, self._begun = True, False
        self._stop_expecting()
        self._connections.work(self)
        length = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        self.app = _too_large if length > self._connections.most_head else self._site
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._got = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._got = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            self._take()
        elif self._is_idle():
            self._connections.wait(self)
            if self._begun or self.cycle.more_body:  # what is there in part must come in time as a whole
                self._expect()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._take()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._taken()

    def timeout_keep_alive_handler(self) -> None:
        self.drop()

    def drop(self) -> None:
        """Close the connection; what was answered is still sent, for a while."""
        self._connections.remove(self)
        if not self.transport.is_closing():
            self.transport.close()
        self._take()

    def _is_idle(self) -> bool:
        return not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete)

    def _expect(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(self._connections.seconds, self._too_late)

    def _stop_expecting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _too_late(self) -> None:
        """One that has begun a request is told; one that has sent nothing has asked nothing."""
        self._late = None
        if not self._is_idle():
            return
        if self._begun:
            self._refuse(408)
        else:
            self.drop()

    def _refuse(self, status: int) -> None:
        self.transport.write(STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.drop()

    def _take(self) -> None:
        """What waits to be sent must be taken in time."""
        if self._stuck is None and self.transport.get_write_buffer_size():
            self._stuck = self.loop.call_later(self._connections.seconds, self.transport.abort)

    def _taken(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    """The answer to a head over the limit."""
    answer: ASGIApp = http_problem(431, {"Connection": "close"})
    await answer(scope, receive, send)
