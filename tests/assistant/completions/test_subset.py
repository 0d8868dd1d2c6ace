"""What is not supported is refused by its name; what changes no answer is passed over."""

from typing import Any

import pytest

from assistant.completions.request import MODEL, ChatCompletionRequest
from assistant.completions.subset import PASSED_OVER, UNSUPPORTED, Unusable, unusable

ASKED = {"model": MODEL, "messages": [{"role": "user", "content": "怎么申请首贷"}]}
ASKING = {
    "tools": [{"type": "function", "function": {"name": "f"}}],
    "tool_choice": "required",
    "functions": [{"name": "f"}],
    "function_call": {"name": "f"},
    "n": 2,
    "response_format": {"type": "json_object"},
    "logprobs": True,
    "top_logprobs": 3,
    "modalities": ["text", "audio"],
    "audio": {"voice": "alloy", "format": "mp3"},
    "stop": ["\n"],
    "web_search_options": {},
    "moderation": {"model": "m"},
}


def refused(**fields: Any) -> Unusable | None:  # noqa: ANN401  (whatever JSON holds)
    return unusable(ChatCompletionRequest.model_validate({**ASKED, **fields}))


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_what_would_change_the_answer_is_refused_by_its_name(name: str) -> None:
    wrong = refused(temperature=0, **{name: ASKING[name]})
    assert wrong is not None
    assert (wrong.type.status, wrong.type.slug, wrong.param) == (400, "unsupported-parameter", name)
    assert "请删去。" in wrong.detail
    assert "remove it." in wrong.detail


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_what_asks_for_nothing_is_borne(name: str) -> None:
    for value in (None, *UNSUPPORTED[name].borne):
        assert refused(**{name: value}) is None


@pytest.mark.parametrize("name", sorted(PASSED_OVER))
def test_what_steers_a_language_model_is_passed_over(name: str) -> None:
    for value in (0, 0.7, {"a": 1}, "low", None):
        assert refused(**{name: value}) is None


def test_what_nobody_has_declared_is_refused_too() -> None:
    wrong = refused(guided_json={"type": "object"})
    assert wrong is not None
    assert (wrong.type.slug, wrong.param) == ("unknown-parameter", "guided_json")
    assert len(refused(**{"x" * 9000: 1}).param) <= 60  # type: ignore[union-attr]


def test_there_is_one_model() -> None:
    wrong = refused(model="gpt-4o")
    assert wrong is not None
    assert (wrong.type.status, wrong.type.slug, wrong.param) == (404, "model-not-found", "model")
    assert "policyqa" in wrong.detail


@pytest.mark.parametrize(
    ("message", "param"),
    [
        ({"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}, "messages[0].content[0]"),
        (
            {"role": "user", "content": [{"type": "text", "text": "看图"}, {"type": "input_audio"}]},
            "messages[0].content[1]",
        ),
        ({"role": "user", "content": [{"type": "text"}]}, "messages[0].content[0]"),
        ({"role": "assistant", "tool_calls": [{"id": "1"}]}, "messages[0].tool_calls"),
        ({"role": "assistant", "content": "好", "function_call": {"name": "f"}}, "messages[0].function_call"),
        ({"role": "assistant", "audio": {"id": "a"}}, "messages[0].audio"),
    ],
)
def test_what_a_message_holds_beside_text_is_refused_where_it_stands(message: dict[str, Any], param: str) -> None:
    wrong = refused(messages=[message])
    assert wrong is not None
    assert (wrong.type.slug, wrong.param) == ("unsupported-parameter", param)


def test_a_message_as_the_client_dumps_it_is_taken_back() -> None:
    dumped: dict[str, Any] = {
        "role": "assistant",
        "content": "好",
        "refusal": None,
        "audio": None,
        "tool_calls": None,
        "annotations": [],
    }
    assert refused(messages=[dumped, {"role": "user", "name": "王", "content": "首贷"}]) is None
