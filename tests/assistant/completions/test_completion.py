"""Every mark of the content is a citation, the nth of the list; links lead to the quote; a stream says the same."""

import json
from dataclasses import replace
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.completions.completion import ChatCompletionOut, completion
from assistant.completions.stream import stream
from assistant.service import Assistant

QUESTIONS = (
    "怎么注销抵押",
    "how do I get first-loan support",
    "有哪些金融方面的政策",
    "怎么养猫",
    "你好",
    "有人要跳楼",
)
SITE = "https://policy.example.gov.cn/policy"


def of(answer: Answer, assistant: Assistant) -> ChatCompletionOut:
    return completion(answer, assistant.corpus, SITE, created=1)


def events(said: str) -> list[Any]:
    lines = [line for line in said.splitlines() if line]
    assert all(line.startswith("data: ") for line in lines)
    assert lines[-1] == "data: [DONE]"
    return [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_stays_what_it_is(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    done = of(answer, assistant)
    assert (done.id, done.content, done.status, done.reason) == (answer.id, answer.text, answer.status, answer.reason)
    cited = json.loads(done.model_dump_json(exclude={"citations": {"__all__": {"link"}}}))["citations"]
    assert cited == json.loads(json.dumps(answer.to_dict()["citations"]))


def test_citations_are_numbered_by_their_place_in_the_list(assistant: Assistant) -> None:
    answer = assistant.ask("有哪些金融方面的政策")
    assert len(answer.citations) > 1
    skipped = tuple(replace(one, number=one.number * 3) for one in reversed(answer.citations))
    text = answer.text
    for one in answer.citations[::-1]:
        text = text.replace(f"[{one.number}]", f"[{one.number * 3}]")
    again = of(replace(answer, citations=skipped, text=text), assistant)
    assert (again.content, again.citations) == (answer.text, of(answer, assistant).citations)


def test_a_link_leads_to_the_quote_in_the_language_of_the_answer(assistant: Assistant) -> None:
    chinese, english = (of(assistant.ask(question), assistant).citations[0] for question in QUESTIONS[:2])
    assert chinese.link == f"{SITE}/clause/harbin-66:11?quote={chinese.start}-{chinese.end}"
    assert english.link == f"{SITE}/clause/{english.part_id}?quote={english.start}-{english.end}&lang=en"


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("include_usage", [False, True])
def test_a_stream_says_the_same_with_its_citations_in_one_event(
    assistant: Assistant, question: str, include_usage: bool
) -> None:
    done = of(assistant.ask(question), assistant)
    chunks = events(stream(done, include_usage=include_usage))
    assert {(one["id"], one["object"], one["created"]) for one in chunks} == {(done.id, "chat.completion.chunk", 1)}
    deltas = [choice["delta"] for one in chunks for choice in one["choices"]]
    assert deltas[0]["role"] == "assistant"
    assert "".join(delta.get("content", "") for delta in deltas) == done.content
    (last,) = [one for one in chunks if "citations" in one]
    assert last["citations"] == done.model_dump(mode="json")["citations"]
    assert [one["choices"][0]["finish_reason"] for one in chunks if one["choices"]][-2:] == [None, "stop"]
    usages = [one["usage"] for one in chunks if "usage" in one]
    none = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    assert usages == ([None] * (len(chunks) - 1) + [none] if include_usage else [])
    assert [one for one in chunks if not one["choices"]] == (chunks[-1:] if include_usage else [])


def test_whatever_stands_in_a_text_a_stream_is_one_line_an_event(assistant: Assistant) -> None:
    answer = replace(assistant.ask("你好"), text="一\u2028二\x85三\x0b四\r五\n\n\n六")
    said = stream(of(answer, assistant), include_usage=False)
    assert (
        "".join(choice["delta"].get("content", "") for one in events(said) for choice in one["choices"]) == answer.text
    )
