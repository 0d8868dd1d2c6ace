"""What Gradio is called with: what the page sends, and nothing else; nothing that was sent reaches the log."""

import asyncio
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.question.limits import RequestLimits
from assistant.service import Assistant
from ui.server import create_site

SECRET = "我的手机是一三九"
RESPOND, CLEAR, ARRIVE = 0, 1, 2


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(asyncio.run(create_site(assistant)), raise_server_exceptions=False) as client:
        yield client


def _call(**changes: object) -> dict[str, Any]:
    sent = {"fn_index": RESPOND, "data": ["你好", ""], "session_hash": "abc123", "trigger_id": 7, "event_data": None}
    return {**sent, **changes}


@pytest.mark.parametrize("path", ["/gradio_api/run/predict", "/en/gradio_api/run/predict"])
@pytest.mark.parametrize(
    "call",
    [
        _call(),
        _call(data=["首贷", "合肥"]),
        _call(fn_index=CLEAR, data=[]),
        _call(fn_index=ARRIVE, data=[], trigger_id=0),
        {"fn_index": RESPOND, "data": ["你好", ""], "session_hash": "abc123"},
    ],
)
def test_what_the_page_sends_is_answered(client: TestClient, path: str, call: dict[str, Any]) -> None:
    response = client.post(path, json=call)
    assert response.status_code == 200
    assert "data" in response.json()


WRONG = [
    (_call(data=["你好", SECRET * 1000]), "data[1]"),
    (_call(data=["你好", "亚特兰蒂斯"]), "data[1]"),
    (_call(data=["贷" * (RequestLimits().max_question + 1), ""]), "question"),
    (_call(data=[f"{SECRET}\ud800", ""]), "body"),
    (_call(data=["你好", "\udfff"]), "body"),
    (_call(data=[SECRET]), "data"),
    (_call(data=[SECRET, "", ""]), "data"),
    (_call(data=[{"text": SECRET}, ""]), "body"),
    (_call(data=[None, ""]), "data[0]"),
    (_call(data=[7, ""]), "body"),
    (_call(data=SECRET), "body"),
    (_call(fn_index=99), "fn_index"),
    (_call(fn_index=-1), "fn_index"),
    (_call(fn_index="0"), "body"),
    (_call(fn_index=None), "body"),
    (_call(fn_index=CLEAR), "data"),
    (_call(session_hash=SECRET), "body"),
    (_call(session_hash="a" * 65), "body"),
    (_call(event_data={"x": SECRET}), "body"),
    (_call(oauth_token=SECRET), "body"),
    (_call(simple_format=True), "body"),
    ([SECRET], "body"),
    (SECRET, "body"),
]


@pytest.mark.parametrize(("call", "field"), WRONG)
def test_anything_else_is_refused_and_neither_repeated_nor_logged(
    client: TestClient,
    call: object,
    field: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    body = json.dumps(call)
    response = client.post("/gradio_api/run/predict", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["errors"][0]["field"] == field
    captured = capfd.readouterr()
    written = [*(record.getMessage() for record in caplog.records), captured.out, captured.err]
    assert not [text for text in (response.text, *written) if SECRET in text or "Traceback" in text]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 30_000, b'{"data": NaN}'])
def test_what_is_no_json_is_refused(client: TestClient, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    assert client.post("/gradio_api/run/predict", content=body, headers=headers).status_code == 422


def test_an_error_nobody_foresaw_is_logged_without_what_was_typed(
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail(_assistant: Assistant, question: str, **_options: object) -> None:
        raise ValueError(f"cannot read {question}")

    monkeypatch.setattr(Assistant, "ask", fail)
    response = client.post("/gradio_api/run/predict", json=_call(data=[SECRET, ""]))
    assert response.status_code == 200
    assert "暂时无法回答" in response.text
    (record,) = [record for record in caplog.records if record.name == "ui.chat.page"]
    assert "ValueError" in record.getMessage()
    assert "in fail" in record.getMessage()
    captured = capfd.readouterr()
    assert not [text for text in (record.getMessage(), captured.out, captured.err) if SECRET in text]
