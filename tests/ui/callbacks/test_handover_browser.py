"""Both sides in two browsers: a citizen takes a code and leaves a number, an agent reads and calls."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.api.handover import handover_reading
from assistant.feedback.store import FeedbackStore
from assistant.handover.keys import KeyFile
from assistant.handover.store import Handovers
from assistant.service import Assistant
from tests.assistant.handover.handed import bytes_of
from tests.ui.accessibility import serious_faults
from tests.ui.browsing import ask, open_page
from tests.ui.console_page import open_console
from tests.ui.library.documents import desk_in
from tests.ui.running import running_site
from ui.callbacks.routes import callback_pages
from ui.library.routes import library_app

pytestmark = pytest.mark.browser

LEFT = "养猫要办什么证"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("handover")


@pytest.fixture(scope="module")
def site(assistant: Assistant, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    feedback = FeedbackStore(folder / "feedback.sqlite3")
    assert feedback.database is not None
    handovers = Handovers(feedback.database, KeyFile(assistant.settings.keys))
    desk = desk_in(tmp_path_factory.mktemp("desk"), in_service=lambda: assistant.corpus)
    pages = [handover_reading(lambda: assistant, handovers), callback_pages(lambda: assistant, handovers)]
    with running_site(
        assistant, feedback=feedback, office=lambda _: library_app(desk, *pages), listens_locally=True
    ) as address:
        yield address
    feedback.close()


@pytest.fixture
def agent(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", base_url=site)
    yield context.new_page()
    context.close()


def test_a_citizen_hands_over_and_an_agent_takes_it_up(page: Page, agent: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 375, "height": 780})
    open_page(page)
    ask(page, "怎么注销抵押")
    ask(page, LEFT)
    ask(page, "转人工").get_by_role("button", name="取接手码").click()
    code = page.locator("#pq-code strong")
    expect(code).not_to_be_empty()
    said = code.inner_text()
    expect(page.locator("#pq-person-name")).to_be_focused()
    expect(page.locator("#pq-code")).to_contain_text("12345")
    assert serious_faults(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 375

    open_console(agent)
    agent.keyboard.press("Alt+j")
    agent.keyboard.type(said)
    agent.keyboard.press("Enter")
    handed = agent.locator("#handed")
    for words in ("怎么注销抵押", LEFT, "第十一条", said):
        expect(handed).to_contain_text(words)
    expect(agent.locator("#handed-name")).to_be_focused()
    assert serious_faults(agent) == {}
    agent.keyboard.press("g")  # nothing has been asked since: the note is of what was handed over
    expect(agent.locator("#note [name=summary]")).to_have_value("怎么注销抵押")
    agent.keyboard.press("Escape")
    expect(agent.locator("#handed-name")).to_be_focused()
    handed.get_by_role("button", name=LEFT).click()
    expect(agent.locator("#question")).to_have_value(LEFT)
    agent.keyboard.press("Alt+n")
    expect(handed).to_be_hidden()

    page.get_by_label("也可以留下电话").fill("138 0013-8000")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#pq-person-told")).to_contain_text("138 0013 8000")
    assert code.inner_text() == said
    assert b"8001380" not in bytes_of(folder / "feedback.sqlite3")

    agent.get_by_role("link", name="回拨名单").click()
    expect(agent.get_by_role("link", name="138 0013 8000", exact=True)).to_be_visible()
    assert serious_faults(agent) == {}
    agent.get_by_role("button", name="没打通").click()
    expect(agent.get_by_text("已打过 1 次")).to_be_visible()
    agent.get_by_role("link", name="看对话").click()
    expect(agent.get_by_role("heading", name="接手的对话")).to_be_visible()
    assert serious_faults(agent) == {}
    agent.go_back()
    agent.set_viewport_size({"width": 375, "height": 780})
    assert agent.evaluate("document.documentElement.scrollWidth") <= 375
    agent.get_by_role("button", name="已打通").click()
    expect(agent.get_by_text("号码已删去")).to_be_visible()
    expect(agent.get_by_text("138 0013 8000")).to_have_count(0)


def test_what_cannot_be_is_said_and_nothing_typed_is_lost(agent: Page) -> None:
    page = agent  # whose context takes the refusals for no fault
    open_page(page)
    page.get_by_role("button", name="转人工").click()
    submit = page.locator("#pq-person [type=submit]")
    submit.click()
    expect(page.locator("#pq-person-told")).to_contain_text("请先在页面上问一个问题")
    page.get_by_label("想办什么事").fill("退税")
    page.get_by_label("也可以留下电话").fill("12345")
    submit.click()
    expect(page.locator("#pq-person-told")).to_contain_text("这个号码不能回拨")
    expect(page.get_by_label("也可以留下电话")).to_be_focused()
    expect(page.get_by_label("也可以留下电话")).to_have_value("12345")
    page.keyboard.press("Escape")
    expect(page.locator("#pq-person")).to_be_hidden()
    expect(page.locator("#pq-to-person")).to_be_focused()


def test_the_code_of_a_tab_stays_until_the_conversation_is_cleared(page: Page) -> None:
    open_page(page, "/en")
    ask(page, "how do I get first-loan support")
    page.get_by_role("button", name="Talk to a person").click()
    page.get_by_role("button", name="Get a code").click()
    code = page.locator("#pq-code strong")
    expect(code).not_to_be_empty()
    said = code.inner_text()
    page.reload()
    page.get_by_role("button", name="Talk to a person").click()
    expect(code).to_have_text(said)
    page.keyboard.press("Escape")
    page.locator("#pq-clear").click()
    page.get_by_role("button", name="Talk to a person").click()
    expect(page.locator("#pq-code")).to_be_hidden()


def test_a_number_is_withdrawn_when_code_and_conversation_are_gone(page: Page) -> None:
    open_page(page)
    page.get_by_role("button", name="转人工").click()
    page.get_by_label("想办什么事").fill("退税")
    page.get_by_label("也可以留下电话").fill("0451-87654321-8012")
    page.locator("#pq-person [type=submit]").click()
    expect(page.locator("#pq-person-told")).to_contain_text("0451 8765 4321 转 8012")
    expect(page.locator("#pq-person-name")).to_have_attribute("aria-describedby", "pq-code")  # read out with the focus
    page.evaluate("""() => {
      const kept = JSON.parse(sessionStorage.getItem("policyqa-handover"));
      sessionStorage.setItem("policyqa-handover", JSON.stringify({ ...kept, expires: "2026-01-01T00:00:00+08:00" }));
    }""")
    page.reload()
    page.get_by_role("button", name="转人工").click()
    expect(page.locator("#pq-code")).to_be_hidden()
    page.get_by_role("button", name="撤回号码").click()
    expect(page.locator("#pq-person-told")).to_have_text("号码已删去，不再回拨。")
    expect(page.locator("#pq-withdraw")).to_be_hidden()


def test_wrong_codes_are_told_in_the_console(agent: Page) -> None:
    open_console(agent)
    agent.keyboard.press("Alt+j")
    told = agent.locator("#handover [role=status]")
    agent.keyboard.type("12345")
    agent.keyboard.press("Enter")
    expect(told).to_have_text("接手码是六位数字。")
    agent.route("**/agent/handover", lambda route: route.fulfill(status=403, body="{}"))
    agent.keyboard.type("123456")
    agent.keyboard.press("Enter")
    expect(told).to_contain_text("接手码在这里打不开")
    agent.unroute("**/agent/handover")
    agent.keyboard.type("000001")
    agent.keyboard.press("Enter")
    expect(told).to_contain_text("没有这个接手码")
    agent.keyboard.press("Escape")
    expect(agent.locator("#handover")).to_be_hidden()
