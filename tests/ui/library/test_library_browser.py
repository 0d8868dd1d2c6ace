"""The clerk's page in Chromium: dropping, looking, stating facts, taking in, by mouse and by keyboard alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from tests.ui.accessibility import serious_faults
from tests.ui.library.documents import JUMP, NAME, PAGE, TEXT, TITLE, desk_in, table_file, word_file
from tests.ui.running import running_site
from ui.library.desk import Desk
from ui.library.routes import library_app

pytestmark = pytest.mark.browser

FILE = FilePayload(name=NAME, mimeType="text/plain", buffer=TEXT.encode())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, assistant: Assistant) -> Desk:
    return desk_in(tmp_path_factory.mktemp("desk"), in_service=lambda: assistant.corpus)


@pytest.fixture(scope="module")
def site(assistant: Assistant, desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    feedback = FeedbackStore(tmp_path_factory.mktemp("site") / "feedback.sqlite3")
    with running_site(
        assistant, feedback=feedback, office=lambda _: library_app(desk), listens_locally=True
    ) as address:
        yield address


@pytest.fixture(autouse=True)
def _nothing_is_left(desk: Desk) -> Iterator[None]:
    yield
    for draft in desk.drafts():
        desk.discard(draft["draft"])
    for document in desk.documents()["documents"]:
        if document["id"] not in ("anhui-2023-4", "harbin-66"):
            desk.remove(document["id"])


def payload(name: str, data: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="application/octet-stream", buffer=data)


def open_library(page: Page, path: str = "/library") -> None:
    page.goto(path)
    expect(page.locator("#documents")).to_be_visible()


def drop(page: Page, *files: FilePayload) -> None:
    """Drop files and wait until all have been read."""
    rows = page.locator("#drafts li")
    before = rows.count()
    page.locator("#files").set_input_files(files)
    expect(rows).to_have_count(before + len(files))
    expect(page.locator("#drafts .mark.plain")).to_have_count(0)


def open_draft(page: Page, file: FilePayload = FILE) -> None:
    open_library(page)
    drop(page, file)
    page.locator("#drafts .name a").first.click()
    expect(page.locator(".panes")).to_be_visible()


def expect_no_serious_fault(page: Page) -> None:
    assert serious_faults(page) == {}


def test_a_file_goes_into_the_library_with_what_the_clerk_has_typed(page: Page) -> None:
    open_draft(page)
    expect(page.locator("#faults")).to_contain_text("第三条")
    page.get_by_role("tab", name="事实").click()
    expect(page.get_by_label("文号", exact=True)).to_have_value("云人社规〔2025〕7号")
    page.get_by_label("适用地区", exact=True).fill("云泽市")
    page.locator("#check-all").click()
    expect(page.get_by_role("tab", name="事实")).to_have_text("事实（都已核对）")
    expect(page.locator("#saving")).to_have_text("已保存")
    page.reload()
    page.get_by_role("tab", name="事实").click()
    expect(page.get_by_label("适用地区", exact=True)).to_have_value("云泽市")
    page.get_by_role("button", name="入库").click()
    expect(page.locator("#told")).to_contain_text(f"已入库：《{TITLE}》")
    row = page.locator("#documents tr", has_text=TITLE)
    expect(row).to_contain_text("云泽市")
    expect(row).to_contain_text("未发布")
    expect(page.locator("#pending")).to_contain_text(f"新文件，还没有发布：《{TITLE}》")
    row.get_by_role("button", name="删去").click()
    page.locator("#ask").get_by_role("button", name="删去").click()
    expect(row).to_have_count(0)


def test_by_keyboard_alone_each_side_shows_the_other(page: Page) -> None:
    open_draft(page)
    page.locator("#tree .entry").first.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#source .shown")).to_have_text(re.compile("第五条"))
    page.locator("#source .go[tabindex='0']").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#tree [aria-current]")).to_have_text(re.compile("第一条"))
    assert page.locator("#tree [tabindex='0']").count() == page.locator("#source [tabindex='0']").count() == 1


def test_a_click_on_a_line_shows_its_clause_and_a_fault_leads_to_its_line(page: Page) -> None:
    open_draft(page)
    page.locator("#source [data-line='12']").click()
    expect(page.locator("#tree [aria-current]")).to_have_text(re.compile("第三条"))
    page.locator("#faults").get_by_role("link").first.click()
    expect(page.locator(f"#line-{JUMP}")).to_be_focused()
    expect(page.locator(f"#line-{JUMP} .note")).to_contain_text("序号跳跃")
    page.get_by_role("tab", name="事实").click()
    page.locator("[data-key=issued]").get_by_role("button", name="第 6 行").click()
    expect(page.locator("#line-6")).to_be_focused()
    expect(page.locator("#line-6")).to_have_class(re.compile("outside"))


def test_a_file_that_fails_keeps_the_others_and_can_be_tried_again(page: Page) -> None:
    open_library(page)
    page.route("**/v1/library/drafts?name=second*", lambda route: route.abort())
    drop(page, FILE, payload("second.txt", TEXT.encode()), payload("third.html", PAGE))
    expect(page.locator("#progress")).to_contain_text("其中 1 份没有读成")
    expect(page.locator("#drafts .mark.bad")).to_contain_text("连接中断")
    page.unroute("**/v1/library/drafts?name=second*")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator("#drafts .name a")).to_have_count(3)
    expect(page.locator("#drafts .mark.bad")).to_have_count(0)


def test_files_are_dropped_anywhere_on_the_page(page: Page) -> None:
    open_library(page)
    page.evaluate(
        """([name, text]) => {
            const dropped = new DataTransfer();
            dropped.items.add(new File([text], name));
            const given = { dataTransfer: dropped, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent("dragover", given));
            document.body.dispatchEvent(new DragEvent("drop", given));
        }""",
        [NAME, TEXT],
    )
    expect(page.locator("#drafts .name a")).to_have_text(TITLE)


def test_a_document_that_would_be_replaced_is_asked_about(page: Page) -> None:
    for _ in range(2):
        open_draft(page)
        page.get_by_role("button", name="入库").click()
        page.locator("#ask[open]").wait_for()
        last = page.locator("#ask .why").inner_text()
        page.locator("#ask [value=yes]").click()
        expect(page.locator("#told")).to_contain_text("已入库")
    assert "会被替换" in last


def test_many_without_errors_are_taken_in_at_once(page: Page) -> None:
    open_library(page)
    drop(page, FILE, payload("积分表.xlsx", table_file()))
    page.locator("#add-good").click()
    page.locator("#ask [value=yes]").click()
    expect(page.locator("#told")).to_contain_text("已入库 2 份")
    expect(page.locator("#drafts li")).to_have_count(0)
    expect(page.locator("#documents tbody tr")).to_have_count(4)


def test_a_file_dropped_twice_or_before_the_page_is_ready_waits_once(page: Page) -> None:
    open_library(page)
    drop(page, FILE)
    page.locator("#files").set_input_files([FILE])
    expect(page.locator("#told")).to_contain_text("没有重复放入")
    expect(page.locator("#drafts li")).to_have_count(1)
    held_back: list[Route] = []

    def hold(route: Route) -> None:
        held_back.append(route)

    page.route("**/v1/library/drafts", hold)
    page.goto("/library")
    with page.expect_response("**/v1/library/drafts?name=*"):
        page.locator("#files").set_input_files([payload(f"{TITLE}.docx", word_file())])
    expect(page.locator("#drafts .name a")).to_have_count(1)
    held_back[0].continue_()
    expect(page.locator("#drafts .name a")).to_have_count(2)
    expect(page.locator("#drafts li", has_text="待入库的有两份同名")).to_have_count(2)
    page.unroute("**/v1/library/drafts")


def test_facts_that_were_not_read_are_told_and_lead_to_their_fields(page: Page) -> None:
    open_library(page)
    drop(page, payload("积分表.xlsx", table_file()))
    expect(page.locator("#drafts .marks")).to_contain_text("标题、适用地区、发文机关未读出，请填写")
    page.locator("#drafts .name a").click()
    page.locator("#faults").get_by_role("link", name="发文机关").click()
    expect(page.get_by_label("发文机关", exact=True)).to_be_focused()


def test_lines_in_no_clause_are_counted_and_visited(page: Page) -> None:
    long = "（一）各区应当按照就近便民的原则安排停车位，统筹医院和学校周边的需要。"
    open_draft(page, payload("安排.txt", f"云泽市停车办法\n一、安排\n{long}\n1.医院三成。\n2.学校两成。\n".encode()))
    expect(page.locator("#counts")).to_contain_text("有 1 行正文不在任何条款里")
    expect(page.locator(".line.unplaced .role")).to_have_text("正文未归入条款")
    page.get_by_role("button", name="下一处未归入条款").click()
    expect(page.locator("#line-3")).to_be_focused()


def test_rows_of_a_table_are_a_table(page: Page) -> None:
    open_draft(page, payload("积分表.xlsx", table_file()))
    expect(page.locator("#source table")).to_have_count(1)
    page.locator("#source td", has_text="硕士研究生").click()
    expect(page.locator("#tree [aria-current]")).to_contain_text("硕士研究生")


def test_a_document_shows_markup_as_text(page: Page) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    open_draft(page, payload("x.txt", f"某市办法\n第一条 {hostile}\n第二条 {hostile}\n".encode()))
    expect(page.locator("#source")).to_contain_text(hostile)
    assert page.locator("#source img, #tree img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_nothing_serious_is_found_in_any_state(page: Page, width: int, scheme: str, query: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    open_library(page, f"/library{query}")
    drop(page, payload(f"{TITLE}.docx", word_file()), payload("积分表.xlsx", table_file()))
    expect_no_serious_fault(page)
    page.locator("#drafts .name a").first.click()
    expect(page.locator(".panes")).to_be_visible()
    page.locator("#tree .entry").nth(2).click()
    expect_no_serious_fault(page)
    page.locator("#tab-facts").click()
    page.locator("#fact-expires").fill("soon")
    page.locator("#fact-title").fill("")
    expect(page.locator(".told.bad")).to_have_count(1)
    expect_no_serious_fault(page)
    page.locator("#discard").click()
    expect_no_serious_fault(page)


@pytest.mark.parametrize("path", ["/library", "/library?lang=en"])
def test_what_is_touched_is_large_enough(page: Page, path: str) -> None:
    open_library(page, path)
    drop(page, FILE)
    page.locator("#drafts .name a").first.click()
    expect(page.locator(".panes")).to_be_visible()
    small = page.locator("button, .button, select, textarea").evaluate_all(
        "all => all.filter(e => e.offsetParent && !e.matches('.parts .entry, .link'))"
        ".filter(e => e.offsetWidth < 44 || e.offsetHeight < 44).map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == []


def test_the_citizens_pages_do_not_lead_here(page: Page) -> None:
    for path in ("/", "/clause/harbin-66:1"):
        assert "/library" not in page.request.get(path).text()


def test_the_refusal_is_a_page(page: Page, tmp_path: Path, assistant: Assistant) -> None:
    feedback = FeedbackStore(tmp_path / "feedback.sqlite3")
    office = library_app(desk_in(tmp_path))
    with running_site(assistant, feedback=feedback, office=lambda _: office, listens_locally=False) as address:
        response = page.request.get(f"{address}/library", headers={"accept": "text/html"})
    assert response.status == 403
    assert "这里不能打开文件库" in response.text()
