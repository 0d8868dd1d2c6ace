"""Plates: every clause and part at its short address, its code leads there, and sheets hold eight."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import quote, unquote, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.messages import Messages, languages, messages
from assistant.service import Assistant
from corpus.corpus import Corpus
from tests.ui.plate.codes import decoded
from ui.page.root import RootPath
from ui.plate.address import plate_url, plates_url
from ui.plate.choosing import Choice, chosen
from ui.plate.page import A_SHEET, plate_pages

HOSTILE = '<img src=x onerror=alert(1)> "x" &amp;'
HOST = "http://zwfw.example.gov.cn"
LANGUAGES = [messages(code) for code in languages()]
ZH = messages("zh")
DAY = date(2026, 11, 30)


def _client(assistant: Assistant, base_url: str = HOST) -> TestClient:
    app = FastAPI()
    app.include_router(plate_pages(assistant))
    return TestClient(app, base_url=base_url)


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> TestClient:
    return _client(assistant)


def _ids(corpus: Corpus) -> Iterator[str]:
    for clause in corpus.clauses:
        yield clause.id
        yield from (part.id for part in clause.all_parts())


def test_every_code_is_read_by_a_camera_as_the_address_of_its_own_page(client: TestClient, corpus: Corpus) -> None:
    ids = list(_ids(corpus))
    assert len(ids) == 181
    for id_ in ids:
        page = client.get(plate_url(id_, ZH)).text
        address = decoded(page)
        assert address == f"{HOST}/m/{id_}"
        assert unescape(page).count(address) >= 1  # to be typed by whoever has no camera
    again = client.get(urlsplit(address).path)
    assert (again.status_code, decoded(again.text)) == (200, address)


def test_a_code_holds_what_the_request_came_by(assistant: Assistant) -> None:
    app = FastAPI()
    app.include_router(plate_pages(assistant))
    under = TestClient(RootPath(app, "/policy"), base_url="https://zwfw.example.gov.cn:8443")
    page = under.get("/policy/m/harbin-66:11?lang=en").text
    assert decoded(page) == "https://zwfw.example.gov.cn:8443/policy/m/harbin-66:11?lang=en"


@pytest.mark.parametrize("host", ["http://127.0.0.1:8000", "http://localhost", 'http://x"><script>'])
def test_no_code_leads_to_a_host_that_a_telephone_does_not_know(assistant: Assistant, host: str) -> None:
    client = _client(assistant)
    headers = {"host": host.partition("//")[2]}
    assert "<svg" not in client.get("/m/harbin-66:11", headers=headers).text
    sheet = client.get("/plates?event=trade", headers=headers).text
    assert "<svg" not in sheet
    assert ZH("plate.no_codes") in sheet


@pytest.mark.parametrize("words", LANGUAGES, ids=languages())
def test_a_plate_names_the_matter_in_both_languages_with_sentence_place_and_ways_on(
    client: TestClient, corpus: Corpus, words: Messages
) -> None:
    for id_ in ("harbin-66:11", "anhui-2023-4:1.3.4"):
        record, page = corpus.plain[id_], unescape(client.get(plate_url(id_, words)).text)
        clause, _ = corpus.find(id_)
        gist = record.plain if words.is_chinese else record.gist_en
        for told in (record.name, record.title_en, gist, words.place(clause.jurisdiction[0]), 'href="tel:12345"'):
            assert told in page
        assert f'href="/clause/{id_}' in page


def test_asking_from_a_plate_is_answered_by_its_clause(assistant: Assistant, client: TestClient) -> None:
    for id_ in ("harbin-66:11", "anhui-2023-4:2.5", "anhui-2023-4:1.3.4"):
        (link,) = re.findall(r'class="ask" href="([^"]*)"', client.get(f"/m/{id_}").text)
        asked = dict(one.split("=") for one in urlsplit(unescape(link)).query.split("&"))
        answer = assistant.ask(unquote(asked["q"]), jurisdiction=[unquote(asked["place"])])
        assert answer.citations[0].clause_id == assistant.corpus.find(id_)[0].id


def test_a_plate_shows_the_channels_of_its_part_as_a_clause_page_does_and_the_hotline_once(
    assistant: Assistant, client: TestClient
) -> None:
    channels = assistant.channels
    clause, part = assistant.corpus.find("anhui-2023-4:1.3.4")
    named = [one.channel.name for one in channels.beside(clause, part)]
    assert named == ["首贷户融资通道专属二维码", "12345政务服务便民热线"]
    assert len(channels.beside(clause)) > 2
    page = client.get("/m/anhui-2023-4:1.3.4").text
    assert all(page.count(f"<strong>{name}</strong>") == 1 for name in named)
    assert page.count('href="tel:12345"') == 1


@pytest.mark.parametrize("id_", ["harbin-66:67", "x", HOSTILE, "harbin-66", "anhui-2023-4:1.3.9"])
def test_an_unknown_plate_says_so(client: TestClient, id_: str) -> None:
    page = client.get(f"/m/{quote(id_, safe='')}")
    assert page.status_code == 404
    assert "<img src=x" not in page.text
    assert 'href="/plates"' in page.text


# ---- sheets


def _plates(html: str) -> list[str]:
    return re.findall(r'data-plate="([^"]*)"', html)


def test_a_sheet_holds_eight_and_each_code_is_that_of_its_plate(client: TestClient, corpus: Corpus) -> None:
    page = client.get("/plates?document=harbin-66").text
    assert _plates(page) == [clause.id for clause in corpus.clauses if clause.document_id == "harbin-66"]
    sheets = page.split('<section class="sheet"')[1:]
    assert [len(_plates(sheet)) for sheet in sheets] == [A_SHEET] * 8 + [2]
    for plate in sheets[4].split('<div class="plate"')[1:]:
        assert decoded(plate) == f"{HOST}/m/{_plates('<div' + plate)[0]}"


def test_parts_have_plates_page_by_page_without_loss(client: TestClient, corpus: Corpus) -> None:
    shown, url = [], plates_url(ZH, document="anhui-2023-4", parts=True)
    while url:
        page = client.get(url).text
        shown += _plates(page)
        url = unescape(next(iter(re.findall(r'href="([^"]*)" rel="next"', page)), ""))
    assert shown == [id_ for id_ in _ids(corpus) if id_.startswith("anhui-2023-4:")]


def test_document_event_and_place_narrow_together(assistant: Assistant) -> None:
    both = chosen(Choice(document="harbin-66", event="finance"), assistant, DAY).clauses
    assert {clause.id for clause in both} == {
        id_ for id_ in assistant.services.event("finance").clauses if id_.startswith("harbin-66:")
    }
    there = chosen(Choice(event="finance", place="合肥"), assistant, DAY).clauses
    assert {place for clause in there for place in clause.jurisdiction} <= {"安徽", "合肥"}
    assert chosen(Choice(parts=True), assistant, DAY).clauses == ()
    assert chosen(Choice(place="火星"), assistant, DAY).clauses == ()


def test_what_does_not_hold_gets_no_plate(assistant: Assistant) -> None:
    class Held:
        services = assistant.services
        corpus = Corpus(
            tuple(replace(one, status="废止") for one in assistant.corpus.documents), assistant.corpus.clauses
        )

    found = chosen(Choice(document="harbin-66"), Held(), DAY)  # type: ignore[arg-type]
    assert (found.clauses, found.left_out) == ((), 66)


@pytest.mark.parametrize("query", ["document=x", "event=x", "document=%3Cscript%3E", "document=x&event=finance"])
def test_sheets_of_what_there_is_not_are_missing(client: TestClient, query: str) -> None:
    page = client.get(f"/plates?{query}")
    assert page.status_code == 404
    assert "<script>" not in page.text


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 400, "１"])
def test_a_page_that_there_is_not_shows_one_that_there_is(client: TestClient, page: str) -> None:
    assert len(_plates(client.get("/plates", params={"event": "trade", "page": page}).text)) == 7


def test_a_corpus_without_records_has_plates_by_its_own_titles(second_assistant: Assistant) -> None:
    client, corpus = _client(second_assistant), second_assistant.corpus
    for id_ in _ids(corpus):
        assert client.get(plate_url(id_, ZH)).status_code == 200
    assert 'name="event"' not in client.get("/plates").text
    document = corpus.documents[0]
    assert _plates(client.get(plates_url(ZH, document=document.id)).text)
