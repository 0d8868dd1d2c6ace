"""Which policies are for me, in a browser: one question on a phone, all on a desktop, nothing that needs a script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.accessibility import violations

pytestmark = pytest.mark.browser
RESULT = "/match?place=哈尔滨&kind=个体工商户&years_registered=2&matter=有纠纷或打官司&identity=以上都不是"


def test_a_phone_shows_one_question_and_back_keeps_what_was_chosen(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 760}, java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto("/match")
    page.get_by_label("在哪里办").select_option("合肥")
    shown = page.locator("fieldset.question:visible")
    expect(shown).to_have_count(1)
    first = shown.locator("legend").inner_text()
    shown.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="下一题").click()
    expect(shown).to_have_count(1)
    assert shown.locator("legend").inner_text() != first
    shown.locator("input").nth(1).check()
    page.get_by_role("button", name="上一题").click()
    expect(shown).to_have_count(1)
    assert shown.locator("legend").inner_text() == first
    expect(shown.get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("button", name="下一题").click()
    expect(shown.locator("input").nth(1)).to_be_checked()
    page.get_by_role("button", name="看结果").click()
    expect(page.locator(".found")).to_be_visible()
    expect(shown).to_have_count(0)
    context.close()


@pytest.mark.parametrize(
    ("path", "width"), [("/match", 375), (RESULT, 375), (RESULT.replace("/match", "/en/match"), 1280)]
)
def test_the_page_is_accessible_and_fits(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 760})
    page.goto(path)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_desktop_shows_all_questions_beside_the_result(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(RESULT)
    assert page.locator("fieldset.question:visible").count() > 5
    expect(page.get_by_role("heading", name="适用", exact=False).first).to_be_visible()
    page.locator(".next").get_by_role("link").click()
    expect(page.locator("fieldset:target")).to_be_in_viewport()
