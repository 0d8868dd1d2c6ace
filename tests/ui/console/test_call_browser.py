"""What the console remembers of a call, and what it does when the server cannot be reached."""

import re

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.ui.console_page import LOAN, expect_told, lookups, open_console, type_question

pytestmark = pytest.mark.browser


def test_filters_and_look_ups_outlive_a_reload_and_end_with_the_call(page: Page) -> None:
    open_console(page)
    type_question(page, "首贷", LOAN)
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    page.get_by_label("地区").select_option("哈尔滨")
    page.get_by_label("文件").select_option("harbin-66")
    expect(page.locator("[role=option]").first).to_have_attribute("data-id", re.compile("^harbin-66:"))
    page.get_by_label("文件").press("Escape")
    page.keyboard.type("退休证")
    expect(page.locator("[role=option]").first).to_have_attribute("data-id", "harbin-66:19")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#lookups button").first).to_contain_text("退休证")

    page.reload()
    expect(page.locator("[role=option]").first).to_have_attribute("data-id", "harbin-66:19")
    expect(page.get_by_label("地区")).to_have_value("哈尔滨")
    assert len(lookups(page)) >= 2
    assert lookups(page)[0].startswith("退休证 · 哈尔滨 · ")
    page.get_by_role("button", name="首贷", exact=True).click()
    expect(page.locator("[role=option]").first).to_have_attribute("data-id", LOAN)
    expect(page.get_by_label("地区")).to_have_value("")
    expect(page.locator("#question")).to_be_focused()

    page.keyboard.press("Alt+n")
    expect_told(page, "新通话")
    page.reload()
    expect(page.get_by_label("地区")).to_have_value("")
    expect(page.get_by_label("文件")).to_have_value("")
    expect(page.locator("#question")).to_have_value("")
    expect(page.locator("#lookups")).to_be_hidden()


def test_the_last_twenty_look_ups_are_listed_newest_first_each_once(page: Page) -> None:
    open_console(page)
    for number in (*range(1, 23), 20):
        page.keyboard.press("Control+a")
        page.keyboard.type(f"{number}条")
        page.keyboard.press("ArrowDown")
        expect(page.locator("#lookups button").first).to_have_text(f"{number}条")
        page.keyboard.press("/")
    assert lookups(page) == ["20条", "22条", "21条", *(f"{number}条" for number in range(19, 2, -1))]


def test_a_look_up_that_another_takes_the_place_of_is_listed(page: Page) -> None:
    open_console(page)
    type_question(page, "首贷", LOAN)
    page.keyboard.press("Control+a")
    type_question(page, "33条", "harbin-66:33")
    assert lookups(page) == ["首贷"]


def test_two_tabs_are_two_calls(page: Page) -> None:
    open_console(page)
    type_question(page, "33条", "harbin-66:33")
    other = page.context.new_page()
    other.goto("/agent")
    expect(other.locator("#question")).to_have_value("")
    other.close()


def test_what_is_being_read_stays_when_the_line_drops_and_is_looked_up_again(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)  # the fixture's page would take the lost request for a fault
    page = context.new_page()
    open_console(page)
    rows, line, clause = page.locator("[role=option]"), page.locator("#line"), page.locator("#clause article")
    type_question(page, "33条", "harbin-66:33")

    page.route("**/agent/rows", lambda route: route.abort())
    page.keyboard.press("Escape")
    page.keyboard.type("hrb 48")
    expect(line).to_contain_text("连接中断")
    expect(page.locator("p.unseen[role=status]")).to_contain_text("查询已保留")
    expect(rows.first).to_have_attribute("data-id", "harbin-66:33")
    expect(clause).to_have_attribute("data-id", "harbin-66:33")
    page.unroute("**/agent/rows")
    page.get_by_role("button", name="重试").press("Enter")
    expect(rows.first).to_have_attribute("data-id", "harbin-66:48")
    expect(line).to_be_hidden()
    expect(page.locator("#question")).to_be_focused()

    context.set_offline(True)
    page.keyboard.press("Escape")
    page.keyboard.type("26条")
    expect(line).to_be_visible()
    expect(clause).to_have_attribute("data-id", "harbin-66:48")
    context.set_offline(False)  # of which the browser tells the page
    expect(rows.first).to_have_attribute("data-id", "harbin-66:26")
    expect(line).to_be_hidden()

    page.keyboard.press("Escape")
    type_question(page, "首贷 合肥", LOAN)
    page.keyboard.press("ArrowDown")
    page.route("**/agent/clause", lambda route: route.abort())
    page.keyboard.press("ArrowDown")
    expect(line).to_be_visible()
    expect(clause).to_have_attribute("data-id", LOAN)
    expect(page.locator("[aria-selected=true]")).to_have_attribute("data-id", LOAN)
    page.unroute("**/agent/clause")
    page.get_by_role("button", name="重试").click()
    expect(clause).not_to_have_attribute("data-id", LOAN)
    expect(line).to_be_hidden()
    context.close()


def test_a_mark_is_sent_once_and_taken_back_by_the_same_key(page: Page) -> None:
    sent: list[Request] = []
    page.on(
        "request", lambda request: sent.append(request) if "/agent/" in request.url and "mark" in request.url else None
    )
    open_console(page)
    type_question(page, "33条", "harbin-66:33")
    button = page.get_by_role("button", name="标为不对")
    page.keyboard.press("Alt+w")
    expect_told(page, "已标为不对")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Alt+w")
    expect_told(page, "已撤回：已标为不对 · 33条")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Alt+m")
    expect_told(page, "已标为缺漏")
    page.keyboard.press("Alt+u")
    expect_told(page, "已撤回：已标为缺漏 · 33条")
    page.keyboard.press("Alt+u")
    expect_told(page, "没有可撤回的标记")
    assert [request.url.rpartition("/")[2] for request in sent] == ["mark", "unmark"] * 2


def test_a_mark_that_is_not_kept_is_not_confirmed(page: Page) -> None:
    page.route("**/agent/mark", lambda route: route.fulfill(json={"mark": None}))
    open_console(page)
    type_question(page, "33条", "harbin-66:33")
    page.keyboard.press("Alt+w")
    expect_told(page, "没有记下")
    expect(page.get_by_role("button", name="标为不对")).to_have_attribute("aria-pressed", "false")
