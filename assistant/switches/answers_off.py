"""Where answers are switched off, programs are told so; search and the texts themselves stay."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import ProblemType, problem
from assistant.operations.request import note_route
from assistant.switches.operation import Operation
from assistant.switches.state import Channel

# What gives answers, by its path. The chat page and the console say it in words of their own.
ANSWERING: Mapping[str, Channel] = {
    "/v1/ask": Channel.API,
    "/v1/chat/completions": Channel.API,
    "/v1/guide": Channel.WIDGET,
    "/compare": Channel.CHAT,
}
ANSWERS_OFF = ProblemType(503, "answers-off", "回答功能已暂停 · Answers are switched off")
_DETAIL = (
    "运维人员暂停了这里的自动回答；检索（/v1/search）和文件原文（/v1/documents）照常可用，请稍后再试。"
    "The operator has switched answers off here; search (/v1/search) and the documents (/v1/documents) stay available. "
    "Try again later."
)
_HEADERS = {"Retry-After": "60", "X-Problem": ANSWERS_OFF.slug}  # the latter for the page that a person is shown


class AnswersOff:
    """ASGI layer that answers 503 for what is switched off."""

    def __init__(self, app: ASGIApp, operation: Operation) -> None:
        self._app = app
        self._operation = operation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        channel = ANSWERING.get(scope["path"].rstrip("/")) if scope["type"] == "http" else None
        if channel and self._operation.is_off(channel):
            note_route(scope, scope["path"].rstrip("/"))
            await problem(ANSWERS_OFF, _DETAIL, headers=_HEADERS)(scope, receive, send)
            return
        await self._app(scope, receive, send)
