"""Which policies are for me: forms that need no script, answers that travel in the address and are never lost."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.api.problems import install_handlers
from assistant.matching.matcher import Matcher
from assistant.messages import messages
from assistant.service import Assistant
from ui.match.asked import Asked, match_url, moved, read_asked
from ui.match.page import match_pages

ATOM = {"a": "http://www.w3.org/2005/Atom"}
ANSWERS = "kind=个体工商户&matter=有纠纷或打官司&years_registered=2&taxpayer=小规模纳税人&identity=以上都不是"


def _client(assistant: Assistant) -> TestClient:
    app = FastAPI()
    app.include_router(match_pages(assistant))
    install_handlers(app)
    return TestClient(app, follow_redirects=False)


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with _client(assistant) as client:
        yield client


@pytest.fixture(scope="module")
def matcher(assistant: Assistant) -> Matcher:
    return Matcher(assistant.corpus, assistant.services)


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", html)))


def _form(html: str) -> list[tuple[str, str]]:
    """What the form sends as it stands, but for its buttons."""
    root = etree.HTML(html)
    pairs = []
    for one in root.iterfind(".//form//input"):
        if one.get("type") not in ("checkbox", "radio") or one.get("checked") is not None:
            pairs.append((one.get("name", ""), one.get("value", "")))
    chosen = [
        (one.get("name", ""), option.get("value", ""))
        for one in root.iterfind(".//form//select")
        for option in one.iterfind("option")
        if option.get("selected") is not None
    ]
    return [*pairs, *chosen]


def _shown(address: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in parse_qsl(urlsplit(address).query):
        found.setdefault(key, []).append(value)
    return found


def test_the_first_page_asks_what_settles_most(client: TestClient, matcher: Matcher) -> None:
    page = client.get("/match").text
    found = matcher.match({}).next
    assert found
    assert f'id="q-{found.question.key}" class="question current"' in page
    assert page.count("<fieldset") == len(matcher.profile)
    assert "什么都不保存" in page
    assert '<form method="get"' in page


@pytest.mark.parametrize("path", ["/en/match", "/match?lang=en"])
def test_english_is_at_its_path_and_as_of_other_pages(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert 'lang="en"' in page
    assert 'action="/en/match"' in page
    assert "In which capacity are you asking?" in page
    assert 'href="/match"' in page


def test_buttons_lead_on_and_keep_every_answer(client: TestClient) -> None:
    """Through the questions with the form alone, as a phone shows them: on, skip, back, to the result."""
    address, seen = "/match?place=合肥", list[str]()
    for _ in range(12):
        page = client.get(address).text
        if "asking" not in page.partition('<div class="match ')[2][:10]:
            break
        pairs = dict(_form(page)) | {"to": "next"}
        key = pairs["ask"]
        seen.append(key)
        choices = re.findall(rf'name="{key}" value="([^"]+)"', page)
        sent = [*_form(page), (key, unescape(choices[0]) if choices else "3"), ("to", "next")]
        address = client.get("/match", params=[pair for pair in sent if pair[1]]).headers["location"]
        assert set(seen) <= set(_shown(address))
        assert _shown(address)["place"] == ["合肥"]
    assert len(seen) == len(set(seen)) > 2
    # Back from the last one: what was chosen there goes along.
    last = client.get(match_url(messages("zh"), parse_qsl(urlsplit(address).query), ask=seen[-1])).text
    back = client.get("/match", params=[*_form(last), ("to", "back")]).headers["location"]
    assert _shown(back) == {**_shown(address), "ask": [seen[-2]]}


def test_what_is_left_blank_is_skipped_and_can_be_answered_later(client: TestClient) -> None:
    first = client.get("/match", params=[("ask", "matter"), ("to", "next")]).headers["location"]
    assert _shown(first)["skip"] == ["matter"]
    assert _shown(first)["ask"] != ["matter"]
    unsure = client.get("/match", params=[("ask", "kind"), ("kind", ""), ("to", "result")]).headers["location"]
    assert _shown(unsure) == {"skip": ["kind"]}
    later = client.get("/match", params=[("skip", "kind"), ("kind", "企业"), ("to", "result")]).headers["location"]
    assert _shown(later) == {"kind": ["企业"]}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_button_loses_an_answer(matcher: Matcher, data: st.DataObject) -> None:
    profile = matcher.profile
    chosen = data.draw(st.lists(st.sampled_from([key for key in profile if profile[key].choices]), unique=True))
    answers = {key: frozenset({data.draw(st.sampled_from(profile[key].choices)).value}) for key in chosen}
    skipped = tuple(key for key in profile if key not in chosen and data.draw(st.booleans()))
    asked = Asked(answers, skipped=skipped, ask=data.draw(st.sampled_from(["", *profile])))
    for to in ("next", "back", "result"):
        after = moved(asked, to, matcher)
        assert after.answers == answers
        assert read_asked(after.pairs(profile), matcher).answers == answers
    assert moved(asked, "skip", matcher).answers == {key: one for key, one in answers.items() if key != asked.ask}


def test_the_result_tells_all_four_and_links_the_words(client: TestClient) -> None:
    page = client.get(f"/match?place=哈尔滨&{ANSWERS}").text
    text = _words(page)
    for said in ("适用", "由办理机构认定", "只差一个条件", "不适用（", "再答一题", "能不能享受，由办理机构决定"):
        assert said in text
    assert re.search(r'href="/clause/harbin-66:3\?quote=\d+-\d+', page)
    assert '<mark lang="zh-CN">产值和销售规模较大</mark>' in page
    assert "要求：企业年金方案备案" in text
    assert page.index('id="applies"') < page.index('id="office"') < page.index('id="away"')
    assert "/match/feed?since=" in page


def test_another_place_says_so(client: TestClient) -> None:
    assert "这是哈尔滨的规定，您选的是合肥" in _words(client.get("/match?place=合肥&kind=企业").text)
    assert "要看具体在哪里" in _words(client.get("/match?place=安徽&kind=企业").text)


@pytest.mark.parametrize("query", ["kind=火星人", "colour=红", "place=火星", "years_registered=1e400", "kind=<script>"])
def test_what_cannot_be_read_is_told_and_the_rest_is_kept(client: TestClient, query: str) -> None:
    page = client.get(f"/match?{query}&taxpayer=一般纳税人&to=next")
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert 'value="一般纳税人" checked' in page.text
    assert "<script>" not in page.text


def test_faults_are_told_in_the_language_of_the_page_and_name_the_question(client: TestClient) -> None:
    query = "borrowed=x&years_registered=200&place=Mars&colour=red"
    page = _words(client.get(f"/match?{query}").text)
    assert "“登记注册满几年了？”的回答没有看懂，请重新回答。请填 0 到 100 之间的数。" in page
    alert = re.search(r'role="alert">(.*?)</div>', client.get(f"/en/match?{query}").text, re.DOTALL)
    assert alert
    assert not re.search("[一-鿿]", alert[1])
    assert "There is no question “colour”" in alert[1]


def test_thousands_of_parameters_make_no_long_page(client: TestClient) -> None:
    page = client.get("/match?" + "&".join(f"k{k}=1" for k in range(5000)))
    assert (page.status_code, page.text.count("这一题，网址里")) == (422, 3)


def test_without_a_place_the_result_says_where_clauses_apply(client: TestClient) -> None:
    assert "每一条只在它标出的地方适用" in client.get("/match?kind=企业").text
    assert "每一条只在它标出的地方适用" not in client.get("/match?kind=企业&place=哈尔滨").text


def test_a_corpus_without_records_says_so(second_assistant: Assistant) -> None:
    with _client(second_assistant) as client:
        page = client.get("/match")
        assert page.status_code == 200
        assert "暂时不能匹配" in page.text
        assert "<form" not in page.text


def test_the_feed_is_well_formed_with_stable_ids(client: TestClient) -> None:
    address = f"/match/feed?since=2023-01-01&place=合肥&{ANSWERS}"
    first, again = (etree.fromstring(client.get(address).content) for _ in "12")
    assert first.tag == "{http://www.w3.org/2005/Atom}feed"
    for name in ("id", "title", "updated", "author/a:name"):
        assert len(first.findall(f"a:{name}", ATOM)) == 1
    ids = [one.text for one in first.findall("a:entry/a:id", ATOM)]
    assert ids == [one.text for one in again.findall("a:entry/a:id", ATOM)]
    assert len(set(ids)) == len(ids) > 0
    for entry in first.findall("a:entry", ATOM):
        assert entry.findtext("a:updated", namespaces=ATOM) == "2023-10-19T00:00:00+08:00"
        link = entry.find("a:link", ATOM)
        assert link is not None
        assert "/clause/anhui-2023-4:" in link.get("href", "")


def test_a_feed_without_a_day_or_with_what_is_unknown_is_refused(client: TestClient) -> None:
    assert client.get("/match/feed").json()["errors"][0]["field"] == "since"
    assert client.get("/match/feed?since=2023-01-01&kind=x").status_code == 422
    empty = etree.fromstring(client.get("/en/match/feed?since=2026-01-01").content)
    assert empty.findall("a:entry", ATOM) == []
