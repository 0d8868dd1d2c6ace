"""The page that sets places side by side: a form without script, words for what is not there, nothing unescaped."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.messages import messages
from assistant.service import Assistant
from ui.compare.address import compare_url
from ui.compare.page import compare_page


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(compare_page(assistant))
    with TestClient(app) as client:
        yield client


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", html)))


def _ticked(html: str) -> list[str]:
    return re.findall(r'name="place" value="([^"]*)" checked', html)


def test_without_a_question_there_is_the_form(client: TestClient, assistant: Assistant) -> None:
    page = client.get("/compare")
    assert page.status_code == 200
    assert re.findall(r'name="place" value="([^"]*)"', page.text) == list(assistant.corpus.places)
    assert _ticked(page.text) == []
    assert "没有写" in page.text.partition("<form")[0]


def test_a_column_names_place_sentence_quote_address_and_day(client: TestClient) -> None:
    page = client.get(compare_url("破产管理人怎么选", messages("zh"), ["芜湖", "合肥"])).text
    text = _words(page)
    for said in (
        "芜湖",
        "通俗地说：",
        "临时破产管理人",
        "典型案例 三、（六）",
        "发文日期：2023年10月19日",
        "合肥 没有写",
    ):
        assert said in text
    assert set(_ticked(page)) == {"芜湖", "合肥"}
    assert re.search(r'href="/clause/anhui-2023-4:3\.6\?quote=\d+-\d+', page)


def test_a_day_that_is_not_stated_is_said_so(client: TestClient) -> None:
    assert "发文日期：未注明" in _words(client.get("/compare?q=信用修复&place=哈尔滨").text)


def test_the_english_page_is_in_english_around_the_quotes(client: TestClient) -> None:
    page = client.get("/compare?q=who+chooses+the+bankruptcy+administrator&place=芜湖&place=北京&lang=en").text
    assert "Wuhu" in page
    assert "Beijing" in page
    assert "Not stated: no document of this place is held" in page
    assert 'href="/compare?q=who+chooses' in page  # the Chinese page asks the same


def test_what_no_place_speaks_of_leads_on(client: TestClient) -> None:
    page = client.get("/compare?q=鹦鹉要不要打疫苗").text
    assert "没有一个地方写到这件事" in page
    assert 'href="/?q=' in page
    assert 'href="tel:12345"' in page


@pytest.mark.parametrize("question", ["长" * 3000, "\ud800"])
def test_a_question_that_cannot_be_read_is_said_so(client: TestClient, question: str) -> None:
    page = client.get("/compare", params={"q": question.encode("utf-8", "surrogatepass")})
    assert page.status_code in (200, 422)
    assert "Traceback" not in page.text


def test_markup_is_shown_as_text(client: TestClient) -> None:
    page = client.get("/compare", params={"q": "<script>alert(1)</script>首贷", "place": "<script>"}).text
    assert "<script>" not in page
    assert "alert(1)" in page
