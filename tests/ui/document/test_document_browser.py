"""The page of a document in a browser: narrowed while one types, to be read on a phone, to be printed."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser


def _shown(page: Page) -> list[str]:
    entries = page.locator("#contents [data-clause]:visible")
    return [entry.get_attribute("data-clause") or "" for entry in entries.all()]


def test_the_contents_narrow_while_one_types_and_nothing_is_sent(page: Page) -> None:
    page.goto("/document/harbin-66")
    asked: list[str] = []
    sent = ("document", "fetch", "xhr", "ping")
    page.on("request", lambda one: asked.append(one.url) if one.resource_type in sent else None)
    box = page.get_by_role("searchbox")
    box.fill("竹木草")
    expect(page.locator("#shown")).to_have_text("显示 1 条，共 66 条")
    assert _shown(page) == ["c-29"]
    assert page.locator("#contents .section:visible").count() == 1
    box.press("Enter")  # the form is not sent either
    box.fill("火星移民")
    expect(page.locator("#shown")).to_contain_text("没有符合的条款")
    box.fill("")
    expect(page.locator("#shown")).to_have_text("共 66 条")
    assert (asked, page.url.endswith("/document/harbin-66")) == ([], True)


@pytest.mark.parametrize("query", ["竹木草 出口", "优化国际贸易服务", "tax", "退休", "12345"])
def test_script_and_server_find_the_same(page: Page, query: str) -> None:
    page.goto("/document/harbin-66")
    page.get_by_role("searchbox").fill(query)
    expect(page.locator("#shown")).to_contain_text("显示")
    by_script = _shown(page)
    page.goto(f"/document/harbin-66?q={query}")
    assert _shown(page) == by_script != []


def test_place_and_audience_narrow_together_with_the_words(page: Page) -> None:
    page.goto("/document/anhui-2023-4?lang=en")
    page.get_by_label("Applies in").select_option("滁州")
    chuzhou = _shown(page)
    assert "c-4.5" in chuzhou
    assert not [one for one in chuzhou if one.startswith(("c-2.", "c-3."))]
    page.get_by_label("Speaks of").select_option("foreign")
    assert set(_shown(page)) < set(chuzhou)
    page.get_by_role("searchbox").fill("investor")
    assert _shown(page) == ["c-4.5"]


def test_without_script_the_form_narrows(browser: Browser, site: str) -> None:
    with browser.new_context(base_url=site, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/document/anhui-2023-4?lang=en")
        assert not page.get_by_role("button", name="Print").is_visible()
        page.get_by_role("searchbox").fill("招投标")
        page.get_by_role("button", name="Filter").click()
        assert re.search(r"lang=en", page.url)
        assert "c-4.4" in _shown(page)
        page.get_by_role("link", name="Show all").click()
        assert len(_shown(page)) == 33


@pytest.mark.parametrize("path", ["/document/anhui-2023-4", "/document/harbin-66?lang=en", "/compare?q=过户房子线上办"])
@pytest.mark.parametrize("width", [320, 375, 1280])
@pytest.mark.parametrize("large", [False, True])
def test_nothing_runs_out_of_the_screen(page: Page, path: str, width: int, large: bool) -> None:
    page.set_viewport_size({"width": width, "height": 760})
    page.goto(path)
    if large:
        page.locator("[data-large]").click()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_what_is_tapped_is_large_enough(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 760})
    for path in ("/document/anhui-2023-4", "/document/harbin-66?lang=en", "/compare?q=过户房子线上办"):
        page.goto(path)
        # Links inside a sentence are as high as its line.
        targets = page.locator("button, select, input[type=search], label.choice, header a, #contents nav a, summary")
        heights = {one.inner_text()[:20]: (one.bounding_box() or {"height": 99})["height"] for one in targets.all()}
        assert {name: height for name, height in heights.items() if height < 44} == {}


def test_on_paper_there_is_the_text_and_the_code_and_nothing_to_press(page: Page) -> None:
    def from_elsewhere(route: Route) -> None:  # a host that a telephone knows too: loopback has no code
        route.fulfill(response=route.fetch(headers={**route.request.headers, "host": "policy.example"}))

    page.route("**/document/harbin-66", from_elsewhere)
    page.goto("/document/harbin-66")
    page.emulate_media(media="print", color_scheme="dark")
    for gone in ("header nav", "form", ".actions", ".back"):
        expect(page.locator(gone).first).to_be_hidden()
    for kept in (".code svg", "#contents nav", "#text"):
        expect(page.locator(kept)).to_be_visible()
    expect(page.locator(".code")).to_contain_text("/document/harbin-66")
    assert page.locator("body").evaluate("one => getComputedStyle(one).color") == "rgb(0, 0, 0)"


def test_a_heading_leads_to_its_place_in_the_text(page: Page) -> None:
    page.goto("/document/anhui-2023-4")
    page.locator("#contents nav").get_by_role("link", name="三、芜湖自选事项(7项)").click()
    expect(page.locator("#text").get_by_role("heading", name="三、芜湖自选事项(7项)")).to_be_in_viewport()


def test_the_start_page_leads_to_the_documents(page: Page) -> None:
    page.goto("/")
    page.locator(".pq-documents a").first.click()
    expect(page.locator("#contents")).to_be_visible()
    assert "/document/" in page.url
