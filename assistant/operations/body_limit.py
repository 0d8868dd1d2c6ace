"""Refuse a request body over a limit, or one that does not arrive, before anything parses it."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import http_problem
from assistant.operations.replay import replay
from assistant.question.limits import DEFAULT_LIMITS


class BodyLimit:
    """ASGI layer that reads at most `limit` bytes of body in so many seconds, then hands them on in one piece.

    Counting what arrives rather than trusting Content-Length also covers chunked bodies. A body that is too long is
    answered with 413; the rest of it is not read. One that has not arrived in time is answered with 408.
    """

    def __init__(self, app: ASGIApp, limit: int, seconds: float = DEFAULT_LIMITS.max_seconds) -> None:
        self._app = app
        self._limit = limit
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._read(receive)
        except TimeoutError:
            await http_problem(408, {"Connection": "close"})(scope, receive, send)
            return
        if body is None:
            return
        if len(body) > self._limit:
            await http_problem(413)(scope, receive, send)
            return
        whole: Message = {"type": "http.request", "body": body, "more_body": False}
        await self._app(scope, replay(whole, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        """The body, or as much of it as shows that it is too long; None where the client left."""
        body, more = bytearray(), True
        while more and len(body) <= self._limit:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
        return bytes(body)
