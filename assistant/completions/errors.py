"""Errors in the form that OpenAI's clients read: `{"error": {"message", "type", "param", "code"}}`.

Every problem of these two paths leaves so, from whatever layer it comes: keys, limits, sizes, switches.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import is_problem

COMPLETIONS, MODELS = "/v1/chat/completions", "/v1/models"
_PATHS = (COMPLETIONS, MODELS)
_BAD_INPUT, _BAD_REQUEST = 422, 400  # what OpenAI's clients know as a BadRequestError
_MOST_TOLD = 3  # fields that are named at once
Kind = Literal["invalid_request_error", "authentication_error", "permission_error", "rate_limit_error", "server_error"]
_KINDS: Mapping[int, Kind] = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


class ErrorOut(BaseModel):
    """One error in OpenAI's form."""

    message: str = Field(description="出了什么问题，怎样改正 · what is wrong and how to fix it")
    type: Kind
    param: str | None = Field(description="有误的一项 · the field that is wrong")
    code: str = Field(description="问题的种类 · which problem it is", examples=["unsupported_parameter"])


class ErrorBodyOut(BaseModel):
    """What is answered in place of a completion."""

    error: ErrorOut


class OpenAIErrors:
    """ASGI layer that says the problems of `app` in OpenAI's form, on the paths of that form alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].rstrip("/") not in _PATHS:
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = bytearray()

        async def watch(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and is_problem(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body.extend(message.get("body", b""))

        await self._app(scope, receive, watch)
        if start is not None:
            await _send_error(start, bytes(body), send)


async def _send_error(start: Message, body: bytes, send: Send) -> None:
    """The problem in the other form; the headers stay, for they say when to come back and which key is wanted."""
    status = _BAD_REQUEST if start["status"] == _BAD_INPUT else start["status"]
    written = json.dumps({"error": error_of(json.loads(body), status)}, ensure_ascii=False).encode() if body else b""
    start = {**start, "status": status, "headers": list(start["headers"])}
    headers = MutableHeaders(scope=start)
    headers["content-type"], headers["content-length"] = "application/json", str(len(written))
    await send(start)
    await send({"type": "http.response.body", "body": written})


def error_of(problem: Mapping[str, Any], status: int) -> dict[str, Any]:
    """The members of OpenAI's error for a problem."""
    wrong: Sequence[Mapping[str, str]] = problem.get("errors", ())
    said = [f"{one['field']}：{one['message']}" for one in wrong[:_MOST_TOLD]] or [problem["detail"]]
    code = problem["type"].rpartition(":")[2].replace("-", "_")
    kind = _KINDS.get(status, "server_error" if status >= 500 else "invalid_request_error")
    param = wrong[0]["field"] if wrong else None
    return ErrorOut(message=f"{problem['title']}。{' '.join(said)}", type=kind, param=param, code=code).model_dump()
