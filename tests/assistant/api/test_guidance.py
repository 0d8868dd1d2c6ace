"""Forms and help for their fields over HTTP."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.answer import Answer
from assistant.api.guidance import guidance_routes
from assistant.service import Assistant, Turn
from tests.api_app import make_app

SCOPE = {"form": "open-a-company", "field": "business-scope"}


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(make_app(assistant), raise_server_exceptions=False) as client:
        yield client


def _help(client: TestClient, **asked: Any) -> dict[str, Any]:  # noqa: ANN401  (JSON)
    response = client.post("/v1/guide", json=asked)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_forms_are_listed_and_one_gives_its_fields(client: TestClient, assistant: Assistant) -> None:
    listed = client.get("/v1/forms").json()["forms"]
    assert [one["id"] for one in listed] == [form.id for form in assistant.services.forms]
    form = client.get("/v1/forms/open-a-company").json()
    assert len(form["fields"]) == 40
    assert (form["place"], form["checked"]) == (["哈尔滨"], "2026-11-30")
    assert client.get("/v1/forms/none-such").status_code == 404


def test_a_corpus_without_records_has_no_forms(second_assistant: Assistant) -> None:
    with TestClient(make_app(second_assistant)) as client:
        assert client.get("/v1/forms").json() == {"forms": []}


def test_a_mapped_field_gives_tip_and_quote_apart(client: TestClient, assistant: Assistant) -> None:
    found = _help(client, **SCOPE)
    assert (found["guessed"], found["notice"], found["answer"], found["answered_here"]) == (False, "", None, None)
    assert found["tip"]["source"] == "随附示例，由使用单位核对"
    (clause,) = found["clauses"]
    (quote,) = clause["quotes"]
    text = assistant.corpus.document("harbin-66").text
    assert text[quote["start"] : quote["end"]] == quote["quote"]
    assert (clause["jurisdiction"], clause["places"]) == (["哈尔滨"], "哈尔滨")
    assert quote["validity"]["status"] == "未注明"


def test_english_help_gives_tip_name_and_address_in_english_and_the_quote_as_it_is(client: TestClient) -> None:
    found = _help(client, **SCOPE, language="en")
    assert found["label"] == "Business scope"
    assert found["clauses"][0]["places"] == "Harbin"
    assert found["clauses"][0]["quotes"][0]["quote"].startswith("推行特殊行业")
    assert "Measure" in found["clauses"][0]["quotes"][0]["label"] or "5" in found["clauses"][0]["quotes"][0]["label"]


def test_a_guess_says_so_and_silence_says_so_too(client: TestClient) -> None:
    guessed = _help(client, label="首贷贴息", place=["合肥"])
    assert (guessed["guessed"], guessed["form"], guessed["tip"]) == (True, None, None)
    assert "没有人核对" in guessed["notice"]
    silent = _help(client, label="姓名")
    assert (silent["guessed"], silent["clauses"]) == (False, [])
    assert "没有查到" in silent["notice"]
    mapped = _help(client, form="open-a-company", field="trade-name")
    assert "没有写这一栏" in mapped["notice"]


def test_a_question_is_answered_here_or_not(client: TestClient) -> None:
    here = _help(client, **SCOPE, question="能和许可证一起办吗？")
    assert here["answered_here"] is True
    assert here["answer"]["citations"][0]["clause_id"] == "harbin-66:5"
    there = _help(client, **SCOPE, question="房贷还清了怎么注销抵押")
    assert (there["answered_here"], there["answer"]) == (False, None)


def test_answers_that_are_given_are_told_and_no_others(assistant: Assistant) -> None:
    told: list[str] = []

    def on_answer(answer: Answer, history: Sequence[Turn]) -> None:
        told.append(answer.question)
        assert not history

    app = FastAPI()
    app.include_router(guidance_routes(assistant, on_answer))
    with TestClient(app) as client:
        _help(client, **SCOPE)
        _help(client, **SCOPE, question="房贷还清了怎么注销抵押")
        _help(client, **SCOPE, question="要什么材料")
    assert told == ["要什么材料"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "label"),
        ({"form": "none-such", "field": "x"}, "label"),
        ({"label": "  "}, "label"),
        ({"label": "甲" * 2001}, "label"),
        ({"label": "甲", "section": "甲" * 2001}, "section"),
        ({"label": "甲", "options": ["乙"] * 101}, "options"),
        ({"label": "甲", "options": ["乙" * 200] * 100}, "options"),
        ({"label": "甲", "place": ["火星"]}, "place[0]"),
        ({"label": "甲", "question": " "}, "question"),
        ({"label": "甲", "question": "问" * 2001}, "question"),
        ({"label": "甲", "title": "乙"}, "title"),
    ],
)
def test_what_cannot_be_helped_is_refused_with_the_field_named(
    client: TestClient, asked: dict[str, Any], field: str
) -> None:
    response = client.post("/v1/guide", json=asked)
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_half_a_character_is_refused(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.post("/v1/guide", content=b'{"label": "\\ud800"}', headers=headers)
    assert response.status_code == 422


def test_markup_in_a_label_comes_back_as_the_text_it_is(client: TestClient) -> None:
    label = "<img src=x onerror=alert(1)>"
    response = client.post("/v1/guide", json={"label": label})
    assert response.headers["content-type"] == "application/json"
    assert response.json()["label"] == label
