"""The agents' console without a browser: its page, its rows, the opened clause, and the marks."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.messages import languages, messages
from assistant.question.limits import RequestLimits
from assistant.service import Assistant
from tests.ui.marks import RecordedMarks
from ui.console import routes as console
from ui.console.keys import KEYS
from ui.console.routes import console_router
from ui.console.rows import ROWS

_UI = Path(console.__file__).parent
LOAN = "anhui-2023-4:1.3"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the console's script is sent."""

    status: int
    caching: str
    pieces: Mapping[str, str]  # HTML by name; `question` is text

    @property
    def html(self) -> str:
        assert self.status == 200
        return "".join(self.pieces[name] for name in ("rows", "clause") if name in self.pieces)


def ask(client: TestClient, path: str, **sent: str | int) -> Reply:
    response = client.post(path, json=sent)
    return Reply(response.status_code, response.headers.get("cache-control", ""), response.json())


def look_up(client: TestClient, question: str, **filters: str | int) -> Reply:
    return ask(client, "/agent/rows", q=question, **filters)


def open_clause(client: TestClient, clause_id: str, question: str, **filters: str) -> Reply:
    return ask(client, "/agent/clause", id=clause_id, q=question, **filters)


def rows(client: TestClient, question: str, **filters: str | int) -> list[str]:
    """The ids of the rows, in their order."""
    reply = look_up(client, question, **filters)
    assert reply.status == 200
    return re.findall(r'role="option"[^>]* data-id="([^"]+)"', reply.pieces["rows"])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("首贷 合肥", LOAN),
        ("33条", "harbin-66:33"),
        ("hrb 48", "harbin-66:48"),
        (LOAN, LOAN),
        ("小微企业第一次贷款有哪些支持？", LOAN),
        ("first loan", LOAN),
        ("zenme shenqing shoudai", LOAN),
    ],
)
def test_keywords_numbers_and_sentences_lead_to_the_clause(client: TestClient, typed: str, first: str) -> None:
    assert rows(client, typed)[0] == first


def test_rows_stand_in_the_order_of_the_search(client: TestClient, assistant: Assistant) -> None:
    found = rows(client, "不动产登记")
    assert found == [hit.clause.id for hit in assistant.search("不动产登记", limit=ROWS)][: len(found)]
    assert len(found) > 3


def test_filters_hold_and_an_unknown_one_is_refused(client: TestClient, assistant: Assistant) -> None:
    for id_ in rows(client, "贷款", place="合肥"):
        assert {"合肥", "安徽"} & set(assistant.corpus.clause(id_).jurisdiction)
    assert all(id_.startswith("harbin-66:") for id_ in rows(client, "贷款", document="harbin-66"))
    for filters in ({"place": "亚特兰蒂斯"}, {"document": "none"}):
        assert look_up(client, "贷款", **filters).status == 422


def test_what_is_not_stated_is_said_of_the_question_and_of_the_clause_near_it(client: TestClient) -> None:
    asked = "哈尔滨的金融顾问电话是多少"
    html = look_up(client, asked).pieces["rows"]
    assert re.search(r"<strong>文件未写明</strong>\s*<span class=\"reply\">适用于哈尔滨的文件没有写明电话号码", html)
    assert "未写明电话号码" in html
    assert "拨打" not in html
    opened = open_clause(client, "harbin-66:26", asked).html
    assert "这一条没有写明电话号码。" in opened
    assert "不要照念" in opened


def test_on_a_miss_no_clause_is_opened_and_what_can_be_said_is(client: TestClient) -> None:
    found = look_up(client, "哈尔滨的金融顾问电话是多少")
    assert "data-id" not in found.pieces["clause"]
    assert 'aria-selected="true"' not in found.pieces["rows"]
    for said in ("没有写明电话号码", "向负责的单位核实", "我把您的问题记下来"):
        assert said in found.pieces["clause"]
    assert "专家顾问团" not in found.pieces["clause"]


def test_every_question_of_a_story_has_a_verdict_and_rows_of_its_own(client: TestClient) -> None:
    story = "我妈退休证怎么下载，我家房贷还清了怎么注销抵押？另外深圳怎么落户？"
    found = look_up(client, story)
    assert re.findall(r"<strong>(.+?)</strong>", found.pieces["rows"]) == ["查到条款", "查到条款", "地区未收录"]
    assert found.pieces["question"] == "我妈退休证怎么下载"
    assert rows(client, story)[0] == "harbin-66:19"
    second = look_up(client, story, need=1)
    assert second.pieces["question"] == "我家房贷还清了怎么注销抵押？"
    assert 'data-id="harbin-66:11"' in second.pieces["clause"]
    assert "data-id" not in look_up(client, story, need=2).pieces["clause"]
    assert look_up(client, story, need=9).pieces == look_up(client, story, need=2).pieces


def test_a_matter_is_opened_by_its_name_alone(client: TestClient, assistant: Assistant) -> None:
    name = assistant.corpus.plain["harbin-66:57"].name
    found = look_up(client, name, clause="harbin-66:57")
    assert found.pieces["question"] == name
    assert 'data-id="harbin-66:57"' in found.pieces["clause"]


def test_what_is_asked_most_stands_on_the_empty_page_by_its_plain_name(
    client: TestClient, marks: RecordedMarks, assistant: Assistant
) -> None:
    name = assistant.corpus.plain["harbin-66:57"].name
    assert "近一个月问得多的" not in client.get("/agent").text
    marks.cited = ["harbin-66:57", "gone:1", LOAN, "harbin-66:19"]
    fresh = FastAPI()  # the counts are kept for some minutes
    fresh.include_router(console_router(assistant, marks))
    html = TestClient(fresh).get("/agent").text
    hot = html.partition("近一个月问得多的")[2].partition("</section>")[0]
    assert re.findall('data-matter="([^"]+)"', hot) == ["harbin-66:57", LOAN, "harbin-66:19"]
    assert name in hot


def test_without_counts_the_plain_names_stand_by_chapter(client: TestClient, assistant: Assistant) -> None:
    html = client.get("/agent").text
    assert len(re.findall("data-matter=", html)) == len(assistant.corpus.clauses)
    assert html.count(" open>") == 1


@pytest.mark.parametrize(("question", "label"), [("深圳 首贷", "地区未收录"), ("周末去哪儿钓鱼好", "不像政策问题")])
def test_a_question_that_is_not_ours_is_named_as_such(client: TestClient, question: str, label: str) -> None:
    assert label in look_up(client, question).html


def test_the_opened_clause_stands_in_its_context(client: TestClient, assistant: Assistant) -> None:
    html = open_clause(client, LOAN, "首贷").html
    clause = assistant.corpus.clause(LOAN)
    before = next(one for one, other in pairwise(assistant.corpus.clauses) if other is clause)
    for part in clause.parts:
        assert part.text[:20] in re.sub(r"</?mark>", "", html)
    assert clause.path[-1] in html
    assert before.title in html
    assert f"/clause/{LOAN}?quote=" in html


PIECES: tuple[Callable[[TestClient, str], Reply], ...] = (
    lambda client, question: look_up(client, question, lang="en"),
    lambda client, question: open_clause(client, LOAN, question, lang="en"),
)


def test_what_is_chinese_on_the_english_page_is_marked_as_such(client: TestClient) -> None:
    asked = "首贷电话是多少"
    for html in (client.get("/agent?lang=en").text, look_up(client, asked, lang="en").pieces["rows"]):
        unmarked = re.sub(r'<(\w+)[^>]* lang="zh-CN">.*?</\1>', "", html, flags=re.DOTALL)
        shown = re.sub(r"·\s*(?:皖|《)[^,]*", "", re.sub(r"<[^>]*>", "", unmarked))  # the address in a reply's own text
        assert re.findall(r"[\u3400-\u9fff]+", shown.replace("首贷", "")) == []  # which the help gives as an example


def test_the_first_clause_comes_with_the_rows_as_it_would_alone(client: TestClient) -> None:
    found = look_up(client, "首贷 贴息").pieces
    first = rows(client, "首贷 贴息")[0]
    assert found["clause"] == open_clause(client, first, "首贷 贴息").pieces["clause"]
    assert look_up(client, "谢谢").pieces["clause"] == ""


def test_a_question_is_looked_up_once_however_many_of_its_clauses_are_opened(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[str] = []
    method = Assistant.look_up

    def count(self: Assistant, question: str, *history: Any, **given: Any) -> object:  # noqa: ANN401
        worked.append(question)
        return method(self, question, *history, **given)

    monkeypatch.setattr(Assistant, "look_up", count)
    found = rows(client, "税务注销预检")
    for clause in found[:3]:
        open_clause(client, clause, "税务注销预检")
    assert worked == ["税务注销预检"]
    rows(client, "税务注销预检", place="哈尔滨")
    assert worked == ["税务注销预检"] * 2


def test_nothing_that_a_caller_says_can_be_sent_in_an_address(client: TestClient) -> None:
    for path in ("/agent/rows?q=首贷", f"/agent/clause?q=首贷&id={LOAN}", "/agent/mark?question=首贷"):
        assert client.get(path).status_code in (404, 405)
    script = "".join(path.read_text(encoding="utf-8") for path in (_UI / "static").glob("*.js"))
    assert "URLSearchParams" not in script
    assert set(re.findall(r'"/agent([^"]*)"', script)) == {
        *("/rows", "/clause", "/mark", "/unmark"),
        *("/note", "/note/send", "/note/again"),
    }


def test_an_unknown_clause_is_not_found(client: TestClient) -> None:
    assert open_clause(client, "nothing:1", "首贷").status == 404


@pytest.mark.parametrize("piece", PIECES)
def test_markup_in_a_question_is_text_and_nothing_asked_is_cached(
    client: TestClient, piece: Callable[[TestClient, str], Reply]
) -> None:
    reply = piece(client, "首贷<img src=x onerror=alert(1)>'\"")
    assert "<img" not in reply.html
    assert reply.caching == "no-store"


def test_a_blank_or_endless_question_is_refused(client: TestClient) -> None:
    for question in (" ", "贷" * (RequestLimits().max_question + 1)):
        assert look_up(client, question).status == 422


@pytest.mark.parametrize("field", ["q", "place", "document", "lang", "id"])
def test_a_lone_surrogate_is_refused_in_any_field(client: TestClient, field: str) -> None:
    sent = {"q": "首贷", "id": LOAN, field: "贷\ud800"}
    headers = {"Content-Type": "application/json"}
    assert client.post("/agent/clause", content=json.dumps(sent), headers=headers).status_code == 422


@pytest.mark.parametrize("lang", languages())
def test_the_page_lists_the_keys(client: TestClient, lang: str) -> None:
    html = client.get("/agent", params={"lang": lang}).text
    dialog = html.partition("<dialog")[2]
    listed = re.findall(r"<kbd>(.+?)</kbd></th><td>(.+?)</td>", dialog)
    assert listed == [(key.key, messages(lang)(f"console.key.{key.name}")) for key in KEYS]


def test_the_documentation_lists_the_same_keys() -> None:
    root = Path(__file__).parents[3]
    pages = [root / "README.md", *(root / "docs").glob("*.md")]
    listed = [
        row
        for page in pages
        for row in re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    zh, en = messages("zh"), messages("en")
    keys = [(key.key, zh(f"console.key.{key.name}"), en(f"console.key.{key.name}")) for key in KEYS]
    assert [row for row in listed if row in keys] == keys


def test_every_word_the_script_says_and_every_button_has_its_other_half(client: TestClient) -> None:
    scripts = {path.name: path.read_text(encoding="utf-8") for path in (_UI / "static").glob("*.js")}
    templates = "".join(path.read_text(encoding="utf-8") for path in (_UI / "templates").glob("*.html"))
    body = re.findall(r"<body(.+?)>", client.get("/agent").text, re.DOTALL)[0]
    words = {re.sub(r"-(\w)", lambda m: m[1].upper(), name) for name in re.findall(r"data-([\w-]+)=", unescape(body))}
    assert set(re.findall(r"\bwords\.(\w+)", "".join(scripts.values()))) <= words
    handled = scripts["console.js"].partition("const ACTS = {")[2].partition("};")[0]
    assert set(re.findall(r'data-act="(\w+)"', templates)) <= set(re.findall(r"(\w+)[:,]", handled))
