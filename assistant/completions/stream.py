"""A chat completion as server-sent events.

An answer is checked as a whole before its first word leaves, and is made in milliseconds: its events leave together, a
line of the text each. The last chunk of the message holds `citations`; it has a choice like any other, because clients
as people write them read the first choice of every chunk.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from assistant.completions.completion import ChatCompletionOut

MEDIA_TYPE = "text/event-stream"
_LINE = re.compile(r"[^\n]+\n*|\n+")  # with the empty lines below it
HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
# Line separators to some readers of lines, and inside a JSON string allowed as they are.
_SEPARATORS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}


def stream(completion: ChatCompletionOut, *, include_usage: bool) -> str:
    """All events, to the last, `[DONE]`; with `include_usage` every chunk has `usage`, null in all but the last."""
    events = [_json(chunk) for chunk in _chunks(completion, include_usage=include_usage)]
    return "".join(f"data: {event}\n\n" for event in (*events, "[DONE]"))


def _chunks(completion: ChatCompletionOut, *, include_usage: bool) -> Iterator[dict[str, Any]]:
    whole = completion.model_dump(mode="json")
    ours = {name: whole.pop(name) for name in ("citations", "status", "reason")}
    usage, _ = whole.pop("usage"), whole.pop("choices")
    head = {**whole, "object": "chat.completion.chunk"} | ({"usage": None} if include_usage else {})

    def chunk(delta: dict[str, str], finish_reason: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return {**head, "choices": [choice]}

    yield chunk({"role": "assistant", "content": ""})
    for line in _LINE.findall(completion.content):
        yield chunk({"content": line})
    yield chunk({}, completion.choices[0].finish_reason) | ours
    if include_usage:
        yield {**head, "choices": [], "usage": usage}


def _json(chunk: dict[str, Any]) -> str:
    return json.dumps(chunk, ensure_ascii=False).translate(_SEPARATORS)
