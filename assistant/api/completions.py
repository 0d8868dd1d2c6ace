"""`POST /v1/chat/completions` and `GET /v1/models`: for programs written for OpenAI's API.

messages → unusable? → question + history → Assistant.ask, as /v1/ask → ChatCompletionOut → JSON, or events
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Request, Response
from pydantic import BaseModel, Field

from assistant.answer import Answer
from assistant.api.links import origin
from assistant.api.problems import problem
from assistant.api.requests import QUESTION_EN, QUESTION_ZH
from assistant.completions.completion import ChatCompletionOut, completion
from assistant.completions.conversation import conversation
from assistant.completions.errors import COMPLETIONS, MODELS, ErrorBodyOut
from assistant.completions.request import MODEL, ChatCompletionRequest
from assistant.completions.stream import HEADERS, MEDIA_TYPE, stream
from assistant.completions.subset import unusable
from assistant.question.limits import RequestLimits, check_list
from assistant.service import Assistant, Turn

_EVENT: Any = {
    "type": "object",
    "description": "一个事件，data 是 JSON；最后是 [DONE] · one event, its data in JSON; at the end [DONE]",
    "properties": {"data": {"type": "string"}},
    "required": ["data"],
}
_STREAM: Any = {200: {"content": {MEDIA_TYPE: {"schema": _EVENT}}}}
_ERROR: Any = {"model": ErrorBodyOut, "description": "错误 · Error"}
_ERRORS: dict[int | str, Any] = {"4XX": _ERROR, "5XX": _ERROR}
_EXAMPLES: Any = {
    "中文": {
        "summary": "中文提问",
        "value": {"model": MODEL, "messages": [{"role": "user", "content": QUESTION_ZH}]},
    },
    "English": {
        "summary": "A question in English, streamed",
        "value": {"model": MODEL, "messages": [{"role": "user", "content": QUESTION_EN}], "stream": True},
    },
}


class ModelOut(BaseModel):
    """The one model that there is."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = Field(description="现用版本发布的时间（Unix 秒），未发布过为 0 · when it was published; 0: never")
    owned_by: str = MODEL


class ModelList(BaseModel):
    """All models."""

    object: Literal["list"] = "list"
    data: list[ModelOut]


def completion_routes(
    assistant: Assistant, on_answer: Callable[[Answer, Sequence[Turn]], None], limits: RequestLimits
) -> APIRouter:
    """The routes over one assistant; `on_answer` is called with every answer and the turns before it."""
    router = APIRouter(tags=["OpenAI"], responses=_ERRORS)

    @router.post(
        COMPLETIONS,
        summary="OpenAI 形式的提问 · Ask in OpenAI's form",
        responses=_STREAM,
        response_model=ChatCompletionOut,
    )
    def complete(
        asked: Annotated[ChatCompletionRequest, Body(openapi_examples=_EXAMPLES)], request: Request
    ) -> Response:
        """回答最后一条 user 消息，引用在 `citations`；不支持的项写明名称退回，采样参数不起作用。

        Answers the last message of the user, with what it cites in `citations`. What would change the answer and is
        not supported is refused by name; what steers a language model changes nothing. Errors are in OpenAI's form.
        """
        if wrong := unusable(asked):
            return problem(wrong.type, wrong.detail, [{"field": wrong.param, "message": wrong.detail}])
        said = conversation(asked.messages, limits)
        check_list("jurisdiction", asked.jurisdiction, limits.max_limit)
        check_list("documents", asked.documents, limits.max_limit)
        answer = assistant.recent.ask(
            said.question, history=said.history, jurisdiction=asked.jurisdiction, documents=asked.documents
        )
        on_answer(answer, said.history)
        site = origin(request) + assistant.settings.root_path
        done = completion(answer, assistant.corpus, site, int(assistant.channels.now().timestamp()))
        if not asked.stream:
            return Response(done.model_dump_json(), media_type="application/json")
        include_usage = bool(asked.stream_options and asked.stream_options.include_usage)
        return Response(stream(done, include_usage=include_usage), media_type=MEDIA_TYPE, headers=HEADERS)

    @router.get(MODELS, summary="模型列表 · List models")
    async def models() -> ModelList:
        """只有一个，名为 policyqa；它不是语言模型。There is one, policyqa; it is no language model."""
        published = assistant.published
        since = datetime.fromisoformat(published.manifest.created).timestamp() if published else 0
        return ModelList(data=[ModelOut(created=int(since))])

    return router
