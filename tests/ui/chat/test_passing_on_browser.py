"""An answer printed, copied and passed on."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import QUESTION, ask, open_page

pytestmark = pytest.mark.browser
NO_CLIPBOARD = "delete Navigator.prototype.clipboard"
COPIED = "document.addEventListener('copy', () => { window.copied = String(document.activeElement.value) })"


def test_the_title_of_the_page_is_the_question(page: Page) -> None:
    open_page(page, "/?q=怎么申请首贷")
    expect(page).to_have_title("怎么申请首贷 · 政策问答助手")
    page.get_by_role("button", name="清空对话").click()
    expect(page).to_have_title("政策问答助手")


def test_paper_has_question_answer_source_and_day_and_nothing_else(page: Page) -> None:
    open_page(page)
    ask(page, "你好")
    answer = ask(page, "怎么申请首贷")
    page.emulate_media(media="print")
    expect(page.locator(".pq-asked").last).to_be_visible()
    expect(answer).to_contain_text("【芜湖 2023-10-19】")
    expect(answer.locator(".pq-source")).to_be_visible()
    for gone in ("#pq-header", "#pq-ask", "#pq-clear", ".pq-more", ".pq-related", ".pq-closing", ".pq-original"):
        expect(page.locator(gone).last).to_be_hidden()
    assert page.locator("button:visible").count() == 0


def test_one_answer_is_printed_by_itself_under_its_question(page: Page) -> None:
    page.add_init_script(
        """window.print = () => {
          const printed = document.querySelectorAll(".pq-printed .pq-asked, .pq-printed .pq-answer");
          window.printed = [document.title, printed.length];
        }"""
    )
    open_page(page)
    ask(page, "你好")
    answer = ask(page, "怎么申请首贷")
    answer.get_by_role("button", name="打印").click()
    assert page.evaluate("printed") == ["怎么申请首贷", 2]
    assert page.locator(".pq-printed, html.pq-one").count() == 0


def test_sharing_hands_on_the_question_and_its_address(page: Page, site: str) -> None:
    page.add_init_script("Navigator.prototype.share = async (what) => { window.shared = what }")
    open_page(page)
    ask(page, "怎么申请首贷").get_by_role("button", name="转发").click()
    shared = page.evaluate("shared")
    assert shared["title"] == "怎么申请首贷"
    assert shared["url"].startswith(f"{site}/?q=")


def test_without_https_a_link_is_copied_all_the_same_in_a_dialog_too(page: Page, site: str) -> None:
    page.add_init_script(f"{NO_CLIPBOARD}; {COPIED}")
    page.set_viewport_size({"width": 375, "height": 812})
    open_page(page)
    answer = ask(page, QUESTION)
    answer.get_by_role("button", name="复制链接").click()
    expect(answer.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("copied").startswith(f"{site}/?q=")
    answer.locator(".pq-source").click()
    page.get_by_role("dialog").get_by_role("button", name="复制出处").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="已复制")).to_be_visible()
    assert "皖营商环境办〔2023〕4号" in page.evaluate("copied")


def test_where_no_page_may_copy_the_text_is_offered_for_the_hand(page: Page) -> None:
    page.add_init_script(f"{NO_CLIPBOARD}; Document.prototype.execCommand = () => false")
    open_page(page)
    answer = ask(page, QUESTION)
    answer.get_by_role("button", name="复制链接").click()
    expect(answer.get_by_label("请长按下面的文字复制：")).to_be_focused()
    expect(answer.get_by_role("button", name="已复制")).to_have_count(0)
