"""Refuse a request body over a limit before anything parses it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import http_problem
from assistant.operations.replay import replay


class BodyLimit:
    """ASGI layer that reads at most `limit` bytes of body, then hands them on in one piece.

    Counting what arrives rather than trusting Content-Length also covers chunked bodies. A body that is too long is
    answered with 413; the rest of it is not read.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._limit:
                await http_problem(413)(scope, receive, send)
                return
        whole: Message = {"type": "http.request", "body": bytes(body), "more_body": False}
        await self._app(scope, replay(whole, receive), send)
