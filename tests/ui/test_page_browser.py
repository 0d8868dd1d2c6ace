"""The chat page in a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from assistant.service import Assistant
from corpus.errors import EncoderError

pytestmark = pytest.mark.browser

QUESTION = "怎么申请首贷"
HOSTILE = "<img src=x onerror=alert(1)> **粗体** `x` $y$ &amp; 首贷"


def _open(page: Page, path: str = "/") -> None:
    """Open the page and wait until it has heard from the server: before that, keys go nowhere."""

    def arrived(response: Response) -> bool:
        return "/gradio_api/" in response.url and response.request.method == "POST"

    with page.expect_response(arrived):
        page.goto(path)


def _ask(page: Page, question: str) -> Locator:
    """Type a question, send it with Enter, and wait for its answer."""
    answers = page.locator(".pq-answer")
    before = answers.count()
    page.get_by_role("textbox", name="您的问题").fill(question)
    page.keyboard.press("Enter")
    expect(answers).to_have_count(before + 1)
    return answers.last


def _api(page: Page, question: str) -> dict[str, Any]:
    answer: dict[str, Any] = page.request.post("/v1/ask", data={"question": question}).json()
    return answer


@pytest.mark.parametrize("question", [QUESTION, "how do I get first-loan support"])
def test_the_page_cites_what_the_api_cites(page: Page, question: str) -> None:
    _open(page)
    answer = _ask(page, question)
    said = _api(page, question)
    assert said["citations"][0]["clause_id"] == "anhui-2023-4:1.3"
    labels = answer.locator(".pq-sources .pq-address").all_text_contents()
    assert labels == [citation["label"] for citation in said["citations"]]
    assert answer.locator(".pq-sources mark").all_text_contents() == [c["quote"] for c in said["citations"]]


def test_a_mark_opens_the_clause_at_its_quote(page: Page) -> None:
    _open(page)
    answer = _ask(page, QUESTION)
    card = answer.locator(".pq-sources details")
    expect(card.locator(".pq-clause")).to_be_hidden()
    answer.get_by_role("link", name="[2]").last.click()
    quote = card.locator("mark").nth(1)
    expect(quote).to_be_in_viewport()
    assert quote.evaluate("element => element.matches(':target')")


def test_a_mark_and_a_card_work_from_the_keyboard(page: Page) -> None:
    _open(page)
    answer = _ask(page, QUESTION)
    answer.get_by_role("link", name="[1]").last.focus()
    page.keyboard.press("Enter")
    expect(answer.locator(".pq-sources mark").first).to_be_in_viewport()
    related = answer.locator(".pq-related details").first
    related.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(related.locator(".pq-clause")).to_be_visible()


def test_an_address_is_copied_as_one_line(page: Page) -> None:
    _open(page)
    answer = _ask(page, QUESTION)
    answer.locator(".pq-sources summary").click()
    answer.get_by_role("button", name="复制出处").first.click()
    expect(answer.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == _api(page, QUESTION)["citations"][0]["label"]


def test_a_link_with_a_question_asks_at_once(page: Page) -> None:
    _open(page, "/?q=怎么申请首贷")
    expect(page.locator(".pq-answer")).to_have_count(1)
    expect(page.locator(".pq-asked")).to_contain_text(QUESTION)
    page.evaluate("window.sameVisit = true")
    page.get_by_role("link", name="[1]").last.click()
    expect(page.locator(".pq-sources mark").first).to_be_in_viewport()
    assert page.evaluate("window.sameVisit")


def test_a_question_is_shown_as_typed_and_never_run(page: Page) -> None:
    _open(page)
    _ask(page, HOSTILE)
    expect(page.locator(".pq-asked")).to_contain_text(HOSTILE)
    assert page.locator("#pq-log img").count() == 0


def test_a_starter_is_asked_when_picked(page: Page) -> None:
    _open(page)
    starter = page.get_by_role("group", name="例子").get_by_role("button").first
    question = starter.inner_text()
    starter.click()
    expect(page.locator(".pq-answer")).to_have_count(1)
    expect(page.locator(".pq-asked")).to_contain_text(question)


def test_the_place_filter_holds(page: Page) -> None:
    _open(page)
    page.get_by_role("radio", name="哈尔滨").check()
    answer = _ask(page, "不动产登记怎么办")
    places = answer.locator(".pq-place").all_text_contents()
    assert places
    assert set(places) == {"哈尔滨"}


def test_clearing_forgets_the_conversation(page: Page) -> None:
    _open(page)
    _ask(page, QUESTION)
    page.get_by_role("button", name="清空对话").click()
    expect(page.locator(".pq-answer")).to_have_count(0)
    _ask(page, "你好")
    assert page.locator(".pq-asked").count() == 1


def test_a_failing_engine_is_said_in_the_log_and_the_question_kept(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise EncoderError("/srv/secret is broken; mend it")

    _open(page)
    monkeypatch.setattr(Assistant, "ask", fail)
    question = page.get_by_role("textbox", name="您的问题")
    question.fill(QUESTION)
    page.get_by_role("button", name="提问").click()
    expect(page.get_by_role("log")).to_contain_text("暂时无法回答")
    assert "secret" not in page.content()
    expect(question).to_have_value(QUESTION)


def test_a_screen_reader_finds_its_way(page: Page) -> None:
    _open(page)
    _ask(page, QUESTION)
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    log = page.get_by_role("log", name="对话")
    expect(log.get_by_role("heading", level=2)).to_contain_text(QUESTION)
    assert log.get_by_role("heading", level=3).count() == 2
    expect(page.get_by_role("group", name="地区")).to_be_visible()
    expect(page.get_by_role("button", name="提问")).to_be_enabled()
    assert not re.search(r"&lt;|<div", page.locator("#pq-log").aria_snapshot())
    assert page.locator("#pq-log [aria-label*='<']").count() == 0


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_it_without_sideways_scrolling(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    _open(page)
    answer = _ask(page, QUESTION)
    answer.locator(".pq-sources summary").click()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    expect(page.locator("#pq-question textarea")).to_be_in_viewport()
