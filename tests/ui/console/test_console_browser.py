"""The agents' console in a real browser: a call from the first key to the next caller, without the mouse."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from assistant.messages import messages
from assistant.service import Assistant
from tests.ui.console_page import LOAN, expect_told, lookups, open_console, row_ids, type_question
from tests.ui.console_views import open_clause

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>'\"&amp; 首贷"


@pytest.fixture
def marks(page: Page) -> Iterator[list[dict[str, str | None]]]:
    """The marks that the page sends, taken as kept."""
    sent: list[dict[str, str | None]] = []

    def take(route: Route) -> None:
        mark = json.loads(route.request.post_data or "")
        assert re.fullmatch("[0-9a-f]{16}", mark.pop("proof"))  # that the question was asked
        sent.append(mark)
        route.fulfill(json={"mark": f"{len(sent):032x}"})

    page.route("**/agent/mark", take)
    yield sent
    page.unroute("**/agent/mark")


@pytest.mark.parametrize("size", [(1280, 800), (375, 720)], ids=["desktop", "phone"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_whole_call_goes_by_keyboard_alone(
    page: Page, assistant: Assistant, marks: list[dict[str, str | None]], size: tuple[int, int], lang: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_console(page, f"/agent?lang={lang}")
    type_question(page, "首贷 合肥", LOAN)

    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    second = page.locator("[role=option]").nth(1)
    expect(second).to_be_focused()
    expect(second).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(page.locator("[role=option]").last).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator("[role=option]").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#clause-name")).to_be_focused()
    expect(page.locator("#clause-name")).to_be_in_viewport()
    expect(page.locator("#clause article")).to_have_attribute("data-id", LOAN)

    page.keyboard.press("c")
    expect_told(page, {"zh": "已复制话术和出处", "en": "Script and address copied"}[lang])
    opened = open_clause(assistant, LOAN, "首贷 合肥", messages(lang))
    assert page.evaluate("navigator.clipboard.readText()") == opened.script
    page.keyboard.press("q")
    expect_told(page, {"zh": "已复制原文", "en": "Quote copied"}[lang])
    assert page.evaluate("navigator.clipboard.readText()") == opened.quote

    page.keyboard.press("o")
    expect_told(page, {"zh": "已标为过时", "en": "Marked outdated"}[lang])
    page.keyboard.press("Escape")
    expect(page.locator("[role=option]").first).to_be_focused()
    expect(page.locator("[role=option] .marks").first).to_have_text({"zh": "已标为过时", "en": "Marked outdated"}[lang])
    page.keyboard.press("m")
    expect_told(page, {"zh": "已标为缺漏", "en": "Marked missing"}[lang])
    assert marks == [
        {"question": "首贷 合肥", "clause_id": LOAN, "verdict": "outdated"},
        {"question": "首贷 合肥", "clause_id": None, "verdict": "missing"},
    ]

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("[role=option]").first).to_be_focused()

    page.keyboard.press("/")
    expect(page.locator("#question")).to_be_focused()
    type_question(page, "33条", "harbin-66:33")
    page.keyboard.press("Alt+n")
    expect(page.locator("#question")).to_have_value("")
    assert lookups(page) == []


def test_the_keys_work_from_the_box_with_alt_and_letters_stay_letters(
    page: Page, assistant: Assistant, marks: list[dict[str, str | None]]
) -> None:
    open_console(page)
    page.keyboard.type("cqwom/?")
    expect(page.locator("#question")).to_have_value("cqwom/?")
    page.locator("#question").fill("")
    page.keyboard.type("33条")
    page.keyboard.press("Alt+c")  # before its rows can have come
    expect_told(page, "第三十三条")
    assert page.evaluate("navigator.clipboard.readText()") == open_clause(assistant, "harbin-66:33", "33条").script
    page.keyboard.press("Alt+w")
    expect_told(page, "已标为不对")
    assert marks == [{"question": "33条", "clause_id": "harbin-66:33", "verdict": "wrong"}]
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_value("33条")


def test_enter_right_after_typing_opens_what_was_typed(page: Page) -> None:
    open_console(page)
    type_question(page, "首贷", LOAN)
    page.keyboard.press("Escape")  # selects what stands in the box
    page.keyboard.type("hrb 48")
    page.keyboard.press("Enter")
    expect(page.locator("#clause-name")).to_be_focused()
    expect(page.locator("#clause article")).to_have_attribute("data-id", "harbin-66:48")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#question")).to_be_focused()


def test_an_answer_that_comes_late_is_dropped(page: Page) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/agent/rows", hold_the_first)
    open_console(page)
    with page.expect_request("**/agent/rows"):
        page.keyboard.type("33")
    page.keyboard.press("Escape")
    type_question(page, "hrb 48", "harbin-66:48")
    for route in held:
        route.fulfill(json={"rows": "late", "clause": "late", "question": "late"})
    page.evaluate("fetch('/healthz').then(() => 0)")  # what was under way has arrived by then
    assert row_ids(page)[0] == "harbin-66:48"


def test_an_input_method_is_not_cut_off(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/agent/rows" in request.url else None)
    page.clock.install()
    open_console(page)
    typing = page.context.new_cdp_session(page)
    for text in ("s", "sh", "shou dai"):
        typing.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    page.locator("#question").dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": True})
    page.clock.run_for(1000)
    assert asked == []
    expect(page.locator("#question")).to_be_focused()
    typing.send("Input.insertText", {"text": "首贷"})
    expect(page.locator("[role=option]").first).to_have_attribute("data-id", LOAN)
    assert len(asked) == 1


def test_markup_is_shown_as_text_wherever_it_appears(page: Page) -> None:
    open_console(page)
    page.keyboard.type(HOSTILE)
    expect(page.locator("[role=option]").first).to_have_attribute("data-id", LOAN)
    page.keyboard.press("Enter")
    expect(page.locator("#lookups button").first).to_have_text(HOSTILE)
    page.reload()
    expect(page.locator("#question")).to_have_value(HOSTILE)
    expect(page.locator("#lookups button").first).to_have_text(HOSTILE)
    assert page.locator("img").count() == 0


def test_on_a_miss_what_can_be_said_is_read_out_and_the_near_clauses_are_not(page: Page) -> None:
    open_console(page)
    page.keyboard.type("哈尔滨的金融顾问电话是多少")
    expect(page.locator("#verdict")).to_contain_text("文件未写明")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("Alt+c")
    expect_told(page, "已复制话术")
    said = page.evaluate("navigator.clipboard.readText()")
    assert "没有写明电话号码" in said
    assert "专家顾问团" not in said
    page.keyboard.press("ArrowDown")
    expect(page.locator("#clause article")).to_have_attribute("data-id", "harbin-66:26")
    expect(page.locator("#clause")).to_contain_text("不要照念")
    page.keyboard.press("c")
    expect_told(page, "已复制话术")
    assert page.evaluate("navigator.clipboard.readText()") == said


def test_each_question_of_a_story_is_shown_by_its_number(page: Page, marks: list[dict[str, str | None]]) -> None:
    open_console(page)
    page.keyboard.type("退休证怎么下载？另外房贷还清了怎么注销抵押？")
    expect(page.locator(".needs strong")).to_have_text(["查到条款", "查到条款"])
    expect(page.locator("#clause article")).to_have_attribute("data-id", "harbin-66:19")
    page.keyboard.press("Alt+2")
    expect(page.locator("#clause article")).to_have_attribute("data-id", "harbin-66:11")
    expect(page.locator(".needs [aria-current]")).to_contain_text("房贷还清了怎么注销抵押")
    page.keyboard.press("Alt+w")
    expect_told(page, "已标为不对")
    assert [(mark["question"], mark["clause_id"]) for mark in marks] == [("房贷还清了怎么注销抵押？", "harbin-66:11")]


def test_a_question_back_is_answered_by_a_number_and_what_was_asked_is_listed(page: Page) -> None:
    open_console(page)
    page.keyboard.type("不动产登记")
    expect(page.locator("#clause")).to_contain_text("请问您想问的是哪一件？")
    chosen = page.locator("[data-ask]").nth(1).get_attribute("data-ask") or ""
    page.keyboard.press("Alt+2")
    expect(page.locator("#question")).to_have_value(chosen)
    expect(page.locator("#clause article[data-id]")).to_be_visible()
    assert lookups(page) == ["不动产登记"]


def test_initials_are_looked_up_and_the_other_words_offered(page: Page) -> None:
    open_console(page)
    type_question(page, "sd", LOAN)
    expect(page.locator("#verdict")).to_contain_text("按拼音查的是“首贷”")
    other = page.locator("[data-ask]").first.get_attribute("data-ask") or ""
    page.keyboard.press("Alt+1")
    expect(page.locator("#question")).to_have_value(other)


def test_large_text_is_one_key_away_and_remembered(page: Page) -> None:
    open_console(page)
    page.get_by_role("button", name="大字").press("Enter")
    page.reload()
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("width", [320, 375])
def test_a_narrow_page_loses_nothing_and_does_not_scroll_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    open_console(page)
    page.keyboard.type("首贷电话是多少")
    expect(page.locator("[role=option]").first).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    page.keyboard.press("Enter")
    expect(page.locator("#clause-name")).to_be_focused()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    page.get_by_role("button", name="回到结果").click()
    expect(page.locator("[role=option]").first).to_be_focused()


def test_a_screen_reader_finds_its_way(page: Page) -> None:
    open_console(page)
    type_question(page, "首贷", LOAN)
    expect(page.get_by_role("searchbox", name="来电人问什么")).to_be_focused()
    expect(page.locator("p.unseen[role=status]")).to_contain_text("查到条款")
    listbox = page.get_by_role("listbox", name="结果")
    expect(listbox.get_by_role("option").first).to_have_accessible_name(re.compile("安徽.*帮没贷过款.*首次贷款"))
    assert listbox.get_by_role("option", selected=True).count() == 1
    expect(page.get_by_role("article")).to_have_accessible_name(re.compile("典型案例 一、（三）"))
    expect(page.get_by_role("heading", level=2)).to_be_visible()
