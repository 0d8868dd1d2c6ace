"""Speaking to an ASGI layer without a server."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY: Message = {"type": "http.request", "body": b"", "more_body": False}
GONE: Message = {"type": "http.disconnect"}


class Recorder:
    """An app that answers 200 and keeps the scopes that reached it."""

    def __init__(self, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
        self.scopes: list[Scope] = []
        self._headers = list(headers)

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        await send({"type": "http.response.body", "body": b"content"})


def request(
    method: str = "GET", path: str = "/", headers: Mapping[str, str] | None = None, client: str = "203.0.113.9"
) -> Scope:
    raw = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": raw,
        "client": (client, 40000),
        "server": ("127.0.0.1", 8000),
        "scheme": "http",
    }


def exchange(app: ASGIApp, scope: Scope, messages: Sequence[Message] = (BODY, GONE)) -> list[Message]:
    """What `app` sends when it receives these messages."""
    waiting, sent = iter(messages), []

    async def receive() -> Message:
        return next(waiting)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(_run(app, scope, receive, send))
    return sent


async def _run(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)
