"""A kept-alive HTTP/1.1 connection with as little of its own as can be: what is timed is the server.

A general client takes about as long for a request as the server does, and on the same two cores that would be measured.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, and how long it took from the first byte sent to the last byte read."""

    status: int
    seconds: float


class Connection:
    """One connection to a server on this machine; requests follow one another. Raises OSError when it breaks."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def get(self, path: str) -> Reply:
        """GET a path."""
        return await self._request(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())

    async def post(self, path: str, value: Mapping[str, Any]) -> Reply:
        """POST a JSON object to a path."""
        body = json.dumps(value).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
        return await self._request(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    async def _request(self, request: bytes) -> Reply:
        started = perf_counter()
        self._writer.write(request)
        await self._writer.drain()
        try:
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            await self._reader.readexactly(int(head.partition("content-length:")[2].partition("\r\n")[0]))
        except asyncio.IncompleteReadError as error:
            raise ConnectionResetError("the server closed the connection before its answer") from error
        return Reply(int(head.split(" ", 2)[1]), perf_counter() - started)


@asynccontextmanager
async def connect(port: int) -> AsyncIterator[Connection]:
    """A connection, closed at the end."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        yield Connection(reader, writer)
    finally:
        writer.close()


async def post_all(port: int, path: str, values: Iterator[Mapping[str, Any]], connections: int) -> list[Reply]:
    """POST every value once over so many connections at a time, each with its next as soon as it has its answer."""
    replies: list[Reply] = []

    async def work() -> None:
        async with connect(port) as connection:
            for value in values:  # one iterator for all: whoever is free takes the next
                replies.append(await connection.post(path, value))

    await asyncio.gather(*(work() for _ in range(connections)))
    return replies
