import asyncio
import json

import pytest

from eval.speed.connection import connect, post_all
from tests.eval.speed.small_server import served


async def _echo(path: str, body: bytes) -> tuple[int, bytes]:
    return (200 if path == "/v1/ask" else 404), body


def test_requests_follow_one_another_on_one_connection() -> None:
    async def ask() -> list[int]:
        async with served(_echo) as port, connect(port) as connection:
            replies = [await connection.post("/v1/ask", {"question": "问"}), await connection.get("/other")]
            assert all(reply.seconds > 0 for reply in replies)
            return [reply.status for reply in replies]

    assert asyncio.run(ask()) == [200, 404]


def test_a_connection_that_is_closed_unanswered_is_an_error() -> None:
    async def drop(_path: str, _body: bytes) -> tuple[int, bytes]:
        return 0, b""

    async def ask() -> None:
        async with served(drop) as port, connect(port) as connection:
            await connection.get("/")

    with pytest.raises(ConnectionResetError):
        asyncio.run(ask())


def test_every_value_is_posted_once_and_no_more_at_a_time_than_there_are_connections() -> None:
    seen: list[int] = []
    open_now = most = 0

    async def respond(_path: str, body: bytes) -> tuple[int, bytes]:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        await asyncio.sleep(0)
        seen.append(json.loads(body)["n"])
        open_now -= 1
        return 200, b"{}"

    async def run() -> int:
        async with served(respond) as port:
            return len(await post_all(port, "/", iter([{"n": n} for n in range(20)]), 4))

    assert asyncio.run(run()) == 20
    assert sorted(seen) == list(range(20))
    assert 1 <= most <= 4
