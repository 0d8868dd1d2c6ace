"""The one door to API and pages: what Gradio may serve is named here, everything else is the API's to answer.

Gradio carries routes a chat has no need of (uploads, files, proxies that fetch any address); they are not reachable.
Every response says what a browser may load: this server's own files, and no script but those the page came with.
"""

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.operations.request import note_route
from ui.page.problems import ProblemPages

# Without Gradio's heartbeat: pages that keep nothing on the server need none, and each would hold a connection.
_FILES = r"assets/[\w./-]+|static/[\w./-]+|theme\.css|favicon\.ico"
_POLICY = (
    "default-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; manifest-src 'self'; script-src 'self'{nonce}; style-src 'self'{inline}"
)
_OK, _NOT_MODIFIED = 200, 304
_CALL = "/gradio_api/run/predict"
# Link previews that Gradio puts on its page; they name addresses of other servers.
_PREVIEW = re.compile(r"<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*>\s*")
# Gradio's script for pages inside frames; it stands under no path, and no frame may hold this page.
_FRAMED = re.compile(r"<script>(?:(?!</script>).)*iframeResizer(?:(?!</script>).)*</script>", re.DOTALL)
_MANIFEST = '<link rel="manifest" href="/manifest.json" />'
_BODY = re.compile(r"<body\b[^>]*>")
_GRADIOS = b"x-gradio-"  # request headers in which Gradio believes anybody, up to the address of its own server
_BASE = '<base href="./" />'  # would turn a link to a quote into a reload wherever the address has a query


@dataclass(frozen=True, slots=True)
class PageShell:
    """What is put around Gradio's part of a page: its language, tags for its head, what stands above and below."""

    lang: str
    head: str
    top: str
    bottom: str = ""


class Gateway:
    """ASGI app that sends the paths of Gradio's pages and of all files to `pages`, and all others to `api`.

    `shells` is for Gradio's pages, by path without a slash at the end.
    """

    def __init__(self, pages: ASGIApp, api: ASGIApp, shells: Mapping[str, PageShell]) -> None:
        self._pages = pages
        self._api = ProblemPages(api)
        self._shells = shells
        roots = "|".join(map(re.escape, shells))
        self._readable = re.compile(rf"/ui/\w+/[\w.-]+|(?:{roots})(?:/(?:{_FILES})?)?")
        self._callable = re.compile(rf"(?:{roots})/gradio_api/run/predict")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._pages(scope, receive, send)  # the API has nothing to start
            return
        path: str = scope["path"]
        shell = self._shells.get(path.rstrip("/"))
        if shell:
            scope = {**scope, "path": f"{path.rstrip('/')}/"}  # where Gradio is mounted
        app: ASGIApp = self._api
        if self._belongs_to_pages(scope):
            note_route(scope, path if shell else "file" if scope["method"] != "POST" else _CALL)
            headers = [pair for pair in scope["headers"] if not pair[0].startswith(_GRADIOS)]
            app, scope = self._pages, {**scope, "headers": headers}
        await app(scope, receive, SecuredResponse(send, path, shell))

    def _belongs_to_pages(self, scope: Scope) -> bool:
        if scope["type"] != "http":
            return False
        path: str = scope["path"]
        if scope["method"] == "POST":
            return bool(self._callable.fullmatch(path))
        return scope["method"] in ("GET", "HEAD") and bool(self._readable.fullmatch(path)) and ".." not in path


class SecuredResponse:
    """A `send` that adds the headers every response must have, and puts the shell around a page of Gradio's."""

    def __init__(self, send: Send, path: str, shell: PageShell | None) -> None:
        self._send = send
        self._path = path
        self._shell = shell
        self._nonce = secrets.token_urlsafe(16) if shell else ""
        self._start: Message = {}
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = {**message, "headers": [*message["headers"], *self._headers(message["status"])]}
            if not self._shell:
                await self._send(self._start)
        elif message["type"] == "http.response.body" and self._shell:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._shell)
        else:
            await self._send(message)

    def _headers(self, status: int) -> Iterable[tuple[bytes, bytes]]:
        headers = {
            "content-security-policy": self._policy(),
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            **dict(self._caching(status)),
        }
        return [(name.encode(), value.encode()) for name, value in headers.items()]

    def _caching(self, status: int) -> Iterator[tuple[str, str]]:
        """Files whose names change with what they hold are kept; our own are asked for again after an upgrade.

        That a file is missing is never kept: it may come with the next upgrade.
        """
        if status == _OK and "/assets/" in self._path:
            yield "cache-control", "public, max-age=31536000, immutable"
        elif status in (_OK, _NOT_MODIFIED) and self._path.startswith("/ui/"):
            yield "cache-control", "no-cache"

    def _policy(self) -> str:
        """Gradio's page sets styles from scripts and brings scripts of its own; no other page needs either."""
        if self._shell:
            return _POLICY.format(nonce=f" 'nonce-{self._nonce}'", inline=" 'unsafe-inline'")
        return _POLICY.format(nonce="", inline="")

    async def _send_page(self, shell: PageShell) -> None:
        html = rewrite_gradio_page(self._body.decode(), self._nonce, shell).encode()
        kept = [(name, value) for name, value in self._start["headers"] if name.lower() != b"content-length"]
        await self._send({**self._start, "headers": [*kept, (b"content-length", str(len(html)).encode())]})
        await self._send({"type": "http.response.body", "body": html})


def rewrite_gradio_page(html: str, nonce: str, shell: PageShell) -> str:
    """Gradio's page in its shell, without its link previews and what it has for frames.

    Each of its scripts carries the nonce. Own scripts stand first, so that they are there before Gradio's run.
    """
    html = (
        _FRAMED.sub("", _PREVIEW.sub("", html))
        .replace(_MANIFEST, "", 1)
        .replace(_BASE, "", 1)
        .replace('lang="en"', f'lang="{shell.lang}"', 1)
    )
    html = _BODY.sub(lambda body: body[0] + shell.top, html.replace("<head>", f"<head>{shell.head}", 1), count=1)
    html = html.replace("</body>", f"{shell.bottom}</body>", 1)
    return html.replace("<script", f'<script nonce="{nonce}"')
