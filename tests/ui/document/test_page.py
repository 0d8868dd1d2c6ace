"""A document at its address: facts, contents with a link for every clause, whole text, QR code; no script needed."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.messages import Messages, languages, messages
from corpus.clause import Clause, Document
from corpus.contents import contents
from corpus.corpus import Corpus
from corpus.load import load_corpus
from corpus.validity import Validities
from eval.probes.run import TEXTS
from ui.clause.page import clause_pages, clause_url
from ui.document.address import document_url, qr_code
from ui.document.facts import document_facts
from ui.document.page import document_pages

HOSTILE = '<script>alert(1)</script> "x" &amp;'
ZH = messages("zh")


def _client(corpus: Corpus) -> TestClient:
    app = FastAPI()
    app.include_router(document_pages(corpus))
    return TestClient(app)


def _words(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


def _contents(html: str) -> str:
    return html.partition("<nav aria-labelledby")[2].partition("</nav>")[0]


@pytest.mark.parametrize("name", ["corpus", "second_corpus"])
@pytest.mark.parametrize("words", [messages(code) for code in languages()], ids=languages())
def test_every_document_has_its_page_with_a_link_for_every_clause(
    name: str, words: Messages, request: pytest.FixtureRequest
) -> None:
    corpus: Corpus = request.getfixturevalue(name)
    client = _client(corpus)
    for document in corpus.documents:
        page = client.get(document_url(document.id, words))
        assert page.status_code == 200
        links = [unescape(one) for one in re.findall(r'href="(/clause/[^"]*)"', _contents(page.text))]
        own = [clause for clause in corpus.clauses if clause.document_id == document.id]
        assert links == [clause_url(clause.id, words=words) for clause in own]
        targets = re.findall(r'href="#([^"]*)"', page.text) + re.findall(r'data-clause="([^"]*)"', page.text)
        ids = re.findall(r' id="([^"]*)"', page.text)
        assert set(targets) <= set(ids)
        assert len(ids) == len(set(ids))


def test_the_contents_name_chapters_and_clauses_in_plain_words(corpus: Corpus) -> None:
    text = _words(_contents(_client(corpus).get("/document/harbin-66").text))
    record = corpus.plain["harbin-66:26"]
    assert f"第二十六条{record.name}{corpus.clause('harbin-66:26').title}" in text
    assert "五、提升金融服务可得性便利性" in text


def test_the_english_page_has_english_words_and_numbers(corpus: Corpus) -> None:
    page = _client(corpus).get("/document/harbin-66?lang=en").text
    assert '<html lang="en">' in page
    assert "clause26" in _words(_contents(page))
    own_words = re.sub(r'<(\w+)[^>]* lang="zh-CN".*?</\1>', "", page.partition('id="text"')[0], flags=re.DOTALL)
    own_words = re.sub(r"<title>.*?</title>|<[^>]*>", "", own_words)
    assert not re.search(r"[\u4e00-\u9fff]", own_words)


def test_what_is_not_stated_is_said_to_be_so(corpus: Corpus) -> None:
    harbin = _words(_client(corpus).get("/document/harbin-66").text)
    assert "文号未注明发文机关未注明发文日期未注明效力未注明适用地区哈尔滨篇幅11个部分，66条" in harbin
    anhui = _words(_client(corpus).get("/document/anhui-2023-4").text)
    assert "文号皖营商环境办〔2023〕4号" in anhui
    assert "发文日期2023年10月19日" in anhui


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (Document("d", "t", ""), "未注明"),
        (Document("d", "t", "", status="现行"), "现行"),
        (Document("d", "t", "", status="废止"), "废止"),
        (Document("d", "t", "", status="现行", expires=date(2020, 1, 31)), "到期"),
        (Document("d", "t", "", effective=date(2031, 5, 1)), "未施行"),
        (Document("d", "t", "", status="试行"), "试行"),
    ],
)
def test_validity_is_what_the_status_and_the_days_say(document: Document, said: str) -> None:
    facts = document_facts(document, (), contents(()), ZH, Validities([document]).of("d", date(2026, 3, 2)))
    assert [fact.value for fact in facts if fact.key == "document.fact.status"] == [said]


def test_without_script_a_form_narrows_the_contents_and_not_the_text(corpus: Corpus) -> None:
    client = _client(corpus)
    page = client.get("/document/anhui-2023-4", params={"q": "招投标", "place": "滁州"}).text
    assert re.findall(r'href="/clause/anhui-2023-4:([\d.]+)"', _contents(page)) == ["4.4"]
    assert "显示1条，共33条" in _words(page)
    assert _words(corpus.clause("anhui-2023-4:2.1").text) in _words(page)
    assert "没有符合的条款" in client.get("/document/anhui-2023-4?q=火星移民").text


def test_the_code_is_the_address_as_the_reader_reaches_it(corpus: Corpus) -> None:
    client = _client(corpus)
    page = client.get("/document/harbin-66?lang=en&q=tax", headers={"Host": "policy.example:8443"}).text
    address = "http://policy.example:8443/document/harbin-66?lang=en"
    assert str(qr_code(address)) in page
    assert address in page
    assert "http://www.w3.org/2000/svg" not in str(qr_code(address))


@pytest.mark.parametrize("host", ["", "a" * 5000, "x\ty", '"><b>'])
def test_a_host_that_is_none_gives_no_code(corpus: Corpus, host: str) -> None:
    page = _client(corpus).get("/document/harbin-66", headers={"Host": host})
    assert page.status_code == 200
    assert "<svg" not in page.text


@pytest.mark.parametrize(("query", "words"), [("", "没有找到这份文件"), ("?lang=en", "No such document")])
def test_an_unknown_document_is_said_with_ways_on(corpus: Corpus, query: str, words: str) -> None:
    page = _client(corpus).get(f"/document/harbin-67{query}")
    assert page.status_code == 404
    assert words in page.text
    assert page.text.partition("<main>")[2].count('href="/document/') == len(corpus.documents)


def test_markup_of_a_document_or_an_address_is_shown_as_text() -> None:
    text = f"{HOSTILE}\n{HOSTILE}\t{HOSTILE}"
    clause = Clause("d:1", "d", HOSTILE, HOSTILE, (HOSTILE,), text, 0, len(text), (HOSTILE,))
    row = replace(clause, id="d:r1", cells=((HOSTILE, HOSTILE),), start=len(text), end=2 * len(text))
    document = Document("d", HOSTILE, text * 2, number=HOSTILE, issuer=HOSTILE, status=HOSTILE, audience=HOSTILE)
    client = _client(Corpus((document,), (clause, row)))
    for path in ("/document/d", "/document/d?lang=en&q=<script>&place=<script>", "/document/<script>alert(1)"):
        page = client.get(path).text
        assert "<script>" not in page
        assert "alert(1)" in page


def test_a_text_that_does_not_hold_says_so_on_its_pages() -> None:
    corpus = load_corpus(TEXTS)
    client = _client(corpus)
    client.app.include_router(clause_pages(corpus))  # type: ignore[attr-defined]
    for path in ("/document/hengyang-lift-2019", "/clause/hengyang-lift-2019:3"):
        assert "已于2024年7月1日废止" in client.get(path).text
    for path in ("/document/hengyang-lift", "/clause/hengyang-lift:3"):
        assert "set-aside" not in client.get(path).text
