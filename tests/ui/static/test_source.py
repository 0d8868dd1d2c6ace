"""A citation opened beside the conversation, over it, or by itself."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.browsing import QUESTION, ask, open_page

pytestmark = pytest.mark.browser
PHONE, DESKTOP = {"width": 375, "height": 760}, {"width": 1440, "height": 900}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(("path", "close"), [("/", "关闭"), ("/en", "Close")])
def test_a_citation_opens_at_its_quote_and_gives_the_focus_back(
    page: Page, size: dict[str, int], path: str, close: str
) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    open_page(page, path)
    answer = ask(page, QUESTION)
    answer.locator("summary").first.click()
    link = answer.get_by_role("link", name="[2]", exact=True).last
    link.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading", level=1)).to_be_focused()
    expect(panel.locator("mark")).to_be_in_viewport()
    expect(panel.locator("mark")).to_contain_text("二是线上开设首贷专区")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()
    link.click()
    page.get_by_role("button", name=close).click()
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()
    assert page.url.endswith(path)


def test_chat_and_source_stand_side_by_side_on_a_desktop(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page)
    answer = ask(page, QUESTION)
    answer.locator(".pq-source").click()
    page.locator("#pq-source").wait_for()
    panel, words, asking = (page.locator(one).bounding_box() for one in ("#pq-source", ".pq-answer", "#pq-ask"))
    assert panel
    assert words
    assert asking
    assert words["x"] + words["width"] <= panel["x"]
    assert asking["x"] + asking["width"] <= panel["x"]
    assert panel["height"] == 900


def test_back_on_a_phone_closes_the_sheet_and_stays_on_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 760})
    open_page(page)
    ask(page, QUESTION).locator(".pq-source").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".pq-answer")).to_have_count(1)


def test_neighbours_are_read_in_the_same_panel(page: Page) -> None:
    open_page(page)
    ask(page, QUESTION).locator(".pq-source").click()
    panel = page.get_by_role("dialog")
    panel.get_by_role("link", name="典型案例 一、（四）").click()
    expect(panel.get_by_role("heading", level=1)).to_contain_text("强化政策申请兑现")


def test_a_clause_that_cannot_be_fetched_is_said_with_a_way_on(page: Page) -> None:
    open_page(page)
    answer = ask(page, QUESTION)
    page.route("**/clause/*", lambda route: route.abort())
    answer.locator(".pq-source").click()
    expect(page.get_by_role("dialog")).to_contain_text("条款没有打开")
    assert re.search(r"/clause/anhui-2023-4:1\.3\?quote=", page.locator("#pq-whole").get_attribute("href") or "")


@pytest.mark.parametrize(
    ("button", "copied"),
    [("复制出处", "皖营商环境办〔2023〕4号 典型案例 一、（三）三是"), ("复制链接", "{site}{path}")],
)
def test_address_and_link_are_copied_in_one_click(page: Page, site: str, button: str, copied: str) -> None:
    path = "/clause/anhui-2023-4:1.3.3?quote=1879-1963"
    page.goto(path)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == copied.format(site=site, path=path)


def test_a_citation_link_opened_cold_works_without_script(browser: Browser, site: str, page: Page) -> None:
    open_page(page)
    href = ask(page, QUESTION).locator(".pq-source").get_attribute("href")
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 320, "height": 256})
    cold = context.new_page()
    cold.goto(href or "")
    marked = cold.locator("mark").all_inner_texts()  # in the order of the text; an answer begins with what answers best
    assert sorted(marked) == sorted(citation["quote"] for citation in _citations(page))
    expect(cold.get_by_role("button")).to_have_count(0)  # a button without script would do nothing
    expect(cold.get_by_role("link", name="回到提问页面")).to_be_visible()
    cold.get_by_role("link", name="English").click()
    assert cold.locator("html").get_attribute("lang") == "en"
    assert cold.locator("mark").count() == len(_citations(page)) > 1
    context.close()


def _citations(page: Page) -> list[dict[str, str]]:
    answer = page.request.post("/v1/ask", data={"question": QUESTION}).json()
    citations: list[dict[str, str]] = answer["citations"]
    return citations
