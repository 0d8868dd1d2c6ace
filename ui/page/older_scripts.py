r"""Gradio's scripts as browsers of the last five years can read them.

Safari before 16.4 knows no lookbehind in a regular expression, and a script that holds one is refused as a whole; one
that every page of Gradio's starts from looks for `(?<!\w)_`. As `_` is itself a character of a word, `\b_` says the
same. What stands in its place is as long, so that nothing else about the file changes.
"""

import re
from functools import lru_cache
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.page.gradio import gradio

ASSETS = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"
_SCRIPT = re.compile(r"/assets/([\w-]+\.js)$")
_YOUNG, _OLDER = rb"(?<!\w)_", rb"(?=_)\b_"


class OlderScripts:
    """ASGI app that serves the scripts of `pages` without that lookbehind, and everything else as it comes.

    The scripts lie in `folder`. One that is rewritten is sent as it is written, not compressed.
    """

    def __init__(self, pages: ASGIApp, folder: Path = ASSETS) -> None:
        self._pages = pages
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        script = _SCRIPT.search(scope["path"]) if scope["type"] == "http" else None
        if script and _is_young(self._folder / script[1]):
            headers = [pair for pair in scope["headers"] if pair[0] not in (b"accept-encoding", b"range")]
            scope, send = {**scope, "headers": headers}, _Rewriting(send)
        await self._pages(scope, receive, send)


@lru_cache(1024)
def _is_young(script: Path) -> bool:
    return script.is_file() and _YOUNG in script.read_bytes()


class _Rewriting:
    """A `send` that keeps back the end of each piece where the lookbehind may have begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._kept = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.body":
            text = (self._kept + message.get("body", b"")).replace(_YOUNG, _OLDER)
            end = len(text) - (len(_YOUNG) - 1) if message.get("more_body", False) else len(text)
            self._kept = text[max(0, end) :]
            message = {**message, "body": text[: max(0, end)]}
        await self._send(message)
