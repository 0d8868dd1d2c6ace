"""The question box: what each key does, and that nothing typed is lost."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from assistant.service import Assistant
from corpus.errors import EncoderError
from tests.ui.browsing import PREDICT, QUESTION, ask, box, open_page

pytestmark = pytest.mark.browser


def test_shift_enter_breaks_the_line_and_enter_sends(page: Page) -> None:
    open_page(page)
    box(page).fill("房贷还清后")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("怎么注销抵押")
    expect(box(page)).to_have_value("房贷还清后\n怎么注销抵押")
    expect(page.locator(".pq-asked")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".pq-answer")).to_have_count(1)
    expect(box(page)).to_have_value("")
    expect(box(page)).to_be_focused()


def test_enter_that_ends_a_composition_does_not_send(page: Page) -> None:
    open_page(page)
    box(page).focus()
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "zenme", "selectionStart": 5, "selectionEnd": 5})
    keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "windowsVirtualKeyCode": 13})
    keys.send("Input.insertText", {"text": QUESTION})
    # Where a browser ends the composition before the key arrives, only its code says whose Enter it was.
    keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "windowsVirtualKeyCode": 229})
    expect(box(page)).to_have_value(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".pq-asked")).to_have_count(1)
    expect(page.locator(".pq-asked")).to_contain_text(QUESTION)


@pytest.mark.parametrize(("path", "words"), [("/", "请先写下您的问题"), ("/en", "write your question first")])
def test_an_empty_question_is_met_with_a_word_and_no_request(page: Page, path: str, words: str) -> None:
    open_page(page, path)
    page.route(PREDICT, lambda route: pytest.fail(f"asked {route.request.post_data}"))
    box(page).fill(" \u3000")
    page.keyboard.press("Enter")
    expect(page.locator("#pq-status")).to_contain_text(words)
    expect(box(page)).to_be_focused()


@pytest.mark.parametrize(
    ("path", "words"), [("/", "最多 2000 个字，现在有 2001 个"), ("/en", "2000 characters, this one has 2001")]
)
def test_a_question_over_the_limit_is_said_each_time_and_neither_sent_nor_lost(
    page: Page, path: str, words: str
) -> None:
    open_page(page, path)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "predict" in request.url else None)
    long = "贷" * 2000 + "𠀀"  # one character, though the browser counts two
    box(page).fill(long)
    for _ in range(2):
        page.keyboard.press("Enter")
        expect(page.locator("#pq-status")).to_contain_text(words)
        expect(box(page)).to_have_value(long)
    assert sent == []
    ask(page, QUESTION)
    expect(page.locator("#pq-status")).not_to_contain_text(words)


def test_a_question_of_the_full_length_is_sent(page: Page) -> None:
    open_page(page)
    ask(page, "𠀀" * 10 + "贷" * 1990)


def test_a_question_that_the_server_cannot_take_is_said_and_kept(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site)  # the fixture's page would take the refused request for a fault
    open_page(page)
    box(page).fill("贷款")

    def break_it(route: Route) -> None:
        route.continue_(post_data=(route.request.post_data or "").replace("贷款", "\\ud800"))

    page.route(PREDICT, break_it)
    page.keyboard.press("Enter")
    expect(page.locator("#pq-status")).to_contain_text("无法识别的字符")
    expect(box(page)).to_have_value("贷款")
    page.close()


def test_what_is_typed_while_waiting_stays_and_the_question_is_sent_once(page: Page) -> None:
    open_page(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(PREDICT, hold)
    box(page).fill(QUESTION)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="提问").click()
    box(page).fill("那贴息呢")
    expect(page.get_by_text("正在查")).to_be_visible()
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(".pq-answer")).to_have_count(1)
    expect(page.get_by_text("正在查")).to_have_count(0)
    expect(box(page)).to_have_value("那贴息呢")


def test_a_ready_made_question_is_asked_in_place_and_the_draft_kept(page: Page) -> None:
    open_page(page)
    box(page).fill("我还没写完")
    starter = page.locator("#pq-opening [data-ask]").first
    question = starter.get_attribute("data-ask") or ""
    starter.click()
    expect(page.locator(".pq-asked")).to_contain_text(question)
    expect(page.locator(".pq-asked")).to_be_focused()
    expect(box(page)).to_have_value("我还没写完")
    expect(page.locator("#pq-opening")).to_be_hidden()


def test_a_failing_engine_is_said_in_the_log_and_the_question_kept(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise EncoderError("/srv/secret is broken; mend it")

    open_page(page)
    monkeypatch.setattr(Assistant, "ask", fail)
    box(page).fill(QUESTION)
    page.get_by_role("button", name="提问").click()
    expect(page.get_by_role("log")).to_contain_text("暂时无法回答")
    assert "secret" not in page.content()
    expect(box(page)).to_have_value(QUESTION)


def test_a_question_sent_while_another_is_under_way_is_asked_after_it(page: Page) -> None:
    open_page(page)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(PREDICT, hold_the_first)
    box(page).fill(QUESTION)
    page.keyboard.press("Enter")
    box(page).fill("那贴息呢")
    page.keyboard.press("Enter")
    expect(page.get_by_text("正在查")).to_be_visible()
    held[0].continue_()
    expect(page.locator(".pq-answer")).to_have_count(2)
    expect(box(page)).to_have_value("")
