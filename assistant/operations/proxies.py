"""Whose word is taken for who asked, by which scheme and of which host."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_FORWARDED = "policyqa.forwarded"
_LOG = logging.getLogger(__name__)


class TrustedProxies:
    """ASGI layer that takes X-Forwarded-For, -Proto and -Host from `proxies` and from nobody else.

    Behind it a request has the client, scheme and host that were forwarded, and no X-Forwarded header.
    `proxies` are IP addresses or networks; `*` trusts whoever connects.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str]) -> None:
        self._app = app
        self._warned = False
        self._believe = ProxyHeadersMiddleware(self._without_forwarded, list(proxies))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        if client and client[0] in self._believe.trusted_hosts:
            host = Headers(scope=scope).get("x-forwarded-host", "").partition(",")[0].strip()
            scope = _with_host(scope, host) if host else scope
            scope = {**scope, _FORWARDED: "x-forwarded-for" in Headers(scope=scope)}
            await self._believe(scope, receive, send)  # type: ignore[arg-type]
        else:
            self._warn(scope)
            await self._without_forwarded(scope, receive, send)

    def _warn(self, scope: Scope) -> None:
        """Say once that a proxy on this machine is not believed: limits by address then hold for nobody."""
        if self._warned or not is_by_the_machine(scope) or "x-forwarded-for" not in Headers(scope=scope):
            return
        self._warned = True
        _LOG.warning(
            "本机代理没有写入 POLICYQA_TRUSTED_PROXIES，按来访地址的限额不起作用。A proxy on this machine is not among "
            "POLICYQA_TRUSTED_PROXIES: limits by address hold for nobody behind it."
        )

    async def _without_forwarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [pair for pair in scope["headers"] if not pair[0].startswith((b"x-forwarded-", b"forwarded"))]
        await self._app({**scope, "headers": headers}, receive, send)


def is_by_the_machine(scope: Scope) -> bool:
    """Whether this request comes from the machine itself, without a proxy that says who asks."""
    if scope.get(_FORWARDED, False):
        return False
    with suppress(ValueError):
        address = ip_address((scope.get("client") or ("",))[0])
        return (getattr(address, "ipv4_mapped", None) or address).is_loopback
    return False


def _with_host(scope: Scope, host: str) -> Scope:
    copy: Scope = {**scope, "headers": list(scope["headers"])}
    MutableHeaders(scope=copy)["host"] = host
    return copy
