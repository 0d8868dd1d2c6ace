"""The cookie of a session.

Over TLS its name begins with `__Host-`, which a browser takes only with Secure, for the whole host, and from nobody
else's subdomain. Without TLS that is not to be had; then nobody signs in but at the machine itself, where nothing
crosses a network, and the cookie has no Secure.
"""

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from assistant.access.local import is_loopback
from assistant.operations.proxies import peer_of, was_forwarded

NAME = "policyqa_session"


def is_private(scope: Scope) -> bool:
    """Whether nobody can read along: TLS, or a browser on the machine itself."""
    return scope["scheme"] == "https" or (is_loopback(peer_of(scope)) and not was_forwarded(scope))


def cookie_name(scope: Scope, name: str = NAME) -> str:
    """The name that a cookie has for this request."""
    return f"__Host-{name}" if scope["scheme"] == "https" else name


def cookie_of(scope: Scope, name: str = NAME) -> str:
    """The value of a cookie of this request; empty where there is none."""
    return HTTPConnection(scope).cookies.get(cookie_name(scope, name), "")


def set_cookie(response: Response, scope: Scope, value: str, seconds: int, name: str = NAME) -> None:
    """Have the browser keep it; an empty value has it forgotten."""
    response.set_cookie(
        cookie_name(scope, name),
        value,
        max_age=seconds if value else 0,
        path="/",
        secure=scope["scheme"] == "https",
        httponly=True,
        samesite="lax",
    )
