"""What a browser and what a program is told where there is no page."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.feedback.store import FeedbackStore
from assistant.messages import messages
from assistant.service import Assistant
from ui.page.problems import problem_page
from ui.server import create_site

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(asyncio.run(create_site(assistant, feedback=FeedbackStore(None)))) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "lang", "words", "home"),
    [
        ("/no/such/page", "zh-CN", "没有这个网页", "/"),
        ("/en/nothing", "en", "There is no such page", "/en"),
        ("/nothing?lang=en", "en", "There is no such page", "/en"),
        ("/nothing?lang=%22%3E%3Cscript%3E", "zh-CN", "没有这个网页", "/"),
    ],
)
def test_a_browser_is_shown_a_page(client: TestClient, path: str, lang: str, words: str, home: str) -> None:
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["content-security-policy"]
    assert f'<html lang="{lang}">' in response.text
    assert words in response.text
    assert f'href="{home}"' in response.text
    assert 'href="tel:12345"' in response.text
    assert "<script>" not in response.text


@pytest.mark.parametrize(
    ("path", "accept"), [("/no/such/page", "application/json"), ("/v1/nothing", BROWSER["Accept"]), ("/nothing", "*/*")]
)
def test_a_program_is_told_a_problem(client: TestClient, path: str, accept: str) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert response.json()["title"].startswith("没有")


def test_pages_and_their_own_words_for_what_is_missing_stay(client: TestClient) -> None:
    assert "没有找到这一条" in client.get("/clause/harbin-66:999", headers=BROWSER).text
    assert client.get("/document/harbin-66", headers=BROWSER).status_code == 200


@pytest.mark.parametrize(("kind", "words"), [("busy", "现在访问的人很多"), ("broken", "这个网页暂时打不开")])
def test_a_busy_and_a_broken_server_say_so(kind: str, words: str) -> None:
    assert words in problem_page(kind, messages("zh"))
