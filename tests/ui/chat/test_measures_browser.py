"""How large things are: an answer on a phone, what a finger has to meet."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import ask, open_page

pytestmark = pytest.mark.browser
PHONE_HEIGHT = 812
# What can be pressed, with its size; what a sentence holds may be small, and what nobody sees has none.
TARGETS = """() => [...document.querySelectorAll("a, button, summary, select, textarea, input, #pq-places label")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true })
    && !e.closest(".pq-skip, mark, .text p") && !e.matches("#pq-places input, .choice input"))
  .map((e) => [(e.innerText || e.value || e.name || "").trim().slice(0, 30), e.getBoundingClientRect()])
  .filter(([_, { width, height }]) => width > 1 && height > 1)
  .map(([name, { width, height }]) => [name, width, height])"""


def _small(page: Page, least: float) -> list[list[object]]:
    return [target for target in page.evaluate(TARGETS) if target[2] < least or target[1] < least]


def test_an_answer_fits_a_phone_and_its_first_words_are_the_fact(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": PHONE_HEIGHT})
    open_page(page)
    answer = ask(page, "怎么申请首贷")
    bounds = answer.bounding_box()
    assert bounds
    assert bounds["height"] <= 1.2 * PHONE_HEIGHT
    said = answer.locator(".pq-text").inner_text()
    assert said.startswith("【芜湖 2023-10-19】芜湖")
    assert said.index("】") + 1 <= 20
    expect(answer.locator("blockquote")).to_be_hidden()
    answer.get_by_text("看原文").click()
    expect(answer.locator("blockquote")).to_be_visible()
    answer.locator(".pq-mark").click()
    expect(page.get_by_role("dialog").locator("mark").first).to_be_in_viewport()


def test_nothing_is_said_twice(page: Page) -> None:
    open_page(page)
    said = ask(page, "退休证可以自己在网上下载吗？").inner_text()
    for once in ("哈尔滨市优化营商环境改革措施66条", "12345", "有帮助吗", "【哈尔滨"):
        assert said.count(once) == 1, once


@pytest.mark.parametrize("path", ["/", "/en"])
@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_every_target_is_large_enough(page: Page, path: str, large: bool) -> None:
    page.set_viewport_size({"width": 375, "height": PHONE_HEIGHT})
    open_page(page, path)
    if large:
        page.locator("[data-large]").click()
    least = 60 if large else 44
    assert _small(page, least) == []
    answer = ask(page, "小微企业第一次贷款有哪些支持？")
    for folded in answer.locator("summary").all():
        folded.click()
    answer.locator("[data-verdict=unhelpful]").click()
    expect(answer.locator(".pq-why")).to_be_visible()
    assert _small(page, least) == []
    tops = page.locator("#pq-places label").evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
    assert len(set(tops)) == 1


@pytest.mark.parametrize(
    "path",
    ["/clause/anhui-2023-4:1.3.3", "/document/harbin-66", "/compare?q=过户房子线上办", "/clause/harbin-66:11?lang=en"],
)
@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_the_other_pages_have_large_targets_too(page: Page, path: str, large: bool) -> None:
    page.set_viewport_size({"width": 375, "height": PHONE_HEIGHT})
    page.goto(path)
    if large:
        page.locator("[data-large]").click()
    assert _small(page, 60 if large else 44) == []
