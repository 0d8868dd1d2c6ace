"""A line for every request, and an id by which it is found again in logs, problems and audit."""

import logging
import re
import uuid
from collections.abc import Sequence
from time import perf_counter

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.operations.request import REQUEST_ID, RequestNotes, with_notes

_LOG = logging.getLogger("policyqa.request")
HEADER = "x-request-id"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_CLIENT_LEFT = 499  # what nginx calls a request whose client went away before it was answered
_QUIET = frozenset({"/healthz", "/readyz", "/metrics", "file"})  # asked for all the time: told at level debug


class RequestLog:
    """ASGI layer, the outermost: logs each request and returns its id as X-Request-Id.

    The id is that of a trusted proxy, where it sends one that is well formed; else a new one.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str] = ()) -> None:
        self._app = app
        self._trusted = ProxyHeadersMiddleware(app, list(proxies)).trusted_hosts  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        notes = RequestNotes(self._id(scope))
        REQUEST_ID.set(notes.id)
        status, size, started = _CLIENT_LEFT, 0, perf_counter()

        async def watch(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [pair for pair in message["headers"] if pair[0].lower() != HEADER.encode()]
                message = {**message, "headers": [*headers, (HEADER.encode(), notes.id.encode())]}
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(with_notes(scope, notes), receive, watch)
        except Exception:
            status = 500 if status == _CLIENT_LEFT else status  # what the server sends when the app raises
            raise
        finally:
            _tell(scope["method"], notes, status, size, perf_counter() - started)

    def _id(self, scope: Scope) -> str:
        client = scope.get("client")
        if client and client[0] in self._trusted:
            given = Headers(scope=scope).get(HEADER, "")
            if _WELL_FORMED.fullmatch(given):
                return given
        return uuid.uuid4().hex


def _tell(method: str, notes: RequestNotes, status: int, size: int, seconds: float) -> None:
    level = logging.DEBUG if notes.route in _QUIET and status < 500 else logging.INFO
    if not _LOG.isEnabledFor(level):
        return
    told = {
        "method": method if method.isalpha() and len(method) <= 10 else "?",
        "route": notes.route or "-",
        "status": status,
        "ms": round(seconds * 1000, 1),
        "role": notes.role or "public",
        "bytes": size,
    }
    _LOG.log(level, "request", extra={"fields": told})
