"""The one door to API and page: what Gradio may serve is named here, everything else is the API's to answer.

Gradio carries routes a chat has no need of (uploads, files, proxies that fetch any address); they are not reachable.
Every response says what a browser may load: this server's own files, and no script but those the page came with.
"""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_READ = re.compile(
    r"/ui/\w+/[\w.-]+"
    r"|(?:/en)?/(?:assets/[\w./-]+|static/[\w./-]+|theme\.css|favicon\.ico|gradio_api/heartbeat/\w+)?|/en"
)
_ASK = re.compile(r"(?:/en)?/gradio_api/run/predict")
_POLICY = (
    "default-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; manifest-src 'self'; script-src 'self'{nonce}; style-src 'self'{inline}"
)
# Link previews that Gradio puts on its page; they name addresses of other servers.
_PREVIEW = re.compile(r"<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*>\s*")
_BODY = re.compile(r"<body\b[^>]*>")
_BASE = '<base href="./" />'  # would turn a link to a quote into a reload wherever the address has a query


@dataclass(frozen=True, slots=True)
class Dress:
    """What a page of Gradio's is given to wear: its language, tags for its head, what stands above Gradio's part."""

    lang: str
    head: str
    top: str


class Wall:
    """ASGI app that sends the page's own paths to `page` and all others to `api`.

    `dresses` is for Gradio's pages, by path without a slash at the end.
    """

    def __init__(self, page: ASGIApp, api: ASGIApp, dresses: Mapping[str, Dress]) -> None:
        self._page = page
        self._api = api
        self._dresses = dresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._page(scope, receive, send)  # the API has nothing to start
            return
        path: str = scope["path"]
        dress = self._dresses.get(path.rstrip("/"))
        guarded = _Guarded(send, dress, keep="/assets/" in path)
        if dress:
            scope = {**scope, "path": f"{path.rstrip('/')}/"}  # where Gradio is mounted
        await (self._page if _belongs_to_page(scope) else self._api)(scope, receive, guarded)


def _belongs_to_page(scope: Scope) -> bool:
    if scope["type"] != "http":
        return False
    path: str = scope["path"]
    if scope["method"] == "POST":
        return bool(_ASK.fullmatch(path))
    return scope["method"] in ("GET", "HEAD") and bool(_READ.fullmatch(path)) and ".." not in path


class _Guarded:
    """Sends a response on with the headers it must have, and the page with its nonce."""

    def __init__(self, send: Send, dress: Dress | None, *, keep: bool) -> None:
        self._send = send
        self._dress = dress
        self._nonce = secrets.token_urlsafe(16)
        self._keep = keep
        self._start: Message = {}
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = {**message, "headers": [*message["headers"], *self._headers()]}
            if not self._dress:
                await self._send(self._start)
        elif message["type"] == "http.response.body" and self._dress:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._dress)
        else:
            await self._send(message)

    def _headers(self) -> Iterable[tuple[bytes, bytes]]:
        headers: Mapping[str, str] = {
            "content-security-policy": self._policy(),
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            **({"cache-control": "public, max-age=31536000, immutable"} if self._keep else {}),
        }
        return [(name.encode(), value.encode()) for name, value in headers.items()]

    def _policy(self) -> str:
        """Gradio's page sets styles from scripts and brings scripts of its own; no other page needs either."""
        if self._dress:
            return _POLICY.format(nonce=f" 'nonce-{self._nonce}'", inline=" 'unsafe-inline'")
        return _POLICY.format(nonce="", inline="")

    async def _send_page(self, dress: Dress) -> None:
        html = own_page(self._body.decode(), self._nonce, dress).encode()
        kept = [(name, value) for name, value in self._start["headers"] if name.lower() != b"content-length"]
        await self._send({**self._start, "headers": [*kept, (b"content-length", str(len(html)).encode())]})
        await self._send({"type": "http.response.body", "body": html})


def own_page(html: str, nonce: str, dress: Dress) -> str:
    """Gradio's page in its dress, without its link previews, each of its scripts carrying the nonce.

    Own scripts stand first, so that they are there before Gradio's run.
    """
    html = _PREVIEW.sub("", html).replace(_BASE, "", 1).replace('lang="en"', f'lang="{dress.lang}"', 1)
    html = _BODY.sub(lambda body: body[0] + dress.top, html.replace("<head>", f"<head>{dress.head}", 1), count=1)
    return html.replace("<script", f'<script nonce="{nonce}"')
