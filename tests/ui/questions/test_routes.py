"""The page of the saved questions and its API: what is kept, what is shown, what is refused, nothing unescaped."""

import re
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.problems import install_handlers
from assistant.publication.examined import Asked
from assistant.service import Assistant
from corpus.corpus import Corpus
from ui.questions.routes import MOST_BYTES, questions_router

RETIRING = "档案存在档案中心的人怎么办退休"
PAGE, API = "/library/questions", "/v1/library/questions"


@pytest.fixture
def kept() -> list[Asked]:
    return []


@pytest.fixture
def client(assistant: Assistant, second_corpus: Corpus, tmp_path: Path, kept: list[Asked]) -> TestClient:
    app = FastAPI()
    folder = tmp_path / "questions"
    app.include_router(questions_router(lambda: assistant, folder, lambda: kept, working=lambda: second_corpus))
    install_handlers(app)
    return TestClient(app)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", html)))


def rows(client: TestClient, **query: bool) -> list[dict[str, object]]:
    return list(client.get(API, params=query).json()["questions"])


def test_a_question_is_saved_and_stands_with_its_state(client: TestClient) -> None:
    assert "还没有保存问题" in client.get(PAGE).text
    done = client.post(
        PAGE, data={"question": RETIRING, "clause": "http://127.0.0.1:8000/clause/harbin-66:19?quote=1-2"}
    )
    assert (done.status_code, done.url.query) == (200, b"done=added")
    assert "已保存。" in done.text
    client.post(PAGE, data={"question": RETIRING, "clause": "harbin-66:1，harbin-66:2", "place": "哈尔滨"})
    client.post(PAGE, data={"question": "猫怎么登记", "none": "true"})
    assert [(one["id"], one["state"], one["wanted"]) for one in rows(client)] == [
        ("q-1", "right", ["harbin-66:19"]),
        ("q-2", "wrong", ["harbin-66:1", "harbin-66:2"]),
        ("q-3", "right", []),
    ]
    shown = words(client.get(PAGE).text)
    assert f"答错 {RETIRING} 应引用：harbin-66:1、harbin-66:2 现在引用：harbin-66:19" in shown
    assert "应引用：文件没有规定，不应作答" in shown
    only_wrong = words(client.get(f"{PAGE}?show=failing").text)
    assert "q-2" in only_wrong
    assert "q-3" not in only_wrong


def test_the_results_of_the_generation_in_service_are_shown_shipped_ones_only_where_they_fail(
    client: TestClient, kept: list[Asked]
) -> None:
    client.post(API, json={"question": RETIRING, "clauses": ["harbin-66:19"]})
    kept.append(Asked("q-1", RETIRING, "saved.jsonl", ("harbin-66:19",), False, "no_answer"))
    text = "公司从道里搬到松北去了,我还得回老地方那个局再跑一趟不?"
    kept.append(Asked("own-c-001", text, "own.jsonl", ("harbin-66:1",), False, "clarify"))
    assert [(one["id"], one["state"]) for one in rows(client)] == [("q-1", "wrong")]
    failing = rows(client, failing=True)
    assert [(one["id"], one["status"], one["shipped"]) for one in failing] == [
        ("q-1", "no_answer", False),
        ("own-c-001", "clarify", True),
    ]
    page = client.get(f"{PAGE}?show=failing&lang=en").text
    assert "Cites now: asks back" in words(page)
    assert page.count("Mark as known own-c-001") == 1
    assert "Remove own-c-001" not in page


def test_a_failure_is_marked_as_known_and_counts_again(client: TestClient) -> None:
    client.post(API, json={"question": RETIRING, "clauses": ["harbin-66:1"], "known": True})
    assert rows(client)[0]["state"] == "known"
    assert "已知答错" in client.get(PAGE).text
    assert "不再算已知：" in client.post(f"{PAGE}/known", data={"id": "q-1"}).text
    assert rows(client)[0]["state"] == "wrong"
    client.post(API, json={"question": RETIRING, "clauses": ["harbin-66:19"], "known": True})
    assert "曾标为已知，现在答对了" in client.get(PAGE).text
    assert "已标为已知" in client.post(f"{PAGE}/known", data={"id": "q-1", "on": "true"}).text
    assert client.put(f"{API}/q-1/known", json={"known": False}).json() == {"id": "q-1", "known": False}
    assert client.put(f"{API}/q-9/known", json={"known": True}).status_code == 404


def test_a_question_is_removed(client: TestClient) -> None:
    for clause in ("harbin-66:1", "harbin-66:2"):
        client.post(API, json={"question": RETIRING, "clauses": [clause]})
    assert "已删去" in client.post(f"{PAGE}/remove", data={"id": "q-1"}).text
    assert client.delete(f"{API}/q-2").status_code == 204
    assert rows(client) == []
    assert client.delete(f"{API}/q-2").status_code == 404
    gone = client.post(f"{PAGE}/remove", data={"id": "q-1"})
    assert (gone.status_code, "没有编号为 q-1 的问题" in gone.text) == (422, True)


def test_what_was_typed_stays_where_it_is_refused(client: TestClient) -> None:
    for typed, told in (
        ({"question": "几点<b>开门", "clause": "harbin-66:99"}, "没有条款 harbin-66:99"),
        ({"question": "几点<b>开门"}, "请填写应引用的条款"),
        ({"question": "几点<b>开门", "clause": "harbin-66:1", "none": "true"}, "两样只选一样"),
    ):
        page = client.post(PAGE, data=typed)
        assert page.status_code == 422
        assert told in unescape(page.text)
        assert 'value="几点&lt;b&gt;开门"' in page.text
    assert "The library has no clause" in client.post(f"{PAGE}?lang=en", data={"question": "x", "clause": "y:1"}).text
    assert client.post(API, json={"question": " ", "clauses": []}).status_code == 422


def test_a_clause_that_is_not_published_yet_may_be_named(client: TestClient, second_corpus: Corpus) -> None:
    clause = second_corpus.clauses[0].id
    assert client.post(API, json={"question": "新文件里怎么说", "clauses": [clause]}).status_code == 201
    assert rows(client)[0]["state"] == "wrong"


def test_a_file_is_taken_in_by_page_and_program(client: TestClient) -> None:
    table = f"id,question,relevant\nw-1,{RETIRING},harbin-66:19\n".encode("utf-8-sig")
    page = client.post(f"{PAGE}/import", files={"file": ("窗口.csv", table)})
    assert "已放入" in page.text
    assert [one["file"] for one in rows(client)] == ["窗口.jsonl"]
    bad = client.post(f"{PAGE}/import", files={"file": ("坏.csv", b"id,question,relevant\n,x,\n")})
    assert (bad.status_code, "坏.csv:2: " in bad.text) == (422, True)
    octets = {"content-type": "application/octet-stream"}
    sent = client.post(f"{API}/import", params={"name": "窗口.csv"}, content=table, headers=octets)
    assert sent.json() == {"file": "窗口.jsonl", "questions": 1, "replaced": True}
    large = client.post(f"{API}/import", params={"name": "大.csv"}, content=b"x" * (MOST_BYTES + 1), headers=octets)
    assert (large.status_code, "5 MB" in large.json()["detail"]) == (422, True)


def test_a_malformed_file_in_the_folder_is_told_and_the_forms_are_there(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "bad.jsonl").write_text("{", encoding="utf-8")
    page = client.get(PAGE)
    assert (page.status_code, "bad.jsonl:1: " in page.text, "<form" in page.text) == (422, True, True)
