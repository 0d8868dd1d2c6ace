"""Refuse JSON that spells what cannot be written as text."""

import json
import re

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import unreadable_body
from assistant.operations.replay import replay
from assistant.question.limits import has_lone_surrogates

_MAYBE_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class ReadableBody:
    """ASGI layer that answers 422 to a JSON body with a lone surrogate, for apps that would fail on it.

    Stands inside BodyLimit: what it receives first is the whole body. What is not JSON is the app's to refuse.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        message = await receive()
        if _is_unreadable(message.get("body", b"")):
            await unreadable_body()(scope, receive, send)
            return
        await self._app(scope, replay(message, receive), send)


def _is_unreadable(body: bytes) -> bool:
    if not _MAYBE_SURROGATE.search(body):
        return False
    try:
        return has_lone_surrogates(json.dumps(json.loads(body), ensure_ascii=False))
    except (ValueError, RecursionError):
        return False
