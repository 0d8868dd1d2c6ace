"""`/v1/handover`: anybody hands over, the office reads."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.handover import handover_reading
from assistant.api.problems import install_handlers
from assistant.feedback.store import FeedbackStore
from assistant.handover import store
from assistant.handover.store import open_handovers
from assistant.question.limits import RequestLimits
from assistant.service import Assistant
from tests.api_app import make_app

HISTORY = [
    {"role": "user", "content": "怎么注销抵押？我的手机13900139000"},
    {"role": "assistant", "content": "在网上申请。[1]", "clause_ids": ["harbin-66:11", "no:1"]},
    {"role": "user", "content": "要多久"},
    {"role": "assistant", "content": "文件没有写明。"},
]


@pytest.fixture
def feedback(tmp_path: Path) -> Iterator[FeedbackStore]:
    with FeedbackStore(tmp_path / "feedback.sqlite3") as opened:
        yield opened


@pytest.fixture
def citizen(assistant: Assistant, feedback: FeedbackStore) -> TestClient:
    return TestClient(make_app(assistant, feedback), raise_server_exceptions=False)


@pytest.fixture
def agent(assistant: Assistant, feedback: FeedbackStore) -> TestClient:
    handovers = open_handovers(feedback, assistant.settings)
    assert handovers is not None
    app = FastAPI()
    app.include_router(handover_reading(lambda: assistant, handovers))
    install_handlers(app)
    return TestClient(app)


def draw(client: TestClient, status: int = 200, **asked: object) -> dict[str, Any]:
    response = client.post("/v1/handover", json={"history": HISTORY, **asked})
    assert response.status_code == status, response.text
    found: dict[str, Any] = response.json()
    return found


def test_what_a_citizen_hands_over_an_agent_reads(citizen: TestClient, agent: TestClient) -> None:
    drawn = draw(citizen, place="哈尔滨", wanted="撤抵押")
    assert set(drawn) == {"code", "expires", "ticket", "phone", "call_back", "deleted"}
    assert drawn["expires"].endswith("+08:00")
    response = agent.get(f"/v1/handover/{drawn['code']}")
    assert response.headers["cache-control"] == "no-store"
    read = response.json()
    assert read["turns"][0]["content"] == "怎么注销抵押？我的手机〔手机号〕"
    (clause,) = read["clauses"]
    assert (clause["id"], clause["url"]) == ("harbin-66:11", "/clause/harbin-66:11")
    assert clause["label"].startswith("《哈尔滨市优化营商环境改革措施66条》第十一条")
    assert (read["place"], read["wanted"], read["unanswered"]) == ("哈尔滨", "撤抵押", ["要多久"])
    assert (read["readings"], read["read"], read["call_back"]) == (0, None, None)
    assert agent.get(f"/v1/handover/{drawn['code']}").json()["readings"] == 1


def test_a_number_is_shown_back_grouped_with_its_days(citizen: TestClient, agent: TestClient) -> None:
    drawn = draw(citizen, phone="13800138000")
    assert drawn["phone"] == "138 0013 8000"
    assert drawn["call_back"] < drawn["deleted"]
    again = draw(citizen, ticket=drawn["ticket"])
    assert (again["code"], again["phone"]) == (drawn["code"], "138 0013 8000")
    assert agent.get(f"/v1/handover/{drawn['code']}").json()["call_back"] == drawn["call_back"]
    assert draw(citizen, ticket=drawn["ticket"], phone="")["phone"] is None


def test_a_number_is_withdrawn_without_what_was_said(citizen: TestClient, agent: TestClient) -> None:
    drawn = citizen.post("/v1/handover", json={"wanted": "退税", "phone": "13800138000"}).json()
    again = citizen.post("/v1/handover", json={"phone": "", "ticket": drawn["ticket"]})
    assert (again.status_code, again.json()["phone"], again.json()["code"]) == (200, None, drawn["code"])
    assert agent.get(f"/v1/handover/{drawn['code']}").json()["wanted"] == "退税"


def test_what_cannot_be_handed_over_is_refused_with_the_field(citizen: TestClient) -> None:
    def field(**asked: object) -> str:
        (error,) = draw(citizen, 422, **asked)["errors"]
        return str(error["field"])

    assert field(phone="12345") == "phone"
    assert field(history=[]) == "history"
    assert field(history=[{"role": "user", "content": "  "}]) == "history"
    assert field(history=[*HISTORY] * 6) == "history"
    assert field(history=[{"role": "user", "content": "问" * 2001}]) == "history[0].content"
    assert field(history=[{"role": "assistant", "content": "答" * 16_001}]) == "history"
    assert field(wanted="要" * 2001) == "wanted"
    assert field(place="地" * 101) == "place"
    assert field(ticket="a" * 101) == "ticket"
    assert field(code="123456") == "code"
    assert draw(citizen, history=[], wanted="想找人问退税")["code"]


def test_the_limits_are_those_of_a_question(assistant: Assistant, feedback: FeedbackStore) -> None:
    client = TestClient(make_app(assistant, feedback, limits=RequestLimits(max_history=2)))
    assert draw(client, 422)["errors"][0]["field"] == "history"


def test_wrong_codes_are_answered_and_locked(agent: TestClient) -> None:
    for _ in range(5):
        wrong = agent.get("/v1/handover/000000")
        assert (wrong.status_code, wrong.json()["type"]) == (404, "urn:policyqa:problem:not-found")
    locked = agent.get("/v1/handover/000000")
    assert (locked.status_code, locked.json()["type"]) == (429, "urn:policyqa:problem:too-often")
    assert 0 < int(locked.headers["retry-after"]) <= 601
    assert "12345" in locked.json()["detail"]
    assert agent.get("/v1/handover/00000a").status_code == 422


def test_codes_are_not_drawn_without_end(citizen: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LIVING", 1)
    draw(citizen)
    refused = citizen.post("/v1/handover", json={"history": HISTORY})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1


def test_without_a_store_it_says_whom_to_call(assistant: Assistant) -> None:
    refused = draw(TestClient(make_app(assistant)), 503)
    assert refused["type"] == "urn:policyqa:problem:handover-off"
    assert "12345" in refused["detail"]


def test_without_a_key_a_code_is_given_and_a_number_refused(
    citizen: TestClient, assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    assistant.settings.keys.parent.mkdir(parents=True, exist_ok=True)
    before = assistant.settings.keys.read_bytes() if assistant.settings.keys.exists() else None
    assistant.settings.keys.write_text("no key", encoding="ascii")
    try:
        refused = draw(citizen, 503, phone="13800138000")
        assert refused["type"] == "urn:policyqa:problem:no-call-back"
        assert "POLICYQA_KEY_FILE" in caplog.text
        assert "13800138000" not in caplog.text
        assert draw(citizen)["code"]
    finally:
        assistant.settings.keys.unlink()
        if before is not None:
            assistant.settings.keys.write_bytes(before)


def test_a_database_that_fails_is_a_503(citizen: TestClient, feedback: FeedbackStore, tmp_path: Path) -> None:
    draw(citizen)
    feedback.close()
    (tmp_path / "feedback.sqlite3").write_bytes(b"no database" * 1000)
    assert draw(citizen, 503)["type"] == "urn:policyqa:problem:database-unavailable"
