"""Life events as pages: every clause is reached, in order, in both languages; another place's is said to be so."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.messages import Messages, languages, messages
from assistant.service import Assistant
from corpus.corpus import Corpus
from corpus.places.gazetteer import lies_within
from corpus.records.services import read_services
from ui.clause.page import clause_pages, clause_url
from ui.event.address import event_url, events_url
from ui.event.elsewhere import Elsewhere
from ui.event.finding import MOST, events_of, find_steps
from ui.event.page import event_pages
from ui.event.steps import steps_of

HOSTILE = '<img src=x onerror=alert(1)> "x" &amp;'
DAY = date(2026, 11, 30)
LANGUAGES = [messages(code) for code in languages()]
ZH, EN = messages("zh"), messages("en")


def _client(assistant: Assistant) -> TestClient:
    app = FastAPI()
    app.include_router(event_pages(assistant))
    app.include_router(clause_pages(assistant.corpus, assistant.services))
    return TestClient(app)


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> TestClient:
    return _client(assistant)


@pytest.fixture(scope="module")
def elsewhere(assistant: Assistant) -> Elsewhere:
    return Elsewhere(assistant)


def _steps(html: str) -> Iterator[str]:
    yield from re.findall(r'<li class="card" id="step-.*?</li>', html, re.DOTALL)


def _clauses(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'<h3><a href="([^"]*)"', html)]


def test_every_clause_but_the_notices_own_stands_in_an_event(corpus: Corpus) -> None:
    events = read_services(None, corpus).events
    reached = {id_ for event in events for id_ in event.clauses}
    assert {clause.id for clause in corpus.clauses} - reached == {f"anhui-2023-4:0.{k}" for k in range(1, 5)}
    assert 12 <= len(events) <= 16


@pytest.mark.parametrize("words", LANGUAGES, ids=languages())
def test_every_event_shows_its_steps_in_order_with_every_clause(
    client: TestClient, assistant: Assistant, words: Messages
) -> None:
    corpus = assistant.corpus
    for event in assistant.services.events:
        page = client.get(event_url(event.id, words))
        assert page.status_code == 200
        steps = list(_steps(page.text))
        assert [_clauses(step) for step in steps] == [
            [clause_url(id_, words=words) for id_ in step.clauses] for step in event.steps
        ]
        for shown, step in zip(steps, event.steps, strict=True):
            assert (step.name if words.is_chinese else step.name_en) in unescape(shown)
        for id_ in event.clauses:
            record = corpus.plain[id_]
            gist = record.plain if words.is_chinese else record.gist_en
            told = re.findall(rf"<p data-say( class=\"again\")?>{re.escape(gist)}</p>", unescape(page.text))
            assert len(told) == sum(id_ in step.clauses for step in event.steps)  # wherever it helps
            assert told.count("") == 1  # and once alone on paper


@pytest.mark.parametrize("words", LANGUAGES, ids=languages())
def test_the_list_leads_to_every_event_and_says_for_whom_it_is(
    client: TestClient, assistant: Assistant, words: Messages
) -> None:
    page = client.get(events_url(words)).text
    links = re.findall(r'<li><a href="([^"]*)"', page)
    assert links == [event_url(event.id, words) for event in assistant.services.events]
    assert all((one.who if words.is_chinese else one.who_en) in unescape(page) for one in assistant.services.events)


def test_a_clause_page_leads_to_the_steps_that_hold_it(client: TestClient) -> None:
    page = client.get("/clause/harbin-66:11").text
    assert re.findall(r'href="(/event/[^"]*)"', page) == ["/event/home-and-car#step-6", "/event/finance#step-8"]
    assert 'href="/event/' not in client.get("/clause/anhui-2023-4:0.1").text
    assert "/event/finance?lang=en#step-8" in client.get("/clause/harbin-66:11?lang=en").text


# ---- a place


def test_a_place_comes_first_and_nothing_is_lost(assistant: Assistant, elsewhere: Elsewhere) -> None:
    corpus = assistant.corpus
    for event in assistant.services.events:
        for place in corpus.places:
            steps = steps_of(event, corpus, ZH, DAY, place=place, elsewhere=elsewhere)
            assert sorted(step.number for step in steps) == list(range(1, len(event.steps) + 1))
            for step in steps:
                record = event.steps[step.number - 1]
                assert sorted(one.clause.id for one in step.clauses) == sorted(record.clauses)
                labelled = [bool(one.elsewhere) for one in step.clauses]
                assert labelled == sorted(labelled)
                for one in step.clauses:
                    applies = any(lies_within(place, where) for where in one.clause.jurisdiction)
                    assert applies != bool(one.elsewhere)


def test_steps_that_hold_nowhere_near_the_reader_stand_behind_the_others(
    client: TestClient, assistant: Assistant, elsewhere: Elsewhere
) -> None:
    corpus, event = assistant.corpus, assistant.services.event("start-a-company")
    steps = steps_of(event, corpus, ZH, DAY, place="哈尔滨", elsewhere=elsewhere)
    assert [step.badge for step in steps] == [f"第{k}步" for k in (1, 2, 4, 5, 6, 8, 9, 3, 7)]
    behind = [step.name for step in steps if step.is_elsewhere]
    assert behind == ["外商来投资，请人帮办落地手续", "在上海、合肥之间异地办公司设立"]
    assert [step.name for step in steps[-2:]] == behind
    page = client.get("/event/start-a-company?place=哈尔滨").text
    assert page.index('id="step-9"') < page.index("以下没有哈尔滨适用的条款") < page.index('id="step-3"')
    assert "以下没有" not in client.get("/event/start-a-company").text


def test_what_is_no_sequence_is_told_in_cases(client: TestClient, assistant: Assistant) -> None:
    for event in assistant.services.events:
        page = client.get(event_url(event.id, ZH)).text
        assert ("第1步" in page, "情形1" in page) == (event.ordered, not event.ordered)
    assert "情形6" in client.get("/event?q=还清房贷注销抵押").text
    assert "Case 1" in client.get("/event/tax?lang=en").text


def test_steps_that_say_the_same_are_one(assistant: Assistant) -> None:
    for event in assistant.services.events:
        for one, next_ in pairwise(event.steps):
            assert len(one.clauses) > 1 or one.clauses != next_.clauses, (event.id, one.name, next_.name)


def test_a_place_is_said_to_be_silent_only_where_nothing_of_it_comes_near(
    assistant: Assistant, elsewhere: Elsewhere
) -> None:
    corpus = assistant.corpus

    def said(id_: str, place: str, words: Messages = ZH) -> str:
        return elsewhere.label(corpus.clause(id_), place, words)

    assert said("anhui-2023-4:2.2", "哈尔滨") == "合肥的做法，哈尔滨的文件没有写"
    assert said("anhui-2023-4:2.2", "芜湖") == "合肥的做法，文件没有写芜湖怎么办"
    assert said("anhui-2023-4:2.2", "哈尔滨", EN) == "Practice of Hefei; the documents for Harbin do not say"
    assert said("harbin-66:11", "哈尔滨") == ""
    assert said("harbin-66:34", "合肥") == "哈尔滨的做法"  # found there by the search
    assert said("anhui-2023-4:4.2", "哈尔滨") == "滁州的做法"  # beside a clause of Harbin in some step
    assert said("anhui-2023-4:4.2", "芜湖") == "滁州的做法"  # and beside one of the province
    assert said("anhui-2023-4:4.2", "安徽") == "滁州的做法"  # a province does not deny what its city does


@pytest.mark.parametrize("place", ["北京", "Beijing", "北京市"])
def test_of_a_place_without_documents_the_page_says_that_none_are_held(client: TestClient, place: str) -> None:
    page = client.get(f"/event/trade?place={place}").text
    assert "没有收录北京的文件" in page
    assert "北京的文件没有写" not in page


def test_an_event_without_a_clause_for_the_place_says_so(client: TestClient) -> None:
    assert "没有滁州适用的条款" in client.get("/event/trade?place=滁州").text


@pytest.mark.parametrize("place", ["火星", HOSTILE, "x" * 5000, "鼓楼区"])
def test_what_is_no_place_changes_nothing(client: TestClient, place: str) -> None:
    page = client.get(f"/event/trade?place={quote(place)}")
    assert page.text == client.get("/event/trade").text


# ---- finding


@pytest.mark.parametrize(
    ("question", "event", "step"),
    [
        ("房贷还完了怎么把抵押去掉", "home-and-car", 6),
        ("想给孩子他爸办退休", "work-and-retire", 9),
        ("how do I get a first loan", "finance", 5),
    ],
)
def test_a_matter_is_found_by_what_people_say(assistant: Assistant, question: str, event: str, step: int) -> None:
    found = [(one.event.id, one.number) for one in find_steps(question, assistant)]
    assert (event, step) in found[:3]
    assert len(found) == len(set(found)) <= MOST


def test_what_is_no_matter_finds_no_step(client: TestClient) -> None:
    page = client.get("/event?q=你好").text
    assert "没有找到相近的内容" in page


@pytest.mark.parametrize("question", ["好" * 5000, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "%00"])
def test_a_question_that_cannot_be_read_leaves_the_list(client: TestClient, question: str) -> None:
    page = client.get("/event", params={"q": question})
    assert page.status_code in (200, 422)
    assert "/event/finance" in page.text


# ---- what is not there


def test_an_unknown_event_leads_to_those_that_there_are(client: TestClient) -> None:
    page = client.get(f"/event/{quote(HOSTILE, safe='')}")
    assert page.status_code == 404
    assert HOSTILE not in page.text
    assert "/event/finance" in page.text


def test_a_corpus_without_events_says_so_and_links_to_none(second_assistant: Assistant) -> None:
    client = _client(second_assistant)
    for words in LANGUAGES:
        page = client.get(events_url(words))
        assert page.status_code == 200
        assert words("event.none") in unescape(page.text)
        clause = client.get(clause_url(second_assistant.corpus.clauses[0].id, words=words)).text
        assert "/event" not in clause
    assert client.get("/event/finance").status_code == 404


def test_records_and_names_are_escaped_and_what_does_not_hold_says_so(assistant: Assistant) -> None:
    corpus = assistant.corpus
    documents = tuple(replace(one, status="废止") if one.id == "harbin-66" else one for one in corpus.documents)
    id_ = "harbin-66:11"
    plain = {**corpus.plain, id_: replace(corpus.plain[id_], name=HOSTILE, plain=HOSTILE)}
    other = Corpus(documents, corpus.clauses, plain=plain)
    event = replace(assistant.services.event("finance"), name=HOSTILE, who=HOSTILE)
    steps = steps_of(event, other, ZH, DAY)
    assert all(one.not_in_force for step in steps for one in step.clauses if one.clause.document_id == "harbin-66")
    assert not any(one.not_in_force for step in steps for one in step.clauses if one.clause.document_id != "harbin-66")

    class Held:  # as much of an assistant as the page of one event asks for
        services = replace(assistant.services, events=(event,))
        settings = assistant.settings

    Held.corpus = other  # type: ignore[attr-defined]
    page = _client(Held()).get("/event/finance").text  # type: ignore[arg-type]
    assert "<img src=x" not in page
    assert page.count("已废止") >= 1


def test_the_events_of_a_clause_are_named_once_each(assistant: Assistant) -> None:
    for clause in assistant.corpus.clauses:
        named = [one.event.id for one in events_of(clause, assistant.services.events)]
        assert len(named) == len(set(named))
