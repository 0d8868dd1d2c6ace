"""A work-order note: every field is there, quotes are the clause's own words, and nothing of it names anybody."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.problems import install_handlers
from assistant.feedback.store import FeedbackStore
from assistant.operations.outbox import Outbox
from assistant.operations.webhook import Webhook
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.clock import CHINA
from corpus.corpus import Corpus
from corpus.records.departments import Department, department_of, read_departments
from corpus.records.services import Services
from eval.questions.questionset import read_questions
from tests.ui.console_views import ZH
from tests.ui.marks import RecordedMarks
from ui.console.inquiry import Inquiries
from ui.console.note import FIELDS, Note, masked, note_text, summary
from ui.console.notes import NOWHERE, Sending, note_router, note_sending
from ui.console.routes import console_router

OWN = Path(__file__).parents[3] / "eval" / "questions" / "own.jsonl"
NOW = datetime(2026, 11, 30, 10, 5, tzinfo=CHINA)
SECRET = "correct horse battery staple"


def client_of(assistant: Assistant, sending: Sending = NOWHERE) -> TestClient:
    app = FastAPI()
    app.include_router(note_router(assistant, Inquiries(assistant), sending, lambda: NOW))
    install_handlers(app)
    return TestClient(app)


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> TestClient:
    return client_of(assistant)


@pytest.fixture
def receiver() -> list[httpx.Request]:
    return []


@pytest.fixture
def webhook(tmp_path: Path, receiver: list[httpx.Request]) -> Iterator[Webhook]:
    def answer(request: httpx.Request) -> httpx.Response:
        receiver.append(request)
        return httpx.Response(204)

    with FeedbackStore(tmp_path / "feedback.sqlite3") as store:
        assert store.database
        transport = httpx.Client(transport=httpx.MockTransport(answer))
        yield Webhook(Outbox(store.database), "https://office.test", SECRET, client=transport)


def make(client: TestClient, question: str, **more: object) -> Note:
    made = client.post("/agent/note", json={"question": question, **more})
    assert made.status_code == 200, made.text
    assert made.headers["cache-control"] == "no-store"
    return Note(**made.json()["note"])


def test_a_hundred_calls_are_noted_with_every_field_and_quotes_of_their_clause(
    client: TestClient, corpus: Corpus
) -> None:
    questions = [one.question for one in read_questions(OWN)][:100]
    assert len(questions) == 100
    answered = 0
    for question in questions:
        made = client.post("/agent/note", json={"question": question}).json()
        assert set(made["note"]) == {name for name, _ in FIELDS} == set(Note.model_fields)
        note = Note(**made["note"])
        assert note.summary
        assert (note.time, note.channel) == ("2026-11-30 10:05", "电话坐席")
        assert note.status in ("answered", "clarify", "no_answer")
        assert note.result
        assert note.index_version
        assert len(made["text"].splitlines()) >= len(FIELDS)
        assert note.department == ""  # none are shipped, so none is suggested
        if note.clause_id:
            answered += 1
            clause = corpus.clause(note.clause_id)
            assert note.quotes
            assert all(quote in corpus.document(clause.document_id).text for quote in note.quotes)
            assert all(quote in clause.text for quote in note.quotes)
            assert note.address
            assert note.place
    assert answered > 50


def test_a_note_holds_the_masked_words_the_place_and_what_was_said(client: TestClient) -> None:
    note = make(client, "退休证怎么下载？我电话13800138000", place="哈尔滨")
    assert note.summary == "退休证怎么下载？我电话〔手机号〕"
    assert (note.place, note.status, note.clause_id) == ("哈尔滨", "answered", "harbin-66:19")
    assert note.address.startswith("《哈尔滨市优化营商环境改革措施66条》第十九条")
    assert note.told
    assert "请问还有什么可以帮您" not in note.told
    assert "哈尔滨市人社" in note.turn_to


def test_on_a_miss_what_is_unknown_is_blank(client: TestClient) -> None:
    note = make(client, "首贷的利率是多少")
    assert note.status == "no_answer"
    assert (note.clause_id, note.address, note.quotes, note.department) == ("", "", [], "")
    assert "我把您的问题记下来" in note.told


def test_the_clause_that_is_open_goes_along_where_it_answers(client: TestClient) -> None:
    note = make(client, "退休证怎么下载", id="harbin-66:20", answer_id="a" * 32)
    assert note.clause_id == "harbin-66:20"
    assert note.answer_id == "a" * 32
    assert make(client, "首贷的利率是多少", id="harbin-66:20").clause_id == ""


def test_a_note_is_made_in_english_too(client: TestClient) -> None:
    made = client.post("/agent/note", json={"question": "退休证怎么下载", "lang": "en"}).json()
    assert made["text"].startswith("What the caller said: ")
    assert made["note"]["place"] == "Harbin"


@pytest.mark.parametrize(
    ("text", "asked", "short"),
    [
        ("怎么摆摊？", "怎么摆摊？", "怎么摆摊？"),
        ("甲" * 60 + "。" + "乙" * 60 + "。怎么摆摊？", "怎么摆摊", "甲" * 60 + "。……怎么摆摊？"),
        ("甲" * 60 + "。" + "乙" * 60 + "。", "别的", "甲" * 60 + "。……"),
        ("甲" * 200, "别的", "甲" * 100 + "……"),
        ("甲" * 120 + "。怎么摆摊？", "怎么摆摊", "……怎么摆摊？"),
        ("我叫老张，13800138000。怎么摆摊？", "怎么摆摊", "我叫老张，〔手机号〕。怎么摆摊？"),
    ],
)
def test_the_summary_is_the_callers_own_sentences(text: str, asked: str, short: str) -> None:
    assert summary(text, asked, 100) == short


DEPARTMENTS = read_departments(
    "词,部门,地区\n执照,市场监管局,\n营业执照,企业登记科,\n营业执照,合肥登记科,合肥\n过户,不动产中心,芜湖\n".encode(),
    "f",
)[0]


@pytest.mark.parametrize(
    ("asked", "clause", "places", "name"),
    [
        ("办执照", "", (), "市场监管局"),
        ("办营业执照", "", (), "企业登记科"),
        ("办营业执照", "", ("合肥",), "合肥登记科"),
        ("房子过户", "", ("合肥",), ""),
        ("房子过户", "", ("芜湖",), "不动产中心"),
        ("别的", "条款说到营业执照", (), "企业登记科"),
        ("办ＡＢ执照", "", (), "市场监管局"),
        ("别的", "别的", (), ""),
    ],
)
def test_a_department_is_suggested_by_the_longest_word_or_left_blank(
    asked: str, clause: str, places: tuple[str, ...], name: str
) -> None:
    assert department_of(DEPARTMENTS, asked, clause, places) == name


def test_the_offices_departments_reach_the_note(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    services = replace(assistant.services, departments=(Department("人社局", ("退休证",)),))
    monkeypatch.setitem(assistant.__dict__, "services", services)
    assert isinstance(assistant.services, Services)
    assert make(client_of(assistant), "退休证怎么下载").department == "人社局"


def test_a_note_is_sent_without_personal_data_and_its_way_is_shown(
    assistant: Assistant, webhook: Webhook, receiver: list[httpx.Request]
) -> None:
    client = client_of(assistant, Sending(webhook, ""))
    note = make(client, "退休证怎么下载")
    edited = {**note.model_dump(), "summary": "要回电13912345678", "told": "身份证11010519491231002X"}
    sent = client.post("/agent/note/send", json={"note": edited})
    assert sent.status_code == 202
    assert [one["state"] for one in client.get("/agent/note/sent").json()] == ["waiting"]
    assert webhook.send_due() == 1
    told = json.loads(receiver[0].read())
    assert (told["id"], told["kind"]) == (sent.json()["id"], "note")
    assert set(told["data"]) == set(Note.model_fields)
    assert told["data"]["quotes"] == note.quotes
    assert not any(digits in json.dumps(told) for digits in ("13912345678", "11010519491231002X"))
    assert [one["state"] for one in client.get("/agent/note/sent").json()] == ["delivered"]


def test_digits_of_an_id_are_nobodys_number(assistant: Assistant) -> None:
    id_ = "13800138000d4980b249cca7c11e5ca9"
    sent = masked(Note(answer_id=id_, index_version=assistant.index.version, status="13800138000"), assistant)
    assert (sent.answer_id, sent.index_version, sent.status) == (id_, assistant.index.version, "〔手机号〕")
    assert masked(Note(answer_id="回13800138000"), assistant).answer_id == "回〔手机号〕"


@pytest.mark.parametrize(
    ("url", "warned"),
    [("http://oa.example/notes", True), ("https://oa.example/notes", False), ("http://127.0.0.1:9/notes", False)],
)
def test_notes_that_cross_the_network_unencrypted_are_warned_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, url: str, warned: bool
) -> None:
    settings = Settings(note_url=url, note_secret=SECRET)
    note_sending(settings, FeedbackStore(tmp_path / "feedback.sqlite3"))
    assert ("https" in caplog.text) is warned
    assert "oa.example" not in caplog.text  # an address may hold a password


def test_where_nothing_can_be_sent_it_says_why(assistant: Assistant, client: TestClient) -> None:
    note = make(client, "退休证怎么下载").model_dump()
    refused = client.post("/agent/note/send", json={"note": note})
    assert refused.status_code == 409
    assert "POLICYQA_NOTE_URL" in refused.json()["detail"]
    settings = Settings(note_url="https://office.test", note_secret=SECRET, feedback=None)
    unkept = client_of(assistant, note_sending(settings, FeedbackStore(None)))
    refused = unkept.post("/agent/note/send", json={"note": note})
    assert refused.status_code == 409
    assert "反馈存储已关闭" in refused.json()["detail"]
    assert unkept.get("/agent/note/sent").json() == []
    assert unkept.post("/agent/note/again", json={"id": "0" * 32}).json() == {"again": False}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": ""},
        {"question": "x" * 100_000},
        {"question": "退休证", "need": -1},
        {"question": "退休证", "id": "nothing:1"},
        {"question": "退休证", "other": 1},
    ],
)
def test_bad_input_is_refused_with_words(client: TestClient, body: dict[str, object]) -> None:
    refused = client.post("/agent/note", json=body)
    assert refused.status_code in (404, 422)
    assert refused.json()["detail"]


def test_a_note_of_any_length_is_no_way_to_fill_the_outbox(assistant: Assistant, webhook: Webhook) -> None:
    client = client_of(assistant, Sending(webhook, ""))
    for note in ({"summary": "x" * 4001}, {"quotes": ["x"] * 21}, {"quotes": ["x" * 4001]}, {"unknown": ""}):
        assert client.post("/agent/note/send", json={"note": note}).status_code == 422
    assert client.post("/agent/note/send", json={"note": {}}).status_code == 202


def test_the_page_offers_to_send_only_where_a_receiver_is_set(assistant: Assistant, webhook: Webhook) -> None:
    def page(sending: Sending) -> str:
        app = FastAPI()
        app.include_router(console_router(assistant, RecordedMarks(), sending=sending))
        return TestClient(app).get("/agent").text

    assert 'data-act="sendNote"' in page(Sending(webhook, ""))
    assert 'data-act="sendNote"' not in page(NOWHERE)
    assert "反馈存储已关闭" in page(Sending(None, "unkept"))
    assert "反馈存储已关闭" not in page(NOWHERE)


def test_the_text_has_a_line_a_field() -> None:
    assert note_text(Note(summary="摆摊", quotes=["一", "二"]), ZH).splitlines()[0] == "诉求摘要：摆摊"
    assert len(note_text(Note(), ZH).splitlines()) == len(FIELDS)
