"""What of OpenAI's request is supported: a declared subset.

A field that would change what is answered, and is not supported, is refused by its name; one that nobody has declared
too, as nobody knows what it would change. Fields that steer how a language model draws its words are passed over: none
draws any here. So is `max_tokens`: an answer is never cut, because half a quote is not the text's own words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.api.problems import ProblemType
from assistant.completions.request import MODEL, ChatCompletionRequest, ChatMessage

_UNSUPPORTED = ProblemType(400, "unsupported-parameter", "不支持这一项 · Unsupported parameter")
_UNKNOWN = ProblemType(400, "unknown-parameter", "没有这一项 · Unknown parameter")
_NO_MODEL = ProblemType(404, "model-not-found", "没有这个模型 · No such model")
_LONGEST_NAME = 60  # characters of a name that is repeated

# They steer a language model, or say something about the request that changes no answer.
_DRAWING = ("temperature", "top_p", "top_k", "min_p", "seed", "logit_bias", "prediction")
_PENALTIES = ("frequency_penalty", "presence_penalty", "repetition_penalty")
_LENGTH = ("max_tokens", "max_completion_tokens", "reasoning_effort", "verbosity")
_ABOUT = ("user", "metadata", "store", "service_tier", "safety_identifier", "parallel_tool_calls")
_CACHE = ("prompt_cache_key", "prompt_cache_options", "prompt_cache_retention")
PASSED_OVER = frozenset((*_DRAWING, *_PENALTIES, *_LENGTH, *_ABOUT, *_CACHE))


@dataclass(frozen=True, slots=True)
class _Unsupported:
    """Why a field is not supported, in both languages; the values of it that ask for nothing are borne."""

    zh: str
    en: str
    borne: Sequence[object] = ()


_TOOLS = ("这里不调用工具", "No tools are called here")
_TEXT = ("回答只有文字", "Answers are text alone")
_PROBABILITIES = ("没有语言模型，也就没有概率", "There is no language model, and so no probabilities")
UNSUPPORTED: Mapping[str, _Unsupported] = {
    "tools": _Unsupported(*_TOOLS, ([],)),
    "tool_choice": _Unsupported(*_TOOLS, ("none", "auto")),
    "functions": _Unsupported(*_TOOLS, ([],)),
    "function_call": _Unsupported(*_TOOLS, ("none", "auto")),
    "n": _Unsupported("一个问题只有一个答案", "A question has one answer", (1,)),
    "response_format": _Unsupported(
        "回答是文字，依据在 citations 里", "Answers are text, with their evidence in citations", ({"type": "text"},)
    ),
    "logprobs": _Unsupported(*_PROBABILITIES, (False,)),
    "top_logprobs": _Unsupported(*_PROBABILITIES, (0,)),
    "modalities": _Unsupported(*_TEXT, (["text"],)),
    "audio": _Unsupported(*_TEXT),
    "stop": _Unsupported("引文不截断", "Quotes are not cut", ("", [])),
    "web_search_options": _Unsupported("只查收录的文件，不上网", "Only the documents held here are searched"),
    "moderation": _Unsupported("这里不作内容审查", "Nothing is moderated here"),
}
_OF_MESSAGES: Mapping[str, _Unsupported] = {
    "tool_calls": _Unsupported(*_TOOLS, ([],)),
    "function_call": _Unsupported(*_TOOLS),
    "audio": _Unsupported(*_TEXT),
}


@dataclass(frozen=True, slots=True)
class Unusable:
    """A field that cannot be used: what kind of problem it is, its name, and what to do."""

    type: ProblemType
    param: str
    detail: str


def unusable(request: ChatCompletionRequest) -> Unusable | None:
    """The first field that cannot be used; None where the whole request can."""
    return next(_unusable(request), None)


def _unusable(request: ChatCompletionRequest) -> Iterator[Unusable]:
    if request.model != MODEL:
        name = request.model[:_LONGEST_NAME]
        yield Unusable(_NO_MODEL, "model", f"没有模型“{name}”，请用 {MODEL}。There is no model '{name}'; use {MODEL}.")
    for name, value in (request.model_extra or {}).items():
        if value is not None and name not in UNSUPPORTED and name not in PASSED_OVER:
            yield _unknown(name[:_LONGEST_NAME])
        yield from _refused(UNSUPPORTED, name, value, name)
    for at, message in enumerate(request.messages):
        yield from _unusable_in(message, f"messages[{at}]")


def _unusable_in(message: ChatMessage, place: str) -> Iterator[Unusable]:
    for name, value in (message.model_extra or {}).items():
        yield from _refused(_OF_MESSAGES, name, value, f"{place}.{name}")
    for at, part in enumerate(message.content):
        if part.type != "text" or part.text is None:
            kind = part.type[:_LONGEST_NAME]
            detail = (
                f"只支持 type 为 text 的内容，并写明 text；这一段是 {kind}。"
                f"Only parts of type text, with their text, are supported; this one is {kind}."
            )
            yield Unusable(_UNSUPPORTED, f"{place}.content[{at}]", detail)


def _refused(table: Mapping[str, _Unsupported], name: str, value: object, param: str) -> Iterator[Unusable]:
    known = table.get(name)
    if known and value is not None and value not in known.borne:
        yield Unusable(_UNSUPPORTED, param, f"{known.zh}，请删去。{known.en}; remove it.")


def _unknown(name: str) -> Unusable:
    return Unusable(_UNKNOWN, name, "请删去；有哪些项见 /openapi.json。Remove it; see /openapi.json for what there is.")
