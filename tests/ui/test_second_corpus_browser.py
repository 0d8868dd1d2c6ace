"""One question of the second corpus in a browser: the quote on the page is the quote of the API."""

import pytest
from playwright.sync_api import Page

from assistant.service import Assistant
from tests.ui.browsing import ask, open_page, unfolded
from tests.ui.console_page import open_console, type_question

pytestmark = pytest.mark.browser

QUESTION = "游船牌照要什么条件"  # answered by an article with paragraphs, items and lines that begin with "2. "
ARTICLE = "Yunze_Lake 湖泊条例:3"


@pytest.fixture(scope="module")
def assistant(second_assistant: Assistant) -> Assistant:
    """The server of `page` is given it."""
    return second_assistant


def _quotes(page: Page) -> list[str]:
    citations = page.request.post("/v1/ask", data={"question": QUESTION}).json()["citations"]
    assert {citation["clause_id"] for citation in citations} == {ARTICLE}
    return [citation["quote"] for citation in citations]


def test_in_the_chat_and_the_clause_beside_it(page: Page) -> None:
    quotes = _quotes(page)
    open_page(page)
    answer = ask(page, QUESTION)
    assert answer.locator("blockquote").evaluate_all("all => all.map((one) => one.textContent)") == quotes
    unfolded(answer).locator(".pq-mark").first.click()
    marked = page.locator("#pq-source #clause mark")
    marked.first.wait_for()
    assert "".join("".join(marked.all_text_contents()).split()) == "".join(quotes[0].split())


def test_in_the_console(page: Page) -> None:
    quotes = _quotes(page)
    open_console(page)
    type_question(page, QUESTION, ARTICLE)
    marked = "".join(page.locator("#clause mark").all_text_contents())
    assert "".join(marked.split()) == "".join("".join(quotes).split())
    opened = page.locator("#clause article")
    assert opened.get_attribute("data-quote") == "\n".join(quotes)
