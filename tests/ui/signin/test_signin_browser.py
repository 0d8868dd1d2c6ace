"""Signing in and administering in Chromium: forms, the way back, heads of the office, a narrow screen, axe."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from assistant.access.access import Access
from assistant.access.keys import Keys, utc_now
from assistant.access.roles import Role
from assistant.audit.audit import Audit
from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.switches.operation import Operation
from assistant.switches.state import Channel, Notice, State
from assistant.switches.switchboard import Switchboard
from tests.people import NAMES, PASSWORD, make_access
from tests.ui.accessibility import violations
from tests.ui.running import running_site
from ui.office import office_app
from ui.operation.routes import operation_pages

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("site")
    return Settings(index=folder / "index", feedback=folder / "feedback.sqlite3", access="roles")


@pytest.fixture(scope="module")
def access(settings: Settings) -> Access:
    return make_access(settings)


@pytest.fixture(scope="module")
def site(assistant: Assistant, settings: Settings, access: Access) -> Iterator[str]:
    feedback, audit = FeedbackStore(settings.feedback), Audit.open(settings)
    board = Switchboard(audit)
    for number in range(60):
        audit.record(
            "signin_failed", "坐席一", account="坐席一", address="10.1.2.9", means="password", why="wrong", n=number
        )
    board.answers([Channel.API], off=True, by="session:ada", reason="新文件今天施行，正在更新")
    for note, now in (
        ("工单系统", utc_now),
        ("提问框", utc_now),
        ("去年的数据迁移", lambda: datetime(2020, 1, 1, tzinfo=UTC)),
    ):
        Keys(audit.database, now=now).create(Role.AGENT, note, days=300)
    operation = Operation()
    operation.state = State(1, notice=Notice("今晚 22:00 至次日 6:00 升级，期间暂停自动回答。" * 8))
    pages = operation_pages(audit, board, lambda: None)
    with running_site(
        assistant,
        feedback=feedback,
        access=access,
        operation=operation,
        office=lambda site: office_app(settings, site, feedback, pages),
    ) as address:
        yield address
    audit.database.close()


def sign_in(page: Page, role: Role, path: str) -> None:
    """Open a page of the office, be led to the sign-in and back."""
    page.goto(path)
    assert "/signin?next=" in page.url
    page.get_by_label("账号", exact=True).fill(NAMES[role])
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/signin" not in url)


def test_one_signs_in_is_led_back_and_signs_out_in_every_head(page: Page) -> None:
    sign_in(page, Role.ADMIN, "/library")
    for path in ("/library", "/gaps", "/overview", "/library/questions", "/agent", "/agent/callbacks", "/admin"):
        page.goto(path)
        expect(page.get_by_role("banner").get_by_role("link", name="已登录：ada")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("已登录")).to_have_count(0)  # what everybody may see names nobody
    page.goto("/agent")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("status")).to_have_text("已退出。")
    page.goto("/agent")
    expect(page.get_by_label("密码")).to_be_visible()


def test_what_the_office_does_in_a_session_is_signed_and_its_scripts_get_through(page: Page) -> None:
    sign_in(page, Role.EDITOR, "/library")
    expect(page.get_by_label("经办人")).to_have_value("edith")
    expect(page.locator("#documents")).to_be_visible()
    with page.expect_response("**/v1/library/drafts?name=*") as sent:
        page.locator("#files").set_input_files(
            {"name": "a.txt", "mimeType": "text/plain", "buffer": "关于测试的通知\n\n第一条　测试。\n".encode()}
        )
    assert sent.value.status == 201


def test_an_agent_works_and_is_told_what_is_not_theirs(page: Page) -> None:
    sign_in(page, Role.AGENT, "/agent")
    with page.expect_response("**/agent/rows") as rows:
        page.locator("#question").fill("怎么注销抵押")
        page.keyboard.press("Enter")
    assert rows.value.status == 200
    page.goto("/gaps")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_an_admin_makes_an_account_and_a_key_by_keyboard(page: Page) -> None:
    sign_in(page, Role.ADMIN, "/admin")
    form = page.locator("form[action='/admin/accounts']")
    form.get_by_label("账号").fill("李工")
    form.get_by_label("角色").select_option("editor")
    form.get_by_label("初始密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("账号已建立")
    keys = page.locator("form[action='/admin/keys']")
    keys.get_by_label("备注").fill("工单系统")
    page.keyboard.press("Enter")
    expect(page.locator(".secret")).to_contain_text("pqa_")
    page.goto("/admin")
    expect(page.locator(".secret")).to_have_count(0)


def test_whoever_works_goes_from_room_to_room_and_sees_no_door_that_is_shut(page: Page) -> None:
    sign_in(page, Role.AGENT, "/agent")
    doors = page.get_by_role("navigation", name="办公页面")
    expect(doors.get_by_role("link")).to_have_text(["坐席工作台", "回拨名单", "缺口"])
    doors.get_by_role("link", name="缺口").click()
    expect(doors.get_by_role("link", name="缺口")).to_have_attribute("aria-current", "page")


def test_a_key_is_revoked_by_keyboard_and_asks_first(page: Page) -> None:
    sign_in(page, Role.ADMIN, "/admin")
    page.locator("summary", has_text="作废 提问框").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("密钥已作废")


_PAGES = ("/signin", "/account", "/admin", "/admin/operation", "/admin/audit", "/library", "/gaps", "/overview")


@pytest.mark.parametrize(("lang", "scheme", "large"), [("", "light", True), ("?lang=en", "dark", False)])
@pytest.mark.parametrize("path", _PAGES)
def test_the_pages_break_no_rule_and_fit_a_telephone(
    page: Page, path: str, lang: str, scheme: str, large: bool
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    if path != "/signin":
        sign_in(page, Role.ADMIN, "/account")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(path + lang)
        found = [one for one in violations(page) if one["impact"] != "minor"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        if large:
            page.get_by_role("button", name="适老大字").click()
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide
        small = page.evaluate(
            """[...document.querySelectorAll("button, a, input:not([type=hidden]), select, summary")]
            .filter(one => one.checkVisibility() && !one.matches(".unseen, [type=checkbox]"))
            .filter(one => one.getBoundingClientRect().height < 43.5)
            .map(one => one.outerHTML)"""
        )
        assert small == []
        if large:
            page.get_by_role("button", name="适老大字").click()
