"""The operator's notice on every page: put in as the page leaves, so that no page can be without it.

The chat page, which stays open for long, is told by a header of every answer which notice holds, and fetches it.
"""

import re

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.messages import Messages
from assistant.switches.operation import Operation
from ui.page.languages import RequestedLanguage
from ui.page.problems import language_of
from ui.page.templates import render

NOTICE_PATH = "/notice"
_HEADER = b"policyqa-notice"
_NONE = "none"
_BODY = re.compile(rb"<body\b[^>]*>")
_NO_STORE = {"Cache-Control": "no-store"}


def notice_page(operation: Operation) -> APIRouter:
    """`/notice`: the notice as a piece of HTML, nothing where there is none; not part of the API."""
    router = APIRouter(include_in_schema=False)

    @router.get(NOTICE_PATH)
    async def notice(words: RequestedLanguage) -> HTMLResponse:
        return HTMLResponse(notice_html(operation, words), headers=_NO_STORE)

    return router


def notice_html(operation: Operation, words: Messages) -> str:
    """The notice for a page in this language; empty where there is none."""
    notice = operation.notice()
    if notice is None:
        return ""
    text, code = notice.in_language(words.code)
    return render("operation/notice.html", words, notice=notice, text=text, chinese=code == "zh")


class NoticeOnPages:
    """ASGI layer that puts the notice at the top of every page, and its key into the headers of what a page asks."""

    def __init__(self, app: ASGIApp, operation: Operation) -> None:
        self._app = app
        self._operation = operation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] == "HEAD":
            await self._app(scope, receive, send)
            return
        notice = self._operation.notice()
        key = (notice.key if notice else _NONE).encode()
        html = notice_html(self._operation, language_of(scope)) if notice else ""
        start: Message | None = None
        body = bytearray()

        async def watch(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if html and _is_page(message):
                    start = message
                    return
                if scope["method"] == "POST":
                    message = {**message, "headers": [*message["headers"], (_HEADER, key)]}
            elif start is not None and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if message.get("more_body", False):
                    return
                page = _BODY.sub(lambda found: found[0] + html.encode(), bytes(body), count=1)
                kept = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
                await send({**start, "headers": [*kept, (b"content-length", str(len(page)).encode())]})
                message = {**message, "body": page}
            await send(message)

        await self._app(scope, receive, watch)


def _is_page(start: Message) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in start["headers"])
