"""What Gradio calls: faults are said in the page's language, and what was typed is in no log."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from corpus.errors import EncoderError
from ui.server import create_site

SECRET = "我的手机是一三九"
CALL = {"fn_index": 0, "data": [SECRET, "", ""], "session_hash": "abc123"}


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    site = asyncio.run(create_site(assistant, feedback=FeedbackStore(None)))
    with TestClient(site, raise_server_exceptions=False) as client:
        yield client


def test_an_error_nobody_foresaw_is_logged_without_what_was_typed(
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail(_assistant: Assistant, question: str, **_options: object) -> None:
        raise ValueError(f"cannot read {question}")

    monkeypatch.setattr(Assistant, "ask", fail)
    response = client.post("/en/gradio_api/run/predict", json=CALL)
    assert response.status_code == 200
    assert "No answer can be given right now" in response.text
    (record,) = [record for record in caplog.records if record.name == "ui.chat.page"]
    assert record.getMessage().startswith("ValueError: ")
    assert "in fail" in record.getMessage()
    captured = capfd.readouterr()
    assert not [text for text in (record.getMessage(), captured.out, captured.err) if SECRET in text]


def test_what_only_the_operator_can_fix_is_logged_with_the_way_to(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_given: object, **_options: object) -> None:
        raise EncoderError("the model is broken; copy it anew")

    monkeypatch.setattr(Assistant, "ask", fail)
    response = client.post("/gradio_api/run/predict", json=CALL)
    assert "暂时无法回答" in response.text
    assert "broken" not in response.text
    assert "EncoderError: the model is broken; copy it anew" in caplog.text
