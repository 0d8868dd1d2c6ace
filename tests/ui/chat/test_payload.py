"""What is not a call of the page never reaches Gradio, and leaves nothing in the log."""

import asyncio
import gc
import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from gradio.state_holder import StateHolder

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from ui.server import _SESSIONS, create_site

ASK: dict[str, Any] = {"data": ["怎么申请首贷", "合肥", "[]"], "fn_index": 0}


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    site = asyncio.run(create_site(assistant, feedback=FeedbackStore(None)))
    with TestClient(site, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/gradio_api/run/predict", "/en/gradio_api/run/predict"])
def test_what_the_page_sends_is_answered(client: TestClient, path: str) -> None:
    response = client.post(path, json=ASK)
    assert response.status_code == 200
    assert "首贷" in response.text


@pytest.mark.parametrize("path", ["/gradio_api/run/predict", "/en/gradio_api/run/predict"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 30_000,
        json.dumps(ASK | {"data": ["怎么申请首贷", "火星", ""]}).encode(),
        json.dumps(ASK | {"data": ["怎么申请首贷", "火" * 5_000, ""]}).encode(),
        json.dumps(ASK | {"data": ["怎么申请首贷", None, ""]}).encode(),
        json.dumps(ASK | {"data": ["怎么申请首贷", ["合肥"], ""]}).encode(),
        json.dumps(ASK | {"data": [{"a": 1}, "合肥", ""]}).encode(),
        json.dumps(ASK | {"data": ["怎么申请首贷"]}).encode(),
        json.dumps(ASK | {"data": "怎么申请首贷"}).encode(),
        json.dumps(ASK | {"fn_index": 99}).encode(),
        json.dumps(ASK | {"fn_index": True}).encode(),
        json.dumps({"data": ASK["data"]}).encode(),
        json.dumps(ASK | {"batched": True}).encode(),
        json.dumps(ASK | {"data": ["\ud800", "", ""]}).encode(),
        json.dumps(ASK | {"session_hash": {"a": 1}}).encode(),
        json.dumps(ASK | {"session_hash": float("nan")}).encode(),
        json.dumps(ASK | {"session_hash": "a" * 33}).encode(),
        json.dumps(ASK | {"trigger_id": float("inf")}).encode(),
        json.dumps(ASK | {"trigger_id": "\udc00"}).encode(),
        json.dumps(ASK | {"event_data": {"index": 1}}).encode(),
    ],
)
def test_anything_else_is_refused_in_words(
    client: TestClient, capfd: pytest.CaptureFixture[str], path: str, body: bytes
) -> None:
    response = client.post(path, content=body, headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert capfd.readouterr() == ("", "")
    assert response.headers["content-type"].startswith("application/")


def test_ever_new_sessions_fill_no_memory(client: TestClient) -> None:
    """Each call that clears the page under a name of its own; Gradio keeps the last of them."""
    holders = [one for one in gc.get_objects() if type(one) is StateHolder]
    before = {id(holder): len(holder.session_data) for holder in holders}
    clear = {"data": [], "fn_index": 1}
    for number in range(_SESSIONS + 6):
        sent = client.post("/gradio_api/run/predict", json=clear | {"session_hash": f"session{number}"})
        assert sent.status_code == 200
    grown = [holder for holder in holders if len(holder.session_data) > before[id(holder)]]
    assert grown
    assert all(len(holder.session_data) <= _SESSIONS for holder in grown)
