"""What is posted as a chat completion, for FastAPI to check and to describe; what of it is not supported: subset.py."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from assistant.api.requests import QUESTION_ZH, Documents, Places, Text

MODEL = "policyqa"  # the one name of a model that there is


class _Sent(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)  # what is not declared: subset.py


class ContentPart(_Sent):
    """One part of a message that is not a plain text."""

    type: str = Field(examples=["text"])
    text: Text | None = None


def _as_parts(content: object) -> object:
    """A plain text as the one part that it is; a message without content has none."""
    if content is None:
        return []
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


_CONTENT: dict[str, Any] = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"type": {"type": "string", "const": "text"}, "text": {"type": "string"}},
                "required": ["type", "text"],
            },
        },
        {"type": "null"},
    ],
    "description": "文字，或 type 为 text 的各段 · a text, or parts of type text",
}


class ChatMessage(_Sent):
    """What one side has said; whatever else the object holds is passed over."""

    role: Literal["system", "developer", "user", "assistant"] = Field(
        description="system 和 developer 的内容不起作用 · those of system and developer change nothing"
    )
    content: Annotated[list[ContentPart], BeforeValidator(_as_parts), WithJsonSchema(_CONTENT)] = []

    @property
    def text(self) -> str:
        """The text of its parts, one below the other."""
        return "\n".join(part.text or "" for part in self.content)


class StreamOptions(_Sent):
    """How a stream is sent."""

    include_usage: bool | None = Field(default=None, description="末尾加一个 usage 事件 · add an event with `usage`")


class ChatCompletionRequest(_Sent):
    """A conversation whose last message is the question."""

    model: Text = Field(description=f"只有 {MODEL} · {MODEL} is the only one", examples=[MODEL])
    messages: list[ChatMessage] = Field(
        description="最后一条 user 是问题，此前的 user 和 assistant 是对话历史 · the last one, of the user, is the "
        "question; those of user and assistant before it are its history",
        examples=[[{"role": "user", "content": QUESTION_ZH}]],
    )
    stream: bool | None = Field(default=None, description="以事件流返回 · answer as server-sent events")
    stream_options: StreamOptions | None = None
    jurisdiction: Places = []
    documents: Documents = []
