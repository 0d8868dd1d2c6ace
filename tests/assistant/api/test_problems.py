"""Every error leaves as an RFC 9457 problem that names the field and the way out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest
from fastapi.testclient import TestClient

from assistant.api.problems import PROBLEMS, problem
from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from corpus.errors import InputError, PolicyQAError
from tests.api_app import make_app

ANSWER_ID = "0123456789abcdef" * 2
TURN = {"role": "user", "content": "首贷"}


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    settings = replace(assistant.settings, limit=3, max_limit=5, max_question=40, max_history=3, max_body=2000)
    settings = replace(settings, max_characters=100)
    app = make_app(Assistant(assistant.index, settings), limits=settings.request_limits)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


class Response(Protocol):
    """What the test client gives; which HTTP library it is built on depends on what is installed."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def text(self) -> str: ...


def _problem(response: Response, status: int) -> dict[str, Any]:
    """The body, checked for the form that all problems have."""
    body: dict[str, Any] = json.loads(response.text)
    assert response.status_code == body["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert body["type"].startswith("urn:policyqa:problem:")
    assert body["title"]
    assert body["detail"]
    return body


def _tree(root: type[PolicyQAError]) -> Iterator[type[PolicyQAError]]:
    yield root
    for child in root.__subclasses__():
        yield from _tree(child)


def test_every_class_of_the_error_tree_has_its_problem() -> None:
    assert set(PROBLEMS) == set(_tree(PolicyQAError))
    assert len({kind.slug for kind in PROBLEMS.values()}) == len(PROBLEMS)


@pytest.mark.parametrize("error", list(PROBLEMS))
def test_each_error_leaves_with_its_status(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, error: type[PolicyQAError]
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise error("/srv/secret is broken; fix it")

    monkeypatch.setattr(Assistant, "ask", fail)
    body = _problem(client.post("/v1/ask", json={"question": "首贷"}), PROBLEMS[error].status)
    # What the caller can fix is told; what names the operator's files is not.
    assert ("/srv/secret" in body["detail"]) == issubclass(error, InputError)


def test_an_unexpected_error_tells_nothing_of_itself(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(Assistant, "search", fail)
    body = _problem(client.post("/v1/search", json={"query": "首贷"}), 500)
    assert "secret" not in str(body)


def test_an_unknown_path_is_a_problem(client: TestClient) -> None:
    for path in ("/", "/v1", "/v1/ask/x", "/docs", "/redoc"):
        assert _problem(client.get(path), 404)["type"].endswith("no-such-path")


def test_an_unknown_document_clause_or_part_is_a_problem(client: TestClient) -> None:
    for path in ("/v1/documents/none", "/v1/clauses/none", "/v1/clauses/harbin-66:0", "/v1/clauses/harbin-66:26.99"):
        assert _problem(client.get(path), 404)["type"].endswith("not-found")


def test_a_wrong_method_names_the_right_one(client: TestClient) -> None:
    response = client.get("/v1/ask")
    _problem(response, 405)
    assert response.headers["allow"] == "POST"


def test_a_body_over_the_limit_is_refused_however_it_comes(client: TestClient) -> None:
    _problem(client.post("/v1/ask", json={"question": "首" * 2000}), 413)
    chunks = (b"x" * 500 for _ in range(5))
    _problem(client.post("/v1/ask", content=chunks, headers={"content-type": "application/json"}), 413)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"question": NaN}'])
def test_a_body_that_is_no_object_is_named(client: TestClient, content: bytes) -> None:
    response = client.post("/v1/ask", content=content, headers={"content-type": "application/json"})
    fields = {error["field"] for error in _problem(response, 422)["errors"]}
    assert fields <= {"body", "question"}


def test_a_body_of_another_kind_is_refused(client: TestClient) -> None:
    response = client.post("/v1/ask", content=b"question=x", headers={"content-type": "text/plain"})
    assert _problem(response, 422)["errors"][0]["field"] == "body"


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/v1/ask", {}, "question"),
        ("/v1/ask", {"question": 1}, "question"),
        ("/v1/ask", {"question": None}, "question"),
        ("/v1/ask", {"question": " \n"}, "question"),
        ("/v1/ask", {"question": "首" * 41}, "question"),
        ("/v1/ask", {"question": "首贷", "temperature": 1}, "temperature"),
        ("/v1/ask", {"question": "首贷", "history": [TURN] * 4}, "history"),
        ("/v1/ask", {"question": "首贷", "history": [{**TURN, "role": "system"}]}, "history[0].role"),
        ("/v1/ask", {"question": "首贷", "history": [TURN, {"role": "user"}]}, "history[1].content"),
        ("/v1/ask", {"question": "首贷", "history": [{**TURN, "content": "首" * 41}]}, "history[0].content"),
        ("/v1/ask", {"question": "首贷", "history": "首贷"}, "history"),
        ("/v1/ask", {"question": "首贷", "jurisdiction": ["哈尔滨"] * 6}, "jurisdiction"),
        ("/v1/ask", {"question": "首贷", "jurisdiction": "哈尔滨"}, "jurisdiction"),
        ("/v1/ask", {"question": "首贷", "jurisdiction": ["不存在的地方"]}, "jurisdiction[0]"),
        ("/v1/ask", {"question": "首贷", "documents": ["harbin-66", "none"]}, "documents[1]"),
        ("/v1/ask", {"question": "首贷", "documents": ["harbin-66"] * 6}, "documents"),
        ("/v1/ask", {"question": "首贷", "limit": 0}, "limit"),
        ("/v1/ask", {"question": "首贷", "limit": 6}, "limit"),
        ("/v1/ask", {"question": "首贷", "limit": "3"}, "limit"),
        ("/v1/search", {}, "query"),
        ("/v1/search", {"query": ""}, "query"),
        ("/v1/search", {"query": "首" * 41}, "query"),
        ("/v1/search", {"query": "首贷", "explain": "yes"}, "explain"),
        ("/v1/search", {"query": "首贷", "limit": -1}, "limit"),
        ("/v1/feedback", {"verdict": "helpful"}, "answer_id"),
        ("/v1/feedback", {"answer_id": "../x", "verdict": "helpful"}, "answer_id"),
        ("/v1/feedback", {"answer_id": ANSWER_ID + "\n", "verdict": "helpful"}, "answer_id"),
        ("/v1/feedback", {"answer_id": ANSWER_ID, "verdict": "great"}, "verdict"),
        ("/v1/feedback", {"answer_id": ANSWER_ID, "verdict": "wrong", "reason": "首" * 41}, "reason"),
        ("/v1/feedback", {"answer_id": ANSWER_ID, "verdict": "wrong", "comment": "首" * 41}, "comment"),
    ],
)
def test_bad_input_names_its_field(client: TestClient, path: str, body: dict[str, Any], field: str) -> None:
    errors = _problem(client.post(path, json=body), 422)["errors"]
    assert [error["field"] for error in errors] == [field]
    assert errors[0]["message"]


def test_several_faults_are_told_at_once(client: TestClient) -> None:
    body = _problem(client.post("/v1/ask", json={"query": "首贷", "limit": "x"}), 422)
    assert {error["field"] for error in body["errors"]} == {"question", "query", "limit"}


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/v1/ask", rb'{"question": "\ud800"}', "question"),
        ("/v1/ask", rb'{"question": "a", "history": [{"role": "user", "content": "\udfff"}]}', "history[0].content"),
        ("/v1/ask", rb'{"question": "a", "jurisdiction": ["\ud800"]}', "jurisdiction[0]"),
        ("/v1/ask", rb'{"question": "a", "documents": ["\ud800"]}', "documents[0]"),
        ("/v1/ask", rb'{"question": "a", "audience": "\ud800"}', "audience"),
        ("/v1/ask", rb'{"question": "a", "\ud800": 1}', "body"),
        ("/v1/search", rb'{"query": "a\udc00\ud800"}', "query"),
        ("/v1/feedback", rb'{"answer_id": "\ud800", "verdict": "helpful"}', "answer_id"),
        ("/v1/feedback", rb'{"answer_id": "0123456789abcdef0123456789abcdef", "verdict": "\ud800"}', "verdict"),
        (
            "/v1/feedback",
            rb'{"answer_id": "%s", "verdict": "wrong", "comment": "\ud800"}' % ANSWER_ID.encode(),
            "comment",
        ),
    ],
)
def test_a_lone_surrogate_is_refused_wherever_it_stands(client: TestClient, path: str, body: bytes, field: str) -> None:
    response = client.post(path, content=body, headers={"content-type": "application/json"})
    assert _problem(response, 422)["errors"][0]["field"] == field


def test_a_problem_may_repeat_what_utf_8_cannot_carry() -> None:
    response = problem(PROBLEMS[InputError], "没有 \ud800 这个条款")
    assert json.loads(bytes(response.body))["detail"] == "没有 ? 这个条款"


def test_what_a_request_brings_is_bounded_as_a_whole_before_any_work(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Assistant, "ask", lambda *_: pytest.fail("worked on"))
    long = {"role": "assistant", "content": "好" * 61}
    body = _problem(client.post("/v1/ask", json={"question": "首" * 40, "history": [long]}), 422)
    assert body["errors"][0]["field"] == "history"
    assert "100" in body["detail"]


def test_the_longest_allowed_question_is_answered(client: TestClient) -> None:
    assert client.post("/v1/ask", json={"question": "首" * 40, "history": [TURN] * 3, "limit": 5}).status_code == 200


def test_feedback_that_cannot_be_kept_is_not_confirmed_but_answers_are_given(
    assistant: Assistant, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    store = FeedbackStore(blocked / "feedback.sqlite3")
    client = TestClient(make_app(assistant, store), raise_server_exceptions=False)
    assert client.post("/v1/ask", json={"question": "怎么申请首贷"}).json()["status"] == "answered"
    body = _problem(client.post("/v1/feedback", json={"answer_id": ANSWER_ID, "verdict": "helpful"}), 503)
    assert body["type"].endswith("database-unavailable")
    assert str(tmp_path) not in str(body)
