"""A work-order note is sent from the console, its way is shown, and its dialog is usable by everybody."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.feedback.store import FeedbackStore
from assistant.operations.outbox import Outbox
from assistant.operations.webhook import Webhook
from assistant.service import Assistant
from tests.ui.accessibility import violations
from tests.ui.console_page import open_console, type_question
from tests.ui.running import running_site
from ui.console.notes import Sending

pytestmark = pytest.mark.browser
CODES = [204]


@pytest.fixture(scope="module")
def webhook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Webhook]:
    """One that sends when the test says so, to a receiver that answers with the last of CODES."""
    with FeedbackStore(tmp_path_factory.mktemp("notes") / "feedback.sqlite3") as store:
        assert store.database
        transport = httpx.MockTransport(lambda _request: httpx.Response(CODES[-1]))
        yield Webhook(Outbox(store.database), "https://office.test", "x" * 16, client=httpx.Client(transport=transport))


@pytest.fixture(scope="module")
def site(assistant: Assistant, webhook: Webhook) -> Iterator[str]:
    with running_site(assistant, feedback=FeedbackStore(None), sending=Sending(webhook, "")) as address:
        yield address


def open_note(page: Page) -> None:
    open_console(page)
    type_question(page, "33条", "harbin-66:33")
    page.keyboard.press("Alt+g")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_note_is_taken_at_once_and_its_way_is_shown(page: Page, webhook: Webhook) -> None:
    open_note(page)
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#note-told")).to_contain_text("已收下")
    expect(page.locator("#sent li").first).to_contain_text("正在发送")
    CODES.append(404)
    webhook.send_due()
    expect(page.locator("#sent li").first).to_contain_text("失败 · HTTP 404")
    CODES.append(204)
    page.get_by_role("button", name="再发").click()
    expect(page.locator("#sent li").first).to_contain_text("正在发送")
    webhook.send_due()
    expect(page.locator("#sent li").first).to_contain_text("已送达")


@pytest.mark.parametrize("width", [375, 1280])
def test_the_dialog_is_accessible_and_nothing_of_it_is_cut_off(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_note(page)
    assert violations(page) == []
    box = page.get_by_role("dialog").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in page.get_by_role("dialog").get_by_role("button").all():
        size = button.bounding_box()
        assert size is None or size["height"] >= 44


def test_it_works_in_english(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site)
    page.goto("/agent?lang=en")
    type_question(page, "clause 33", "harbin-66:33")
    page.keyboard.press("Alt+g")
    expect(page.get_by_label("Place concerned")).to_have_value("Harbin")
    page.close()
