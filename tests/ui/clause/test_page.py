"""A clause at its permanent link: whole, marked where it is quoted, readable without script, escaped."""

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.channels.offered import Channels
from assistant.messages import Messages, languages, messages
from corpus.clause import Clause, Document, Part
from corpus.clock import CHINA
from corpus.corpus import Corpus
from corpus.records.services import read_services
from ui.clause.page import clause_pages, clause_url

OFFICE = Path(__file__).parents[2] / "office"
HOSTILE = '<script>alert(1)</script> "x" &amp;'


def _client(corpus: Corpus) -> TestClient:
    app = FastAPI()
    app.include_router(clause_pages(corpus))
    return TestClient(app)


def _words(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


@pytest.mark.parametrize("words", [messages(code) for code in languages()], ids=languages())
def test_every_clause_and_part_has_its_page_with_the_whole_text(corpus: Corpus, words: Messages) -> None:
    client = _client(corpus)
    for clause in corpus.clauses:
        page = client.get(clause_url(clause.id, words=words))
        assert page.status_code == 200
        assert re.sub(r"\s+", "", clause.text) in _words(page.text)
    for part in (part for clause in corpus.clauses for part in clause.parts):
        page = client.get(clause_url(part.id, words=words))
        assert re.findall(r"<mark[^>]*>(.*?)</mark>", page.text) == [unescape(part.text.strip())]


def test_the_page_says_what_document_it_is_from_and_leaves_out_what_is_unknown(corpus: Corpus) -> None:
    page = _words(_client(corpus).get("/clause/anhui-2023-4:1.3").text)
    for known in ("皖营商环境办〔2023〕4号", "2023年10月19日", "一、省清单事项(10项)", "适用地区安徽"):
        assert known in page
    assert "发文日期" not in _client(corpus).get("/clause/harbin-66:26").text


def test_the_page_leads_to_its_document_in_the_same_language(corpus: Corpus) -> None:
    client = _client(corpus)
    assert 'href="/document/anhui-2023-4"' in client.get("/clause/anhui-2023-4:1.3.4").text
    assert 'href="/document/anhui-2023-4?lang=en"' in client.get("/clause/anhui-2023-4:1.3?lang=en").text


def test_neighbours_are_linked_and_stay_within_the_document(corpus: Corpus) -> None:
    client = _client(corpus)
    for clause, expected in (("harbin-66:1", ["2"]), ("harbin-66:26", ["25", "27"]), ("harbin-66:66", ["65"])):
        links = re.findall(r'<h2>[^<]*<a href="/clause/harbin-66:(\d+)"', client.get(f"/clause/{clause}").text)
        assert links == expected


def test_the_english_page_has_english_words_and_the_chinese_text(corpus: Corpus) -> None:
    page = _client(corpus).get("/clause/harbin-66:26?lang=en&quote=0-9")
    assert '<html lang="en">' in page.text
    assert "Harbin&#39;s 66 Reform Measures for a Better Business Environment, clause 26" in page.text
    own_words = re.sub(r'<(\w+)[^>]* lang="zh-CN".*?</\1>', "", page.text, flags=re.DOTALL)
    own_words = re.sub(r'(?s)<p class="address">.*?</p>|<button[^>]*>|<title>.*?</title>', "", own_words)
    assert not re.search(r"[\u4e00-\u9fff]", own_words)
    assert 'href="/clause/harbin-66:26?quote=0-9" lang="zh-CN"' in page.text


@pytest.mark.parametrize("quote", ["", "x", "9-", "5-3", "-4-7", "99999999999-1", "３-９x", "<b>"])
def test_a_mangled_quote_still_shows_the_clause(corpus: Corpus, quote: str) -> None:
    page = _client(corpus).get("/clause/harbin-66:26", params={"quote": quote})
    assert page.status_code == 200
    assert "<mark" not in page.text


def test_an_unknown_language_is_the_first_one(corpus: Corpus) -> None:
    assert '<html lang="zh-CN">' in _client(corpus).get("/clause/harbin-66:26?lang=xx").text


@pytest.mark.parametrize(("query", "words"), [("", "没有找到这一条"), ("?lang=en", "No such clause")])
def test_an_unknown_clause_is_said_with_ways_on(corpus: Corpus, query: str, words: str) -> None:
    page = _client(corpus).get(f"/clause/harbin-66:67{query}")
    assert page.status_code == 404
    assert words in page.text
    assert page.text.partition("<main>")[2].count('href="/clause/') == len(corpus.documents)


def test_markup_of_a_document_or_an_address_is_shown_as_text() -> None:
    text = f"{HOSTILE}一是{HOSTILE}"
    part = Part("d:1.1", "一是", text[len(HOSTILE) :], len(HOSTILE), len(text))
    clause = Clause("d:1", "d", HOSTILE, HOSTILE, (HOSTILE,), text, 0, len(text), (HOSTILE,), (part,))
    document = Document("d", HOSTILE, text, number=HOSTILE, issuer=HOSTILE, status=HOSTILE)
    client = _client(Corpus((document,), (clause, replace(clause, id="d:2"))))
    for path in ("/clause/d:1", "/clause/d:1?lang=en&quote=3-40", "/clause/<script>alert(1)"):
        page = client.get(path).text
        assert "<script>" not in page
        assert "alert(1)" in page


@pytest.mark.parametrize("words", [messages(code) for code in languages()], ids=languages())
def test_beside_the_text_stands_where_to_turn_and_how_the_office_says_that_it_is_done(
    corpus: Corpus, words: Messages
) -> None:
    services = read_services(OFFICE, corpus)
    evening = datetime(2026, 12, 1, 18, tzinfo=CHINA)
    app = FastAPI()
    app.include_router(clause_pages(corpus, services, Channels(services, corpus, lambda: evening)))
    client = TestClient(app)
    page = client.get(clause_url("harbin-66:19", words=words)).text
    assert page.index("0451-00000000") < page.index('href="tel:12345"')
    assert words("channels.closed_until", when=words("channels.tomorrow", time="08:30")) in page
    assert words("channels.from_text") in page
    assert page.count(f'<span class="unstated">{words("guide.missing")}</span>') == 2
    assert _words(words("guide.name")) in _words(page)
    assert "2026" in page
    without = client.get(clause_url("harbin-66:50", words=words)).text
    assert words("guide.missing") not in without
    assert 'href="tel:12345"' in without


def test_a_corpus_without_records_has_pages_without_these(corpus: Corpus) -> None:
    page = _client(corpus).get("/clause/harbin-66:19").text
    assert 'class="channels"' not in page
    assert 'class="guide"' not in page
