"""Marks: what the console sends to the store, and takes back."""

import json

import pytest
from fastapi.testclient import TestClient

from assistant.service import Assistant
from tests.ui.marks import RecordedMarks

LOAN = "anhui-2023-4:1.3"


def _proof(client: TestClient) -> str:
    """That 首贷 was asked."""
    proof: str = client.post("/agent/rows", json={"q": "首贷"}).json()["proof"]
    return proof


def test_a_mark_goes_to_the_store_with_the_index_it_speaks_of(
    client: TestClient, marks: RecordedMarks, assistant: Assistant
) -> None:
    proof = _proof(client)
    for clause, verdict in ((LOAN, "wrong"), (LOAN, "outdated"), (None, "missing")):
        sent = {"question": "首贷", "clause_id": clause, "verdict": verdict}
        mark = client.post("/agent/mark", json={**sent, "proof": proof}).json()["mark"]
        assert marks.kept[mark] == {**sent, "index_version": assistant.index.version}


def test_a_mark_is_taken_back_by_whoever_made_it(client: TestClient, marks: RecordedMarks) -> None:
    sent = {"question": "首贷", "proof": _proof(client), "clause_id": LOAN, "verdict": "wrong"}
    first, second = (client.post("/agent/mark", json=sent).json() for _ in range(2))
    assert client.post("/agent/unmark", json=first).json() == {"taken_back": True}
    assert list(marks.kept) == [second["mark"]]
    assert client.post("/agent/unmark", json=first).json() == {"taken_back": False}
    assert client.post("/agent/unmark", json={"mark": "' or 1"}).status_code == 422


def test_a_mark_that_is_not_kept_is_not_said_to_be(client: TestClient, marks: RecordedMarks) -> None:
    marks.on = False
    sent = {"question": "首贷", "proof": _proof(client), "clause_id": LOAN, "verdict": "wrong"}
    assert client.post("/agent/mark", json=sent).json() == {"mark": None}


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "helpful"},
        {"clause_id": "nothing:1"},
        {"question": "贷" * 2001},
        {"question": "\ud800"},
        {"clause_id": "harbin-66:\udfff"},
        {"caller": "139"},
        {"proof": ""},
        {"proof": "0" * 16},
        {"proof": "\ud800" * 16},
        {"question": "首贷 "},
    ],
)
def test_a_mark_that_says_something_else_is_refused(
    client: TestClient, marks: RecordedMarks, wrong: dict[str, str]
) -> None:
    sent = {"question": "首贷", "proof": _proof(client), "clause_id": LOAN, "verdict": "wrong", **wrong}
    response = client.post("/agent/mark", content=json.dumps(sent), headers={"Content-Type": "application/json"})
    assert response.status_code in (404, 422)
    assert marks.kept == {}
