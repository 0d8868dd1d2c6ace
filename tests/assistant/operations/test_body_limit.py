import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from assistant.operations.body_limit import BodyLimit


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(await Request(scope, receive).body())(scope, receive, send)


def _send(chunks: list[bytes], limit: int, *, leaves: bool = False) -> list[Message]:
    """What the app answers to a body that comes in these chunks; a client that leaves never ends its body."""
    messages: list[Message] = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    messages.append({"type": "http.disconnect"} if leaves else {"type": "http.request", "body": b""})
    waiting = iter(messages)
    sent: list[Message] = []

    async def receive() -> Message:
        return next(waiting)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    asyncio.run(BodyLimit(_echo, limit)(scope, receive, send))
    return sent


def test_a_body_up_to_the_limit_arrives_whole() -> None:
    start, body = _send([b"ab", b"cd"], 4)
    assert (start["status"], body["body"]) == (200, b"abcd")


def test_one_byte_more_is_refused() -> None:
    start, _ = _send([b"ab", b"cde"], 4)
    assert start["status"] == 413


def test_a_client_that_leaves_gets_no_answer() -> None:
    assert _send([b"ab"], 4, leaves=True) == []
