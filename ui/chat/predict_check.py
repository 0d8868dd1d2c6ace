"""What the browser may call Gradio with; anything else is refused before Gradio sees it.

Gradio writes a call that it cannot use into the log, with a traceback: a stranger could fill the log, and what somebody
typed would stand in it.
"""

from collections.abc import Collection, Mapping
from typing import Annotated

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import PROBLEMS, problem
from assistant.question.limits import check_text
from corpus.errors import InputError

_INVALID = "不是网页会发的内容，请重新打开网页。This is not what the page sends; open the page anew."


class _Call(BaseModel):
    """A call as Gradio's script in the browser makes it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    fn_index: int
    data: list[str | None]
    session_hash: Annotated[str, Field(pattern=r"^[0-9a-z]{1,64}$")]
    trigger_id: int | None = None
    event_data: None = None


class PredictCheck:
    """ASGI layer that answers 422 to a call of no function of the page, or with other values than it may be given.

    `inputs` says of each function, by its number, what it takes (see `inputs_of`). Stands inside BodyLimit: what it
    receives first is the whole body. Nothing that was sent is repeated or logged.
    """

    def __init__(
        self, app: ASGIApp, inputs: Mapping[int, tuple[str, ...]], places: Collection[str], max_question: int
    ) -> None:
        self._app = app
        self._inputs = inputs
        self._places = ("", *places)
        self._max_question = max_question

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        body = (await receive()).get("body", b"")
        try:
            call = self._checked(body)
        except InputError as error:
            errors = [{"field": error.field or "body", "message": str(error)}]
            await problem(PROBLEMS[InputError], str(error), errors)(scope, receive, send)
            return
        await self._app(*_with_body(call.model_dump_json().encode(), scope, receive), send)

    def _checked(self, body: bytes) -> _Call:
        """Raises InputError, which names the field and never its value."""
        try:
            call = _Call.model_validate_json(body)
        except ValidationError:
            raise InputError(_INVALID, "body") from None
        inputs = self._inputs.get(call.fn_index)
        if inputs is None or len(call.data) != len(inputs):
            raise InputError(_INVALID, "fn_index" if inputs is None else "data")
        for position, (kind, value) in enumerate(zip(inputs, call.data, strict=True)):
            if value is None or (kind == "radio" and value not in self._places):
                raise InputError(_INVALID, f"data[{position}]")
            check_text("question", value, self._max_question)
        return call


def inputs_of(page: gr.Blocks) -> Mapping[int, tuple[str, ...]]:
    """The functions of a page by number, each with the kinds of component that its arguments come from."""
    return {number: tuple(one.get_block_name() for one in function.inputs) for number, function in page.fns.items()}


def _with_body(body: bytes, scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
    """The request with this body instead; what follows the body can only be that the client leaves."""
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"content-length"]
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replaying() -> Message:
        return waiting.pop() if waiting else await receive()

    return {**scope, "headers": [*headers, (b"content-length", str(len(body)).encode())]}, replaying
