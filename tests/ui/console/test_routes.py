"""The agents' console without a browser: its page, its rows, the opened clause, and the marks."""

import json
import re
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.problems import install_handlers
from assistant.service import Assistant
from corpus.corpus import Corpus
from corpus.places.gazetteer import english_name
from index.index import build_index
from tests.bigram_encoder import BigramEncoder
from tests.ui.marks import RecordedMarks
from ui.console import routes as console
from ui.console.lookup import ROWS, look_up, open_clause
from ui.console.routes import KEYS, console_router

_UI = Path(console.__file__).parent
LOAN = "anhui-2023-4:1.3"


@pytest.fixture
def marks() -> RecordedMarks:
    return RecordedMarks()


@pytest.fixture
def client(assistant: Assistant, marks: RecordedMarks) -> TestClient:
    app = FastAPI()
    app.include_router(console_router(assistant, marks))
    install_handlers(app)
    return TestClient(app)


def rows(client: TestClient, question: str, **filters: str) -> list[str]:
    """The ids of the rows, in their order."""
    response = client.get("/agent/rows", params={"q": question, **filters})
    assert response.status_code == 200
    return re.findall(r'role="option"[^>]* data-id="([^"]+)"', response.text)


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
        assert client.get("/agent/rows", params={"q": "贷款", **filters}).status_code == 422


def test_a_row_shows_the_sentence_that_matched_and_its_words(assistant: Assistant) -> None:
    row = look_up(assistant, "应授尽授", "", "", english=False).rows[0]
    assert row.clause.id == LOAN
    sentence = "".join(run.text for run in row.sentence)
    assert sentence in row.clause.text
    assert [run.text for run in row.sentence if run.quoted] == ["应授尽授"]


def test_what_the_words_are_called_officially_is_marked_too(assistant: Assistant) -> None:
    row = look_up(assistant, "first loan", "", "", english=True).rows[0]
    assert [run.text for run in row.sentence if run.quoted] == ["首次贷款"]


@pytest.mark.parametrize("question", ["首贷 合肥", "房贷还完了抵押咋去掉", "退休证", "work permit"])
def test_a_row_says_which_legs_list_it_near_the_top(assistant: Assistant, question: str) -> None:
    for row in look_up(assistant, question, "", "", english=False).rows:
        assert row.ranks
        hits = {hit.clause.id: hit for hit in assistant.search(question, limit=ROWS)}
        legs = hits[row.clause.id].legs
        plain = [legs[name].rank for name in ("plain_bm25", "plain_dense") if name in legs]
        for reason, rank in row.ranks.items():
            assert (
                rank
                == {
                    "words": legs["bm25"].rank if "bm25" in legs else None,
                    "meaning": legs["dense"].rank if "dense" in legs else None,
                    "plain": min(plain, default=None),
                }[reason]
            )


def test_what_is_not_stated_is_said_of_the_question_and_of_the_clause_near_it(client: TestClient) -> None:
    asked = "哈尔滨的金融顾问电话是多少"
    html = client.get("/agent/rows", params={"q": asked}).text
    assert '<strong>文件未写明</strong> <span class="reply">适用于哈尔滨的文件没有写明电话号码' in html
    assert "未写明电话号码" in html
    assert "12345" not in html
    opened = client.get("/agent/clause/harbin-66:26", params={"q": asked}).text
    assert "这一条没有写明电话号码。" in opened
    assert "您问的电话号码，这里没有写明。" in opened


@pytest.mark.parametrize(("question", "label"), [("深圳 首贷", "地区未收录"), ("周末去哪儿钓鱼好", "不像政策问题")])
def test_a_question_that_is_not_ours_is_named_as_such(client: TestClient, question: str, label: str) -> None:
    assert label in client.get("/agent/rows", params={"q": question}).text


@pytest.mark.parametrize(
    ("question", "clause"),
    [("首贷 贴息", LOAN), ("33条", "harbin-66:33"), ("电话", "harbin-66:26"), ("贷款", "harbin-66:26")],
)
@pytest.mark.parametrize("english", [False, True])
def test_what_is_copied_is_true_to_the_text(assistant: Assistant, question: str, clause: str, english: bool) -> None:
    opened = open_clause(assistant, clause, question, "", "", english=english)
    text = opened.document.text
    assert opened.quote.split("\n") == [text[start:end].strip() for start, end in opened.quotes]
    spoken, where = opened.script.rsplit("\n", 1)
    assert where == opened.address
    records = [assistant.corpus.plain[key] for key in (clause, *(part.id for part in opened.clause.parts))]
    said = {record.gist_en if english else record.plain for record in records}
    lacking = (
        {f"您问的{opened.lacks.chinese}，这里没有写明。", f"It does not state {opened.lacks.english}."}
        if opened.lacks
        else set()
    )
    lines = spoken.splitlines()
    if lines[0].startswith(("文件没有直接回答", "The documents do not answer")):
        lines = lines[1:]
    place = english_name(opened.clause.jurisdiction[0]) if english else opened.clause.jurisdiction[0]
    opening = f"For {place}, in short (our paraphrase): " if english else f"{place}的文件，通俗地说："
    assert lines[0].startswith(opening)
    assert {lines[0].removeprefix(opening), *lines[1:]} <= said | lacking


def test_a_clause_that_does_not_answer_is_not_read_out_as_if_it_did(assistant: Assistant) -> None:
    for question, clause, answers in (("首贷 贴息", LOAN, True), ("首贷 利率 多少", LOAN, False)):
        opened = open_clause(assistant, clause, question, "", "", english=False)
        assert opened.script.startswith("文件没有直接回答来电人问的事") is not answers


def test_without_a_plain_record_the_text_itself_is_read_out(
    corpus: Corpus, bigram_encoder: BigramEncoder, assistant: Assistant
) -> None:
    bare = Assistant(build_index(replace(corpus, plain={}), bigram_encoder), assistant.settings)
    opened = open_clause(bare, "harbin-66:33", "税务注销", "", "", english=False)
    assert opened.speech[-1] == f"哈尔滨的文件，原文：{opened.quote}"
    assert opened.quote in corpus.clause("harbin-66:33").text


def test_the_opened_clause_stands_in_its_context(client: TestClient, assistant: Assistant) -> None:
    html = client.get(f"/agent/clause/{LOAN}", params={"q": "首贷"}).text
    clause = assistant.corpus.clause(LOAN)
    before = next(one for one, other in pairwise(assistant.corpus.clauses) if other is clause)
    for part in clause.parts:
        assert part.text[:20] in re.sub(r"</?mark>", "", html)
    assert clause.path[-1] in html
    assert before.title in html
    assert f"/clause/{LOAN}?quote=" in html


@pytest.mark.parametrize("path", ["/agent", "/agent/rows"])
def test_what_is_chinese_on_the_english_page_is_marked_as_such(client: TestClient, path: str) -> None:
    html = client.get(path, params={"q": "首贷电话是多少", "lang": "en"}).text
    unmarked = re.sub(r'<(\w+)[^>]* lang="zh-CN">.*?</\1>', "", html, flags=re.DOTALL)
    assert re.findall(r"[\u3400-\u9fff]+", re.sub(r"<[^>]*>", "", unmarked)) == []


def test_an_unknown_clause_is_not_found(client: TestClient) -> None:
    assert client.get("/agent/clause/nothing:1", params={"q": "首贷"}).status_code == 404


@pytest.mark.parametrize("path", ["/agent/rows", f"/agent/clause/{LOAN}"])
def test_markup_in_a_question_is_text_and_nothing_asked_is_cached(client: TestClient, path: str) -> None:
    response = client.get(path, params={"q": "首贷<img src=x onerror=alert(1)>'\""})
    assert "<img" not in response.text
    assert response.headers["cache-control"] == "no-store"


def test_a_blank_or_endless_question_is_refused(client: TestClient, assistant: Assistant) -> None:
    for question in (" ", "贷" * (assistant.settings.max_question + 1)):
        assert client.get("/agent/rows", params={"q": question}).status_code == 422


def test_a_mark_goes_to_the_store_with_the_index_it_speaks_of(
    client: TestClient, marks: RecordedMarks, assistant: Assistant
) -> None:
    for clause, verdict in ((LOAN, "wrong"), (LOAN, "outdated"), (None, "missing")):
        sent = {"question": "首贷", "clause_id": clause, "verdict": verdict}
        assert client.post("/agent/mark", json=sent).json() == {"kept": True}
        assert marks.kept[-1] == {**sent, "index_version": assistant.index.version}


def test_a_mark_that_is_not_kept_is_not_said_to_be(client: TestClient, marks: RecordedMarks) -> None:
    marks.on = False
    sent = {"question": "首贷", "clause_id": LOAN, "verdict": "wrong"}
    assert client.post("/agent/mark", json=sent).json() == {"kept": False}


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "helpful"},
        {"clause_id": "nothing:1"},
        {"question": "贷" * 2001},
        {"question": "\ud800"},
        {"caller": "139"},
    ],
)
def test_a_mark_that_says_something_else_is_refused(
    client: TestClient, marks: RecordedMarks, wrong: dict[str, str]
) -> None:
    sent = {"question": "首贷", "clause_id": LOAN, "verdict": "wrong", **wrong}
    response = client.post("/agent/mark", content=json.dumps(sent), headers={"Content-Type": "application/json"})
    assert response.status_code in (404, 422)
    assert marks.kept == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_lists_the_keys(client: TestClient, lang: str) -> None:
    html = client.get("/agent", params={"lang": lang}).text
    dialog = html.partition("<dialog")[2]
    listed = re.findall(r"<kbd>(.+?)</kbd></th><td>(.+?)</td>", dialog)
    assert listed == [(key.key, key.english if lang == "en" else key.chinese) for key in KEYS]


def test_the_readme_lists_the_same_keys() -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    section = readme.partition("坐席 · Hotline agents")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \|$", section, re.MULTILINE)
    assert listed == [(key.key, key.chinese, key.english) for key in KEYS]


def test_every_word_the_script_says_and_every_button_has_its_other_half(client: TestClient) -> None:
    script = (_UI / "static" / "console.js").read_text(encoding="utf-8")
    templates = "".join(path.read_text(encoding="utf-8") for path in (_UI / "templates").glob("agent*.html"))
    words = re.findall(r"data-words='(.+?)'", client.get("/agent").text, re.DOTALL)[0]
    assert set(re.findall(r"\bwords\.(\w+)", script)) <= set(json.loads(unescape(words)))
    handled = script.partition("const ACTS = {")[2].partition("};")[0]
    assert set(re.findall(r'data-act="(\w+)"', templates)) <= set(re.findall(r"(\w+):", handled))
