"""Who may use the clerk's page: until there are roles, whoever sits at the machine that serves it, and nobody else.

That a request comes from loopback is not enough: a page of another site, open in the same browser, sends from there
too. It is known by its Origin, or, where it has made its name point to this machine, by the Host it asks for; and what
a proxy passes on says so in a header.
"""

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import ProblemType, problem
from assistant.messages import languages, messages
from ui.page.gateway import SecuredResponse
from ui.page.languages import language, with_language
from ui.page.templates import render

PAGE, API = "/library", "/v1/library"
_HANDED_OVER = ("/agent/callbacks", "/agent/handover", "/v1/handover")  # what citizens have handed over
_OFFICE = (PAGE, API, "/overview", "/admin", "/gaps", "/v1/gaps", *_HANDED_OVER)  # where the pages of the office begin
_SENDING = ("/agent/note/send", "/agent/note/sent", "/agent/note/again")  # pages of the site that act for the office
_OPEN = ("/v1/handover",)  # of these, what anybody may ask for: to hand something over, without what lies below
_NAMES = ("localhost", "127.0.0.1", "::1")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
_READING = ("GET", "HEAD")
_REFUSED = ProblemType(403, "only-on-this-machine", "只能在本机使用 · Only on the machine itself")


class LocalLibrary:
    """ASGI layer that gives what is asked of the library to `library`, where it may be asked, and all else to `site`.

    Of that, what is sent in the office's name has to come from where the library may be asked.

    Stands outside of everything that believes a proxy. `listens_locally`: whether the server listens on loopback only.
    """

    def __init__(self, site: ASGIApp, library: ASGIApp, *, listens_locally: bool) -> None:
        self._site = site
        self._library = library
        self._listens_locally = listens_locally

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        is_site = not _is_of_library(path)
        if scope["type"] != "http" or (is_site and path not in _SENDING):
            await self._site(scope, receive, send)
            return
        reason = self._refusal(scope)
        if is_site and not reason:
            await self._site(scope, receive, send)
            return
        app = _refused(scope, reason) if reason else self._library
        await app(scope, receive, SecuredResponse(send, path, None))

    def _refusal(self, scope: Scope) -> str | None:
        """Why this request is refused, as the last word of a message's key."""
        headers = Headers(scope=scope)
        checks: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("listening", lambda: self._listens_locally),
            ("peer", lambda: is_loopback((scope.get("client") or ("",))[0])),
            ("proxy", lambda: not any(name in headers for name in _FORWARDED)),
            ("host", lambda: _host_name(headers.get("host", "")) in _NAMES),
            ("origin", lambda: _is_own(scope, headers)),
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


def _is_of_library(path: str) -> bool:
    return path not in _OPEN and _is_below(path, _OFFICE)


def _is_below(path: str, roots: Sequence[str]) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in roots)


def _host_name(host: str) -> str:
    """`localhost:8000` → `localhost`; `[::1]:8000` → `::1`."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def _is_own(scope: Scope, headers: Headers) -> bool:
    """Whether a page of this server asks; to read, any request that no other page has made will do."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None and origin != f"{scope['scheme']}://{headers.get('host', '')}":
        return False
    if scope["method"] in _READING:
        return True
    return site == "same-origin" or (site is None and origin is not None)


def _refused(scope: Scope, reason: str) -> Response:
    """The refusal with its reason and what to do: as a page where somebody opened one, else as a problem."""
    path: str = scope["path"]
    if path in _SENDING:
        return problem(_REFUSED, "".join(messages(code)("console.note.local") for code in languages()))
    said = "handover.refused." if _is_below(path, _HANDED_OVER) else "library.refused."
    if path.startswith(("/v1/", _HANDED_OVER[1])):
        return problem(_REFUSED, "".join(messages(code)(f"{said}{reason}") for code in languages()))
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    html = render(
        "library/refused.html",
        language(asked),
        title=f"{said}title",
        reason=f"{said}{reason}",
        switch=lambda other: with_language(path, other),
    )
    return HTMLResponse(html, 403)
