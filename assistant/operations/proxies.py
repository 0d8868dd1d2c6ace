"""Whose word is taken for who asked, by which scheme and of which host."""

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware


class TrustedProxies:
    """ASGI layer that takes X-Forwarded-For, -Proto and -Host from `proxies` and from nobody else.

    Behind it a request has the client, scheme and host that were forwarded, and no X-Forwarded header.
    `proxies` are IP addresses or networks; `*` trusts whoever connects.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str]) -> None:
        self._app = app
        self._believe = ProxyHeadersMiddleware(self._without_forwarded, list(proxies))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        if client and client[0] in self._believe.trusted_hosts:
            host = Headers(scope=scope).get("x-forwarded-host", "").partition(",")[0].strip()
            scope = _with_host(scope, host) if host else scope
            await self._believe(scope, receive, send)  # type: ignore[arg-type]
        else:
            await self._without_forwarded(scope, receive, send)

    async def _without_forwarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [pair for pair in scope["headers"] if not pair[0].startswith((b"x-forwarded-", b"forwarded"))]
        await self._app({**scope, "headers": headers}, receive, send)


def _with_host(scope: Scope, host: str) -> Scope:
    copy: Scope = {**scope, "headers": list(scope["headers"])}
    MutableHeaders(scope=copy)["host"] = host
    return copy
