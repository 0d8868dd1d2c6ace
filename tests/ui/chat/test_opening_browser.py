"""What the citizens' page opens with, and what it offers while somebody types."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from corpus.corpus import Corpus
from tests.ui.browsing import box, open_page
from tests.ui.running import running_site

pytestmark = pytest.mark.browser
PHONE = {"width": 375, "height": 812}


@pytest.fixture(scope="module")
def run_site(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    feedback = FeedbackStore(tmp_path_factory.mktemp("run") / "feedback.sqlite3")
    with running_site(assistant, feedback=feedback, operator="某市政务服务管理局") as address:
        yield address


def test_box_places_events_hotline_and_who_runs_it_are_in_view(browser: Browser, run_site: str) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 812}, locale="zh-CN")
    page.goto(run_site)
    expect(box(page)).to_be_focused()
    in_view = [box(page), page.locator("#pq-place-word"), page.get_by_role("link", name="12345").first]
    in_view += [page.get_by_text("某市政务服务管理局"), *page.locator("#pq-opening [data-ask]").all()]
    assert len(in_view) == 10
    for element in in_view:
        expect(element).to_be_in_viewport(ratio=1)
    bounds = box(page).bounding_box()
    assert bounds
    assert bounds["height"] >= 72
    page.close()


def test_documents_with_their_days_lead_to_their_pages(page: Page, corpus: Corpus) -> None:
    open_page(page)
    entries = page.locator(".pq-documents li")
    expect(entries).to_have_count(len(corpus.documents))
    for document in corpus.documents:
        entry = entries.filter(has_text=document.title)
        expect(entry).to_contain_text("2023年10月19日" if document.issued else "发文日期文中未写明")
        expect(entry.get_by_role("link")).to_have_attribute("href", f"/document/{document.id}")
    page.get_by_role("link", name="把各地的规定放在一起看").click()
    expect(page).to_have_url("/compare")


def test_every_tile_is_answered(page: Page) -> None:
    for path in ("/", "/en"):
        open_page(page, path)
        for number in range(page.locator(".pq-events a").count()):
            open_page(page, path)
            page.locator(".pq-events a").nth(number).click()
            expect(page.locator(".pq-answer")).to_have_class("pq-answer pq-answered")
            page.locator("#pq-clear").click()


def test_names_are_offered_while_typing_and_chosen_by_keys(page: Page) -> None:
    open_page(page)
    sent: list[str] = []
    box(page).press_sequentially("退休证怎么")
    page.on("request", lambda request: sent.append(request.url))
    offered = page.get_by_role("group", name="您是不是想问").get_by_role("button")
    expect(offered.first).to_have_text("档案在中心的人网上办退休")
    assert sent == []
    page.keyboard.press("ArrowDown")
    expect(offered.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(offered).to_have_count(0)
    box(page).press_sequentially("领")
    expect(offered.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".pq-asked")).to_contain_text("档案在中心的人网上办退休")
    expect(page.locator(".pq-answer")).to_have_class("pq-answer pq-answered")


def test_names_are_found_by_other_words_and_in_english(page: Page) -> None:
    open_page(page, "/en")
    offered = page.get_by_role("group", name="Do you mean").get_by_role("button")
    box(page).press_sequentially("mortg")
    expect(offered.first).to_contain_text("ortgage")
    box(page).fill("首贷")
    expect(offered.first).to_be_visible()
    assert all(text.isascii() for text in offered.all_inner_texts())
    box(page).fill("how do I")
    expect(offered).to_have_count(0)


def test_the_length_is_counted_near_the_limit_and_the_page_keeps_its_shape(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    open_page(page)
    box(page).fill("字" * 1599)
    expect(page.locator("#pq-count")).to_be_hidden()
    box(page).fill("字" * 1600)
    expect(page.locator("#pq-count")).to_have_text("1600 / 2000 字")
    box(page).fill("字" * 70_000)
    page.keyboard.press("Enter")
    expect(page.locator("#pq-status")).to_contain_text("最多 2000 个字，现在有 70000 个")
    expect(page.locator("#pq-status")).to_be_in_viewport()
    expect(box(page)).to_have_value("字" * 70_000)
    expect(page.locator(".pq-asked")).to_have_count(0)
