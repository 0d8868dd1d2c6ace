"""Whose word is taken for who asked, by which scheme and of which host, and, where a setting says so, as whom."""

import logging
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_FORWARDED = "policyqa.forwarded"
_CONNECTED = "policyqa.connected"  # (address of who connected, whether something was forwarded)
_SAID = "policyqa.said"  # the identity headers of a trusted proxy
# What proxies put into a request that they pass on: of these names, or beginning so.
_PASSED_ON = re.compile(
    r"(?:x-)?(?:original-)?forwarded.*|x-real-ip|via|(?:x-|true-)(?:cluster-|original-)?client-ip|cf-connecting-ip"
)
_LOG = logging.getLogger(__name__)


class TrustedProxies:
    """ASGI layer that takes X-Forwarded-For, -Proto and -Host from `proxies` and from nobody else.

    Behind it a request has the client, scheme and host that were forwarded, and no X-Forwarded header, nor any of the
    headers `identity`, in which a proxy says who has signed in to it: what a trusted one says is had from `said_by`.
    `proxies` are IP addresses or networks; `*` trusts whoever connects.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str], identity: Sequence[str] = ()) -> None:
        self._app = app
        self._warned = False
        self._believe = ProxyHeadersMiddleware(self._without_forwarded, list(proxies))  # type: ignore[arg-type]
        self._identity = frozenset(name.lower().encode("latin-1") for name in identity)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client, headers = (scope.get("client") or ("", 0))[0], Headers(scope=scope)
        is_trusted = client in self._believe.trusted_hosts if client else False
        said = {name: value for name, value in scope["headers"] if name in self._identity} if is_trusted else {}
        forwarded = _says_passed_on(headers)
        scope = {**scope, _CONNECTED: (client, forwarded), _SAID: said}
        if is_trusted:
            host = headers.get("x-forwarded-host", "").partition(",")[0].strip()
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
        headers = [pair for pair in scope["headers"] if not self._is_removed(pair[0])]
        await self._app({**scope, "headers": headers}, receive, send)

    def _is_removed(self, name: bytes) -> bool:
        return name.startswith((b"x-forwarded-", b"forwarded")) or name in self._identity


def peer_of(scope: Scope) -> str:
    """The address of who connected, whatever was forwarded."""
    connected: tuple[str, bool] = scope.get(_CONNECTED) or ((scope.get("client") or ("", 0))[0], False)
    return connected[0]


def was_forwarded(scope: Scope) -> bool:
    """Whether somebody says that the request was passed on, trusted or not."""
    connected: tuple[str, bool] = scope.get(_CONNECTED) or ("", _says_passed_on(Headers(scope=scope)))
    return connected[1]


def _says_passed_on(headers: Headers) -> bool:
    return any(_PASSED_ON.fullmatch(name) for name in headers)


def said_by(scope: Scope) -> Mapping[bytes, bytes]:
    """The identity headers of a trusted proxy, by name in lower case; empty where none spoke."""
    said: Mapping[bytes, bytes] = scope.get(_SAID) or {}
    return said


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
