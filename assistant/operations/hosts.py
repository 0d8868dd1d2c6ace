"""By which names a server may be called."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import http_problem

ANY = "*"
ADDRESSES = "address"  # stands for every IP address
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def allowed_names(host: str, named: Sequence[str]) -> tuple[str, ...]:
    """The names of a server that listens on `host`: loopback, for checks on its own machine, and what is `named`.

    Where none is named, that host. One that listens on every address has this machine's name and any IP address: its
    own cannot be told from others, and a page of another site reaches a server under a name, never under an address.
    """
    if named:
        return (*_LOOPBACK, *named)
    if host not in {"", "0.0.0.0", "::"}:
        return (*_LOOPBACK, host)
    return (*_LOOPBACK, socket.gethostname(), socket.getfqdn(), ADDRESSES)


class AllowedHosts:
    """ASGI layer that answers 421 to a Host that is none of `names`: host, `*.domain`, ADDRESSES or ANY.

    A request without Host, as health checks in HTTP/1.0 are, names nobody else and passes. `tell` has the problem told
    in the asker's way.
    """

    def __init__(
        self, app: ASGIApp, names: Sequence[str], tell: Callable[[ASGIApp], ASGIApp] = lambda problem: problem
    ) -> None:
        self._app = app
        self._tell = tell
        self._names = frozenset(name.lower().strip("[]") for name in names)
        self._domains = tuple(name[1:] for name in self._names if name.startswith("*."))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._allows(_name(Headers(scope=scope).get("host", ""))):
            await self._tell(http_problem(421))(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _allows(self, name: str) -> bool:
        if not name or ANY in self._names or name in self._names or name.endswith(self._domains):
            return True
        return ADDRESSES in self._names and _is_address(name)


def _name(host: str) -> str:
    """`Example.com:8000` → `example.com`; `[::1]:8000` → `::1`."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].rstrip(".").lower()


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
