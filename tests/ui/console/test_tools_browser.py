"""What stands beside the look-up in the console: scores on request, the work-order note, matters to begin with."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.console_page import LOAN, open_console, type_question

pytestmark = pytest.mark.browser


def test_scores_are_shown_on_request_alone_and_that_is_remembered(page: Page) -> None:
    open_console(page)
    type_question(page, "首贷 合肥", LOAN)
    assert not re.search(r"得分|把握|第\d", page.locator("#results").inner_text())
    page.keyboard.press("Alt+s")
    expect(page.locator("[role=option] .score").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="显示得分")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[role=option] .score").first).to_be_visible()


def test_a_work_order_note_is_one_key_and_copied_as_edited(page: Page) -> None:
    open_console(page)
    type_question(page, "33条", "harbin-66:33")
    page.keyboard.press("Alt+g")
    note = page.get_by_role("dialog")
    expect(note.get_by_label("诉求摘要")).to_have_value("33条")
    expect(note.get_by_label("原文")).not_to_have_value("")
    expect(note.get_by_role("button", name="发送")).to_have_count(0)  # no receiver is set here
    note.get_by_label("建议承办部门").fill("税务局")
    note.get_by_role("button", name="复制").click()
    expect(page.locator("#note-told")).to_contain_text("已复制工单记录")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[:3] == ["诉求摘要：33条", "其中查询的问题：", "诉求所在地：哈尔滨"]
    assert re.fullmatch(r"时间：\d{4}-\d\d-\d\d \d\d:\d\d", lines[3])
    assert "建议承办部门：税务局" in lines
    page.keyboard.press("Escape")
    expect(page.locator("#note")).to_be_hidden()
    expect(page.locator("#question")).to_be_focused()


def test_without_a_clipboard_the_text_is_shown_to_be_copied_by_hand(page: Page) -> None:
    page.add_init_script("""delete Navigator.prototype.clipboard; Document.prototype.execCommand = () => false;""")
    open_console(page)
    type_question(page, "33条", "harbin-66:33")
    page.keyboard.press("Alt+g")
    page.get_by_role("dialog").get_by_role("button", name="复制").click()
    expect(page.get_by_role("dialog")).to_contain_text("Ctrl+C")
    expect(page.locator("#by-hand textarea")).to_have_value(re.compile("^诉求摘要：33条"))
    expect(page.locator("#by-hand textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#by-hand")).to_be_hidden()
    expect(page.locator("#question")).to_be_focused()


def test_nothing_younger_than_five_years_is_needed(page: Page) -> None:
    page.add_init_script(
        """delete HTMLDialogElement.prototype.showModal; delete HTMLDialogElement.prototype.close;
        delete Array.prototype.at; delete Object.hasOwn; delete AbortSignal.timeout; delete Response.json;
        delete window.structuredClone; delete crypto.randomUUID;"""
    )
    open_console(page)
    type_question(page, "33条", "harbin-66:33")
    page.keyboard.press("Alt+/")
    expect(page.locator("#question")).to_be_focused()
    page.get_by_role("button", name="按键").click()
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_matter_of_the_empty_page_opens_its_clause(page: Page) -> None:
    open_console(page)
    page.locator("details[open] [data-matter]").first.click()
    clause = page.locator("#clause article")
    expect(clause).to_have_attribute("data-id", re.compile(r".+:\d"))
    expect(page.locator("#question")).to_have_value(re.compile("."))
    expect(page.locator("#question")).to_be_focused()
