"""A connection that is lost, and the key that keeps a tab's conversation."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import PREDICT, QUESTION, ask, box, open_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("path", "lost", "again"), [("/", "没有连上服务器", "再试一次"), ("/en", "could not be reached", "Try again")]
)
def test_a_question_that_did_not_arrive_is_kept_and_sent_again(page: Page, path: str, lost: str, again: str) -> None:
    open_page(page, path)
    page.context.set_offline(True)
    box(page).fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#pq-status")).to_contain_text(lost)
    expect(box(page)).to_have_value(QUESTION)
    page.context.set_offline(False)
    page.get_by_role("button", name=again).click()
    expect(page.locator(".pq-answer")).to_have_count(1)
    expect(page.get_by_text(lost)).to_have_count(0)
    expect(box(page)).to_have_value("")


def test_an_answer_cut_short_leaves_the_conversation_as_it_was(page: Page) -> None:
    open_page(page)
    ask(page, "你好")
    page.route(PREDICT, lambda route: route.fulfill(body='{"data": ['), times=1)
    box(page).fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#pq-status")).to_contain_text("没有连上服务器")
    expect(page.locator(".pq-answer")).to_have_count(1)
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".pq-answer")).to_have_count(2)


def test_a_page_whose_first_word_did_not_come_offers_to_try_again(page: Page) -> None:
    page.route(PREDICT, lambda route: route.abort(), times=1)
    page.goto(f"/?q={QUESTION}")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".pq-answer")).to_have_count(1)


def test_a_reload_and_the_other_language_keep_the_conversation_and_the_place(page: Page) -> None:
    open_page(page)
    page.locator("#pq-places").get_by_text("哈尔滨").click()
    ask(page, "退休证可以自己在网上下载吗？")
    page.reload()
    expect(page.locator(".pq-answer")).to_have_count(1)
    expect(page.get_by_role("radio", name="哈尔滨")).to_be_checked()
    page.get_by_role("link", name="English").click()
    expect(page.locator(".pq-answer")).to_have_count(1)
    expect(page.get_by_role("radio", name="Harbin")).to_be_checked()
    page.get_by_role("link", name="中文").click()
    expect(page.locator(".pq-asked")).to_contain_text("退休证可以自己在网上下载吗？")


def test_two_tabs_have_two_conversations(page: Page) -> None:
    open_page(page)
    ask(page, "怎么申请首贷")
    other = page.context.new_page()
    open_page(other)
    expect(other.locator("#pq-opening")).to_be_visible()
    ask(other, "退休证可以自己在网上下载吗？")
    for tab, question in ((page, "怎么申请首贷"), (other, "退休证可以自己在网上下载吗？")):
        tab.reload()
        expect(tab.locator(".pq-asked")).to_have_text(f"您问：{question}")


def test_clearing_forgets_the_conversation_on_the_server_too(page: Page) -> None:
    open_page(page, f"/?q={QUESTION}")
    expect(page.locator(".pq-answer")).to_have_count(1)
    page.get_by_role("button", name="清空对话").click()
    expect(page.locator(".pq-answer")).to_have_count(0)
    expect(box(page)).to_be_focused()
    open_page(page, page.url)
    expect(page.locator("#pq-opening")).to_be_visible()
    expect(page.locator(".pq-answer")).to_have_count(0)


def test_a_page_without_storage_still_answers(page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('forbidden') } })")
    open_page(page)
    ask(page, QUESTION)
    ask(page, "那贴息呢")
