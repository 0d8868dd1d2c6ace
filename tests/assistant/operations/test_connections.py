"""Real connections to a small server whose patience is short: who sends too slowly goes, and others are served."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from assistant.operations.body_limit import BodyLimit
from assistant.operations.connections import Connections

ASK = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
SHORT, NEVER = 0.05, 600.0  # seconds
LONG = b"x" * 4_000_000  # an answer that no buffer of the system takes as a whole


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        body = await Request(scope, receive).body()
        await Response(LONG if scope["path"] == "/long" else body or b"hello")(scope, receive, send)


class Client:
    """One connection, from the client's side."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self) -> bytes:
        """The next answer, whose body is short; nothing where the connection was closed instead."""
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            return head + await self.reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError):
            return b""

    async def is_closed(self) -> bool:
        """Wait until the server closes; what comes before does not count."""
        try:
            while await self.reader.read(65_536):
                pass
        except ConnectionError:
            pass
        return True


class House:
    """A running server, and connections to it."""

    def __init__(self, port: int, connections: Connections) -> None:
        self.connections = connections
        self._port = port
        self._clients: list[Client] = []

    async def connect(self, data: bytes = b"", source: str = "127.0.0.1") -> Client:
        client = Client(*await asyncio.open_connection("127.0.0.1", self._port, local_addr=(source, 0)))
        self._clients.append(client)
        await client.send(data)
        return client

    async def served(self, source: str = "127.0.0.1") -> bool:
        client = await self.connect(ASK, source)
        return (await client.answer()).endswith(b"hello")

    def leave(self) -> None:
        for client in self._clients:
            client.writer.close()


@asynccontextmanager
async def _house(connections: Connections, keep_alive: float = NEVER, body: float = NEVER) -> AsyncIterator[House]:
    config = uvicorn.Config(
        BodyLimit(_app, 1000, body),
        http=connections.protocol(),
        ws="none",
        lifespan="off",
        timeout_keep_alive=keep_alive,  # type: ignore[arg-type]
        log_config=None,
    )
    config.load()
    state = uvicorn.server.ServerState()
    make = config.http_protocol_class
    server = await asyncio.get_running_loop().create_server(
        lambda: make(config=config, server_state=state, app_state={}),  # type: ignore[call-arg]
        "127.0.0.1",
        0,
    )
    async with server:
        house = House(server.sockets[0].getsockname()[1], connections)
        try:
            yield house
        finally:
            house.leave()
            server.close()


def _play(play: Callable[[House], Coroutine[Any, Any, None]], connections: Connections, **options: float) -> None:
    async def run() -> None:
        async with asyncio.timeout(60), _house(connections, **options) as house:
            await play(house)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nHost: loc", b"HTTP/1.1 408 "),
        (b"GET /" + b"x" * 500, b"HTTP/1.1 408 "),
        (ASK + b"GET / HT", b"HTTP/1.1 200 "),
    ],
)
def test_a_head_that_does_not_come_in_time_ends_the_connection(sent: bytes, told: bytes) -> None:
    async def play(house: House) -> None:
        client = await house.connect(sent)
        assert (await client.answer()).startswith(told)
        assert await client.is_closed()
        assert await house.served()

    _play(play, Connections(seconds=SHORT))


def test_the_second_head_is_waited_for_no_longer_than_the_first() -> None:
    async def play(house: House) -> None:
        for half, told in ((b"GET / HTTP/1.1\r\n", b"HTTP/1.1 408 "), (b"\r\n", b"")):
            client = await house.connect(ASK)
            assert (await client.answer()).startswith(b"HTTP/1.1 200 ")
            await client.send(half)
            assert (await client.answer()).startswith(told)
            assert await client.is_closed()

    _play(play, Connections(seconds=SHORT))


def test_an_idle_connection_is_kept_as_long_as_the_setting_says() -> None:
    async def play(house: House) -> None:
        kept = await house.connect(ASK)
        await kept.answer()
        late = await house.connect()  # whose time is over once this is closed
        assert await late.is_closed()
        await kept.send(ASK)
        assert (await kept.answer()).endswith(b"hello")

    _play(play, Connections(seconds=SHORT))

    async def short(house: House) -> None:
        client = await house.connect(ASK)
        await client.answer()
        assert await client.is_closed()

    _play(short, Connections(seconds=NEVER), keep_alive=SHORT)


def test_a_body_that_does_not_come_in_time_is_answered_408() -> None:
    async def play(house: House) -> None:
        client = await house.connect(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf")
        answer = await client.answer()
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert b"application/problem+json" in answer
        assert "请求没有按时发完".encode() in answer
        assert await client.is_closed()

    _play(play, Connections(seconds=NEVER), body=SHORT)


def test_who_goes_on_sending_after_a_refusal_is_cut_off() -> None:
    async def play(house: House) -> None:
        client = await house.connect(
            b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n" + b"x" * 2000
        )
        assert (await client.answer()).startswith(b"HTTP/1.1 413 ")
        assert await client.is_closed()

    _play(play, Connections(seconds=SHORT))


@pytest.mark.parametrize(
    "endless",
    [
        b"GET /" + b"x" * 3000,
        b"GET / HTTP/1.1\r\nX: " + b"x" * 3000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nTrailer: " + b"x" * 3000,
    ],
)
def test_a_head_without_an_end_is_refused_before_it_fills_the_memory(endless: bytes) -> None:
    async def play(house: House) -> None:
        client = await house.connect(endless[:1000])
        for beginning in range(1000, len(endless), 500):
            with suppress(ConnectionError):  # it may be closed by now
                await client.send(endless[beginning : beginning + 500])
            await asyncio.sleep(0)
        assert (await client.answer()).startswith((b"HTTP/1.1 431 ", b""))
        assert await client.is_closed()
        assert await house.served()

    _play(play, Connections(seconds=NEVER, most_head=1000))


def test_a_head_that_is_too_large_as_a_whole_is_a_problem() -> None:
    async def play(house: House) -> None:
        client = await house.connect(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 2000 + b"\r\n\r\n")
        answer = await client.answer()
        assert answer.startswith(b"HTTP/1.1 431 ")
        assert "请求头过大".encode() in answer
        assert await house.served()

    _play(play, Connections(seconds=NEVER, most_head=1000))


def test_an_answer_that_is_not_taken_is_not_kept() -> None:
    async def play(house: House) -> None:
        client = await house.connect(ASK.replace(b"/ ", b"/long ", 1))
        await client.reader.readexactly(1)
        client.writer.transport.pause_reading()  # type: ignore[attr-defined]
        while len(house.connections):
            await asyncio.sleep(0.001)  # the loop goes round until the server gives up
        assert await house.served()

    _play(play, Connections(seconds=SHORT))


def test_fifty_half_open_requests_leave_room_for_others() -> None:
    async def play(house: House) -> None:
        halves = [
            b"GET / HTTP/1.1\r\nHost: loc",
            b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nh",
            b"",
        ]
        held = [await house.connect(halves[number % 3]) for number in range(50)]
        for _ in range(5):
            assert await house.served()
        assert len(house.connections) >= len(held)  # all are still held

    _play(play, Connections(seconds=NEVER))


def test_over_the_limit_whoever_holds_most_loses_the_one_that_waits_longest() -> None:
    async def play(house: House) -> None:
        other = await house.connect(source="127.0.0.2")
        greedy = [await house.connect(b"GET / HT", source="127.0.0.3") for _ in range(4)]
        assert await house.served("127.0.0.2")  # of the greedy one the first has gone
        assert await greedy[0].is_closed()
        late = await house.connect(ASK, source="127.0.0.4")
        assert (await late.answer()).endswith(b"hello")
        assert await greedy[1].is_closed()
        await other.send(ASK)
        assert (await other.answer()).endswith(b"hello")

    _play(play, Connections(most=5, seconds=NEVER))


def test_where_all_are_worked_on_a_new_one_is_refused() -> None:
    async def play(house: House) -> None:
        body = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n"
        busy = [await house.connect(body + b"h") for _ in range(2)]
        while house.connections.waiting:
            await asyncio.sleep(0.001)  # the loop goes round until both are read
        late = await house.connect(ASK)
        assert (await late.answer()).startswith((b"HTTP/1.1 503 ", b""))
        assert await late.is_closed()
        for client in busy:
            await client.send(b"alf")
            assert (await client.answer()).endswith(b"half")

    _play(play, Connections(most=2, seconds=NEVER))
