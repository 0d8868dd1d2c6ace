"""Answers are recorded, verdicts on them are kept, and on no others."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.feedback.store import FeedbackStore, Verdict
from assistant.service import Assistant
from index.index import Index
from tests.api_app import make_app

ANSWER_ID = "0123456789abcdef" * 2
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "feedback.sqlite3")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_feedback_is_kept_with_its_answer_when_201_is_sent(
    assistant: Assistant, store: FeedbackStore, verdict: Verdict
) -> None:
    client = TestClient(make_app(assistant, store))
    answer = client.post("/v1/ask", json={"question": "怎么申请首贷？我的手机13800138000"}).json()
    said = {"answer_id": answer["id"], "verdict": verdict, "reason": "incomplete", "comment": "第一行\n第二行"}
    response = client.post("/v1/feedback", json=said)
    assert (response.status_code, response.json()) == (201, {"status": "recorded"})
    (row,) = store.rows()
    assert (row.question, row.status, row.clauses) == (
        "怎么申请首贷？我的手机〔手机号〕",
        "answered",
        "anhui-2023-4:1.3",
    )
    assert (row.answer_id, row.verdict, row.verdict_reason, row.comment) == tuple(said.values())


def test_every_answer_is_recorded_and_a_search_is_not(assistant: Assistant, store: FeedbackStore) -> None:
    client = TestClient(make_app(assistant, store))
    client.post("/v1/ask", json={"question": "哈尔滨的金融顾问电话是多少？"})
    client.post("/v1/search", json={"query": "首贷"})
    assert [(row.question, row.reason) for row in store.rows()] == [
        ("哈尔滨的金融顾问电话是多少？", "not_in_documents")
    ]


def test_a_follow_up_is_recorded_with_the_question_that_it_refers_to(
    assistant: Assistant, store: FeedbackStore
) -> None:
    history = [{"role": "user", "content": "首次贷款有什么支持？"}, {"role": "assistant", "content": "有贴息。"}]
    client = TestClient(make_app(assistant, store))
    client.post("/v1/ask", json={"question": "那贴息呢？", "history": history, "jurisdiction": ["安徽"]})
    (row,) = store.rows()
    assert (row.question, row.follows, row.channel, row.places) == ("那贴息呢？", "首次贷款有什么支持？", "api", "安徽")


def test_switched_off_nothing_is_kept_and_the_answer_says_so(assistant: Assistant) -> None:
    client = TestClient(make_app(assistant, FeedbackStore(None)))
    answer = client.post("/v1/ask", json={"question": "怎么申请首贷"}).json()
    response = client.post("/v1/feedback", json={"answer_id": answer["id"], "verdict": "helpful"})
    assert (response.status_code, response.json()) == (201, {"status": "not_recorded"})


@pytest.mark.parametrize("kept", [True, False])
def test_a_verdict_on_an_answer_that_was_not_given_is_refused_and_leaves_nothing(
    assistant: Assistant, store: FeedbackStore, kept: bool
) -> None:
    client = TestClient(make_app(assistant, store if kept else FeedbackStore(None)))
    given = client.post("/v1/ask", json={"question": "怎么申请首贷"}).json()["id"]
    before = len(list(store.rows()))
    swapped = given[16:] + given[:16]
    for made_up in ("0" * 32, swapped, given[:16] + "0" * 16, given[:31] + ("0" if given[31] != "0" else "1")):
        response = client.post("/v1/feedback", json={"answer_id": made_up, "verdict": "wrong", "comment": "长" * 900})
        assert response.status_code == 404
        assert response.json()["detail"].startswith("没有给出过这个答案")
    assert len(list(store.rows())) == before


def test_a_verdict_is_taken_by_another_worker_and_when_its_answer_was_not_recorded(
    assistant: Assistant, store: FeedbackStore, index: Index
) -> None:
    given = TestClient(make_app(assistant, FeedbackStore(None))).post("/v1/ask", json={"question": "首贷"}).json()["id"]
    other = TestClient(make_app(Assistant(index, assistant.settings), store))
    said = {"answer_id": given, "verdict": "wrong"}
    assert other.post("/v1/feedback", json=said).json() == {"status": "recorded"}
    assert other.post("/v1/feedback", json={**said, "verdict": "helpful"}).json() == {"status": "recorded"}
    (row,) = store.rows()  # one row, however often it is judged
    assert (row.answer_id, row.verdict, row.status) == (given, "helpful", None)


def test_an_answer_whose_id_is_older_than_proofs_is_judged_where_it_is_recorded(
    assistant: Assistant, store: FeedbackStore
) -> None:
    store.record(replace(assistant.ask("怎么申请首贷"), id="a" * 32))
    said = {"answer_id": "a" * 32, "verdict": "outdated"}
    assert TestClient(make_app(assistant, store)).post("/v1/feedback", json=said).status_code == 201
    (row,) = store.rows()
    assert row.verdict == "outdated"
