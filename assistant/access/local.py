"""Open access: who sits at the machine itself may do everything, anybody else what needs no role.

That a request comes from loopback is not enough: a page of another site, open in the same browser, sends from there
too. It is known by its Origin, or, where it has made its name point to this machine, by the Host it asks for; and what
a proxy passes on says so in a header, or by speaking HTTP/1.0, as nginx does where nobody has told it otherwise and
no browser has for long.
"""

from collections.abc import Callable
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.access.own_pages import is_own
from assistant.operations.proxies import peer_of, was_forwarded

_NAMES = ("localhost", "127.0.0.1", "::1")


def local_refusal(scope: Scope, *, listens_locally: bool) -> str | None:
    """Why a request is not that of somebody at the machine itself, as the last word of a message's key; None: it is.

    `listens_locally`: whether the server listens on loopback only.
    """
    headers = Headers(scope=scope)
    checks: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("listening", lambda: listens_locally),
        ("peer", lambda: is_loopback(peer_of(scope))),
        ("proxy", lambda: not was_forwarded(scope) and scope.get("http_version") != "1.0"),
        ("host", lambda: host_name(headers.get("host", "")) in _NAMES),
        ("origin", lambda: is_own(scope)),
    )
    return next((reason for reason, holds in checks if not holds()), None)


def is_loopback(host: str) -> bool:
    """Whether an address, or `localhost`, is that of the machine itself."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost"
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def host_name(host: str) -> str:
    """`localhost:8000` → `localhost`; `[::1]:8000` → `::1`."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()
