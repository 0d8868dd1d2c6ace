"""In a browser: an open chat page takes the notice with the next answer, and an admin switches answers off."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from assistant.switches.operation import Operation
from assistant.switches.state import Channel, Notice, Off, State
from tests.ui.browsing import ask, box, open_page
from tests.ui.running import running_site

pytestmark = pytest.mark.browser
OPERATION = Operation()


@pytest.fixture(scope="module")
def site(assistant: Assistant) -> Iterator[str]:
    with running_site(assistant, feedback=FeedbackStore(None), operation=OPERATION) as address:
        yield address


def test_an_open_page_takes_a_notice_with_the_next_answer_and_lets_it_go(page: Page) -> None:
    OPERATION.state = State()
    open_page(page)
    notice = page.locator(".site-notice")
    expect(notice).to_have_count(0)
    OPERATION.state = State(1, notice=Notice("今晚维护<b>"))
    ask(page, "首贷怎么申请")
    expect(notice).to_have_text("今晚维护<b>")
    OPERATION.state = State(2, notice=Notice("改到明晚"))
    ask(page, "要什么材料")
    expect(notice).to_have_text("改到明晚")
    OPERATION.state = State(3)
    ask(page, "首贷怎么申请")
    expect(notice).to_have_count(0)


def test_where_answers_are_off_the_page_says_so_and_keeps_the_question(page: Page) -> None:
    OPERATION.state = State()
    open_page(page)
    OPERATION.state = State(1, {Channel.CHAT: Off(datetime.now(UTC), "甲", "内部")})
    answer = ask(page, "首贷怎么申请")
    expect(answer).to_contain_text("自动回答暂时停用")
    expect(answer.locator('a[href="tel:12345"]')).to_have_count(1)
    expect(box(page)).to_have_value("首贷怎么申请")
    OPERATION.state = State(2)
    page.keyboard.press("Enter")  # the question is still there, and what was said in place of an answer makes way
    expect(page.locator(".pq-quote")).not_to_have_count(0)
    expect(page.locator("#pq-log")).not_to_contain_text("自动回答暂时停用")
