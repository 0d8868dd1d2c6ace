"""A conversation belongs to its tab, which keeps it: the server may restart, be left alone, or forget."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from tests.ui.browsing import PREDICT, QUESTION, ask, box, open_page
from tests.ui.running import running_site

pytestmark = pytest.mark.browser


def test_a_restart_in_mid_conversation_loses_nothing(browser: Browser, assistant: Assistant, tmp_path: Path) -> None:
    page = browser.new_page(locale="zh-CN")
    with running_site(assistant, feedback=FeedbackStore(tmp_path / "one.sqlite3")) as site:
        page.goto(site)
        ask(page, "合肥首贷有哪些支持")
        box(page).fill("我还没写完")
    box(page).press("End")
    with running_site(assistant, int(site.rpartition(":")[2]), feedback=FeedbackStore(tmp_path / "two.sqlite3")):
        expect(box(page)).to_have_value("我还没写完")
        follow_up = ask(page, "那滁州呢")
        expect(page.locator(".pq-asked")).to_have_count(2)
        expect(follow_up).to_contain_text("滁州")
        page.reload()
        expect(page.locator(".pq-answer")).to_have_count(2)
    page.close()


def test_a_duplicated_tab_is_a_conversation_of_its_own(page: Page) -> None:
    open_page(page)
    ask(page, QUESTION)
    with (
        page.expect_popup() as opened
    ):  # a window that a page opens begins with a copy of its storage, like a duplicate
        page.evaluate("() => { open('/') }")
    other = opened.value
    expect(other.locator(".pq-answer")).to_have_count(1)
    ask(other, "退休证可以自己在网上下载吗？")
    ask(page, "房贷还清后怎么注销抵押")
    for tab, mine, yours in ((page, "注销抵押", "退休证"), (other, "退休证", "注销抵押")):
        tab.reload()
        expect(tab.locator(".pq-asked")).to_have_count(2)
        expect(tab.locator("#pq-log")).to_contain_text(mine)
        assert tab.locator(".pq-asked", has_text=yours).count() == 0


def test_the_twenty_first_question_drops_none_from_view(page: Page) -> None:
    open_page(page)
    ask(page, QUESTION)
    page.evaluate(
        """() => {
          const said = JSON.parse(sessionStorage.getItem("policyqa-said"));
          sessionStorage.setItem("policyqa-said", JSON.stringify(Array(20).fill(said[0])));
        }"""
    )
    page.reload()
    expect(page.locator(".pq-answer")).to_have_count(20)
    ask(page, "那贴息呢")
    expect(page.locator(".pq-asked")).to_have_count(21)
    expect(page.locator(".pq-asked").first).to_contain_text(QUESTION)


def test_a_full_storage_keeps_the_later_half_and_the_page_shows_all(page: Page) -> None:
    open_page(page)
    ask(page, QUESTION)
    page.evaluate(
        """() => {
          const put = Storage.prototype.setItem;
          const room = 2 * sessionStorage.getItem("policyqa-said").length;
          Storage.prototype.setItem = function (name, value) {
            if (value.length > room) throw new DOMException("full", "QuotaExceededError");
            put.call(this, name, value);
          };
        }"""
    )
    for question in ("退休证可以自己在网上下载吗？", "房贷还清后怎么注销抵押"):
        ask(page, question)
    expect(page.locator(".pq-answer")).to_have_count(3)
    page.reload()
    expect(page.locator(".pq-asked").last).to_contain_text("注销抵押")
    assert 1 <= page.locator(".pq-answer").count() < 3


def test_the_other_language_shows_what_was_said_in_its_own_words(page: Page) -> None:
    open_page(page)
    expect(ask(page, QUESTION)).to_contain_text("有帮助吗？")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".pq-answer")).to_contain_text("Was this helpful?")
    expect(page.locator(".pq-answer")).not_to_contain_text("有帮助吗")


def test_a_busy_server_says_so_and_a_slow_one_after_eight_seconds(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site, locale="zh-CN")  # the fixture's would take the refused request for a fault
    page.clock.install()
    open_page(page)
    page.route(PREDICT, lambda route: route.fulfill(status=503, body="{}"), times=1)
    box(page).fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#pq-status")).to_contain_text("现在提问的人很多")
    expect(box(page)).to_have_value(QUESTION)
    page.route(PREDICT, lambda _: None, times=1)  # never answered
    page.get_by_role("button", name="再试一次").click()
    page.clock.run_for(8_100)
    expect(page.locator("#pq-status")).to_contain_text("服务器很忙，还在等")
    expect(box(page)).to_have_value(QUESTION)
    page.clock.run_for(22_000)
    expect(page.locator("#pq-status")).to_contain_text("这次没有等到回答")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".pq-answer")).to_have_count(1)
    page.close()
