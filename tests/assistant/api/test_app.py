"""The HTTP API over the shipped documents: what it says is what the Assistant says."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.service import Assistant, Turn
from index.retriever import Hit
from tests.api_app import make_app

ANSWER_ID = "0123456789abcdef" * 2
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(make_app(assistant), raise_server_exceptions=False) as client:
        yield client


def _lasting(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what differs from call to call."""
    return {name: value for name, value in answer.items() if name not in {"id", "timings_ms"}}


@pytest.mark.parametrize("question", ["怎么申请首贷", "how do I get first-loan support", "明天天气怎么样？"])
def test_ask_gives_the_answer_of_the_assistant(client: TestClient, assistant: Assistant, question: str) -> None:
    response = client.post("/v1/ask", json={"question": question})
    assert response.status_code == 200
    said = json.loads(json.dumps(assistant.ask(question).to_dict()))
    assert list(response.json()) == list(said)
    assert _lasting(response.json()) == _lasting(said)


def test_ask_hands_history_and_filters_on(client: TestClient, assistant: Assistant) -> None:
    history = [{"role": "user", "content": "怎么申请首贷"}, {"role": "assistant", "content": "可以走首贷专区。"}]
    asked = {
        "question": "那贴息呢？",
        "history": history,
        "jurisdiction": ["安徽"],
        "documents": ["anhui-2023-4"],
        "limit": 2,
    }
    answer = client.post("/v1/ask", json=asked).json()
    said = assistant.ask(
        "那贴息呢？",
        history=[Turn(turn["role"], turn["content"]) for turn in history],
        jurisdiction=["安徽"],
        documents=["anhui-2023-4"],
        limit=2,
    )
    assert _lasting(answer) == _lasting(json.loads(json.dumps(said.to_dict())))
    assert answer["understood"]["rewritten_from_history"]
    assert {c["clause_id"].partition(":")[0] for c in answer["citations"] + answer["related"]} == {"anhui-2023-4"}


def test_search_gives_the_hits_of_the_assistant(client: TestClient, assistant: Assistant) -> None:
    body = client.post("/v1/search", json={"query": "施工许可告知承诺", "limit": 4}).json()
    hits = assistant.search("施工许可告知承诺", limit=4)
    assert [(hit["clause_id"], hit["score"], hit["text"]) for hit in body["hits"]] == [
        (hit.clause.id, hit.score, hit.clause.text) for hit in hits
    ]
    assert body["index_version"] == assistant.index.version
    assert list(body["hits"][0]) == ["clause_id", "label", "title", "text", "score", "highlights", "validity"]


def test_highlights_cover_words_of_the_query(client: TestClient) -> None:
    first = client.post("/v1/search", json={"query": "无贷户名单库", "limit": 1}).json()["hits"][0]
    assert "无贷户名单库" in [first["text"][start:end] for start, end in first["highlights"]]


def test_legs_are_told_only_when_asked_for(client: TestClient, assistant: Assistant) -> None:
    explained = client.post("/v1/search", json={"query": "首贷", "explain": True}).json()["hits"]
    assert [hit["legs"] for hit in explained] == [_legs(hit) for hit in assistant.search("首贷")]
    plain = client.post("/v1/search", json={"query": "首贷"}).json()["hits"]
    assert all("legs" not in hit for hit in plain)


def _legs(hit: Hit) -> dict[str, dict[str, float]]:
    return {name: {"rank": leg.rank, "score": leg.score} for name, leg in hit.legs.items()}


def test_documents_are_listed_with_what_is_known_of_them(client: TestClient) -> None:
    listed = {document["id"]: document for document in client.get("/v1/documents").json()["documents"]}
    assert set(listed) == {"harbin-66", "anhui-2023-4"}
    assert (listed["anhui-2023-4"]["number"], listed["anhui-2023-4"]["issued"]) == (
        "皖营商环境办〔2023〕4号",
        "2023-10-19",
    )
    assert (listed["harbin-66"]["number"], listed["harbin-66"]["issued"]) == (None, None)
    assert "text" not in listed["harbin-66"]


@pytest.fixture(scope="module", params=["assistant", "second_assistant"])
def either(request: pytest.FixtureRequest) -> Assistant:
    """The assistant over the shipped texts, and over the second corpus."""
    found: Assistant = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def either_client(either: Assistant) -> Iterator[TestClient]:
    with TestClient(make_app(either), raise_server_exceptions=False) as client:
        yield client


def test_a_document_holds_its_text_and_its_clauses(either_client: TestClient, either: Assistant) -> None:
    for document in either.corpus.documents:
        body = either_client.get(f"/v1/documents/{document.id}").json()
        assert body["text"] == document.text
        own = [clause.id for clause in either.corpus.clauses if clause.document_id == document.id]
        assert [clause["id"] for clause in body["clauses"]] == own


def _outlined(entries: list[dict[str, Any]], above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    """Each clause of an outline with the headings above it."""
    found = []
    for entry in entries:
        if entry["kind"] == "heading":
            found += _outlined(entry["entries"], (*above, entry["heading"]))
        else:
            found.append((above, entry["id"]))
    return found


def test_an_outline_holds_every_clause_below_its_headings(either_client: TestClient, either: Assistant) -> None:
    for document in either.corpus.documents:
        body = either_client.get(f"/v1/documents/{document.id}/outline").json()
        assert (body["document_id"], body["document_title"]) == (document.id, document.title)
        own = [(clause.path, clause.id) for clause in either.corpus.clauses if clause.document_id == document.id]
        assert _outlined(body["entries"]) == own


def test_an_outline_gives_plain_names_and_places(client: TestClient, assistant: Assistant) -> None:
    notice = client.get("/v1/documents/anhui-2023-4/outline").json()["entries"][-1]
    case = notice["entries"][2]["entries"][5]
    record = assistant.corpus.plain["anhui-2023-4:3.6"]
    assert case == {
        "id": "anhui-2023-4:3.6",
        "label": "皖营商环境办〔2023〕4号 典型案例 三、（六）（芜湖）",
        "number": "典型案例 三、（六）",
        "title": "推行协商选定破产管理人",
        "kind": "clause",
        "name": record.name,
        "name_en": record.title_en,
        "jurisdiction": ["芜湖"],
    }


def test_a_clause_without_a_record_has_no_plain_name_and_no_document_no_outline(second_assistant: Assistant) -> None:
    client = TestClient(make_app(second_assistant))
    entry = client.get("/v1/documents/guide_Shore/outline").json()["entries"][0]
    assert (entry["name"], entry["name_en"], entry["jurisdiction"]) == (None, None, [])
    assert client.get("/v1/documents/guide_Nowhere/outline").status_code == 404


def test_every_clause_and_part_is_found_by_its_id(either_client: TestClient, either: Assistant) -> None:
    for clause in either.corpus.clauses:
        body = either_client.get(f"/v1/clauses/{clause.id}").json()
        assert (body["id"], body["text"], body["part_id"]) == (clause.id, clause.text, None)
        labels = {body["label"]}
        for part in clause.all_parts():
            held = either_client.get(f"/v1/clauses/{part.id}").json()
            assert (held["id"], held["part_id"]) == (clause.id, part.id)
            labels.add(held["label"])
            assert part.id in [listed["id"] for listed in held["parts"]]
        assert len(labels) == 1 + len(clause.all_parts())  # no two share one


def test_a_label_of_the_api_leads_back_to_its_clause(second_assistant: Assistant) -> None:
    with TestClient(make_app(second_assistant), raise_server_exceptions=False) as client:
        for clause in second_assistant.corpus.clauses:
            for id_ in (clause.id, *(part.id for part in clause.all_parts())):
                held = client.get(f"/v1/clauses/{id_}").json()
                for question in (held["label"], f"{id_} 讲什么"):
                    answer = client.post("/v1/ask", json={"question": question}).json()
                    assert answer["status"] == "answered", question
                    cited = answer["citations"]
                    assert {citation["clause_id"] for citation in cited} == {clause.id}, question
                    assert id_ == clause.id or {citation["part_id"] for citation in cited} == {id_}, question


def test_it_lives_and_is_ready_with_its_index(client: TestClient, assistant: Assistant) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    ready = client.get("/readyz").json()
    assert (ready["index_version"], ready["encoder"]) == (assistant.index.version, assistant.index.encoder.name)
    assert (ready["documents"], ready["clauses"]) == (2, 99)


def test_metrics_count_requests_by_route_and_answers_by_outcome(assistant: Assistant) -> None:
    client = TestClient(make_app(assistant))
    client.get("/v1/clauses/harbin-66:26")
    client.get("/v1/clauses/harbin-66:999")
    client.get("/no/such/path")
    client.post("/v1/ask", json={"question": "你好"})
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    lines = response.text.splitlines()
    assert 'policyqa_requests_total{route="/v1/clauses/{clause_id}",status="200"} 1.0' in lines
    assert 'policyqa_requests_total{route="/v1/clauses/{clause_id}",status="404"} 1.0' in lines
    assert 'policyqa_requests_total{route="unknown",status="404"} 1.0' in lines
    assert 'policyqa_answers_total{reason="greeting",status="no_answer"} 1.0' in lines
    assert 'policyqa_request_seconds_count{route="/v1/ask"} 1.0' in lines


def test_openapi_describes_every_route_in_both_languages(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    routes = {(method, path) for path, item in described["paths"].items() for method in item}
    assert routes == {
        ("post", "/v1/ask"),
        ("post", "/v1/search"),
        ("post", "/v1/chat/completions"),
        ("get", "/v1/models"),
        ("get", "/v1/forms"),
        ("get", "/v1/forms/{form_id}"),
        ("post", "/v1/guide"),
        ("get", "/v1/profile"),
        ("post", "/v1/match"),
        ("get", "/v1/match/changes"),
        ("get", "/v1/events"),
        ("get", "/v1/events/{event_id}"),
        ("post", "/v1/feedback"),
        ("post", "/v1/handover"),
        ("get", "/v1/documents"),
        ("get", "/v1/documents/{document_id}"),
        ("get", "/v1/documents/{document_id}/outline"),
        ("get", "/v1/clauses/{clause_id}"),
        ("get", "/v1/channels"),
        ("get", "/healthz"),
        ("get", "/readyz"),
        ("get", "/metrics"),
    }
    for path, item in described["paths"].items():
        openai = path in {"/v1/chat/completions", "/v1/models"}  # whose client reads errors of its own form
        for operation in item.values():
            words = operation["summary"] + operation["description"]
            assert CHINESE.search(words)
            assert re.search(r"[A-Za-z]{3}", words)
            error = "application/json" if openai else "application/problem+json"
            assert list(operation["responses"]["4XX"]["content"]) == [error]


def test_the_examples_of_openapi_work(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path in ("/v1/ask", "/v1/search"):
        examples = paths[path]["post"]["requestBody"]["content"]["application/json"]["examples"]
        assert {"中文", "English"} <= set(examples)
        for example in examples.values():
            assert client.post(path, json=example["value"]).status_code == 200
