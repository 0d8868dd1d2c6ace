"""The page of a gap in Chromium: parted and merged by hand, taken, drafted; nothing serious that axe-core finds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import Reason
from assistant.feedback.store import FeedbackStore
from assistant.gaps.book import open_book
from assistant.gaps.loop import Gaps
from assistant.service import Assistant
from corpus.library.library import Library
from tests.assistant.feedback.kept import answer_to
from tests.ui.accessibility import serious_faults
from tests.ui.library.documents import desk_in
from tests.ui.running import running_site
from ui.gaps.routes import gaps_router
from ui.library.routes import library_app

pytestmark = pytest.mark.browser

QUESTIONS = ("公司挪窝到别的区还得跑老地方销户头吗", "公司挪窝到别的区要不要回老地方销户头")


@pytest.fixture
def site(assistant: Assistant, tmp_path: Path) -> Iterator[str]:
    feedback = FeedbackStore(tmp_path / "feedback.sqlite3")
    for question in QUESTIONS:
        feedback.record(answer_to(question, Reason.NOT_IN_DOCUMENTS, answer_id=question))
    gaps = Gaps(open_book(feedback), lambda: assistant, Library(tmp_path / "library"))
    desk = desk_in(tmp_path / "desk", in_service=lambda: assistant.corpus)

    with running_site(
        assistant,
        feedback=feedback,
        office=lambda _: library_app(desk, gaps_router(gaps)),
        listens_locally=True,
    ) as address:
        yield address
    feedback.close()


@pytest.mark.usefixtures("site")
def test_a_gap_is_parted_merged_and_taken(page: Page) -> None:
    page.goto("/gaps")
    assert serious_faults(page) == {}
    page.get_by_role("link", name="公司挪窝").click()
    page.get_by_role("button", name="单独成一个缺口").last.click()
    expect(page.get_by_role("button", name="单独成一个缺口")).to_have_count(0)
    page.get_by_label("并入另一个缺口").select_option(index=1)
    page.get_by_role("button", name="把这个缺口并进来").click()
    expect(page.get_by_role("button", name="单独成一个缺口")).to_have_count(2)
    page.get_by_label("您的姓名或工位").fill("窗口甲")
    page.get_by_role("button", name="我来处理").click()
    expect(page.locator(".mark.taken")).to_be_visible()
    assert serious_faults(page) == {}
    page.set_viewport_size({"width": 375, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
