"""What a program is told where answers are switched off, and what goes on."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Reason, Status, check
from assistant.api.app import create_app
from assistant.feedback.store import FeedbackStore
from assistant.operations.admission import Turns
from assistant.operations.metrics import Metrics
from assistant.question.limits import DEFAULT_LIMITS
from assistant.replies.unavailable import unavailable
from assistant.service import Assistant
from assistant.switches.operation import Operation
from assistant.switches.state import Channel, Off, State

OFF = Off(datetime(2026, 11, 30, tzinfo=UTC), "甲", "内部原因")
ASKED = {
    Channel.API: ("/v1/ask", {"question": "怎么申请首贷"}),
    Channel.WIDGET: ("/v1/guide", {"label": "保证金形式"}),
}


def _client(assistant: Assistant, *channels: Channel) -> tuple[TestClient, Metrics]:
    metrics = Metrics()
    app = create_app(
        assistant,
        feedback=FeedbackStore(None),
        metrics=metrics,
        on_answer=lambda *_: None,
        turns=Turns(2, 64, metrics),
        limits=DEFAULT_LIMITS,
        operation=Operation(State(1, dict.fromkeys(channels, OFF))),
    )
    return TestClient(app), metrics


@pytest.mark.parametrize("channel", ASKED)
def test_a_channel_that_is_off_answers_503_in_words_and_the_others_go_on(
    assistant: Assistant, channel: Channel
) -> None:
    client, _ = _client(assistant, channel)
    for one, (path, body) in ASKED.items():
        response = client.post(path, json=body)
        assert response.status_code == (503 if one is channel else 200), path
    path, body = ASKED[channel]
    refused = client.post(path, json=body)
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["retry-after"] == "60"
    assert refused.json()["type"] == "urn:policyqa:problem:answers-off"
    assert "暂停" in refused.json()["detail"]
    assert OFF.reason not in refused.text  # for the office alone


def test_search_and_reading_go_on(assistant: Assistant) -> None:
    client, _ = _client(assistant, *Channel)
    assert client.post("/v1/search", json={"query": "首贷"}).json()["hits"]
    assert client.get("/v1/clauses/harbin-66:26").status_code == 200
    assert client.get("/v1/documents/harbin-66").status_code == 200
    assert client.post("/v1/ask/", json={}, follow_redirects=False).status_code in (307, 503)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_answer_of_the_chat_keeps_the_laws(language: str) -> None:
    answer = unavailable("怎么申请首贷", language, "v1")
    assert (answer.status, answer.reason, answer.language) == (Status.NO_ANSWER, Reason.UNAVAILABLE, language)
    assert "12345" in answer.text
    check(answer, lambda _: "")


def test_somebody_in_danger_is_given_the_numbers_to_call_all_the_same() -> None:
    for question, number in (("我不想活了", "12356"), ("家里着火了救命", "119")):
        answer = unavailable(question, "zh", "v1")
        assert answer.reason is Reason.EMERGENCY
        assert number in answer.text
