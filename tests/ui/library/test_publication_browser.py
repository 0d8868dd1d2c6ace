"""The life of a document in Chromium: put down, taken in, published, gone back from, and removed with a proof."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from assistant.feedback.store import FeedbackStore
from assistant.publication.publisher import Publisher
from assistant.publication.watching import Watcher
from assistant.service import Assistant
from assistant.settings import Settings
from index.encoder.encoder import Encoder
from tests.assistant.publication.shelf import FERRY, put, settings_in
from tests.ui.accessibility import serious_faults
from tests.ui.library.documents import NAME, TEXT, TITLE, desk_in
from tests.ui.library.office import run_here, settle
from tests.ui.running import running_site
from ui.edition import Edition, Site
from ui.library.routes import library_app
from ui.running import watcher

pytestmark = pytest.mark.browser

FILE = FilePayload(name=NAME, mimeType="text/plain", buffer=TEXT.encode())

REFUSED = {
    "state": "refused",
    "task": "publish",
    "steps": [],
    "reason": "",
    "outcome": {
        "refused": {
            "allowed": 0,
            "known": 1,
            "set_aside": [],
            "broken": [
                {
                    "id": "fee-1",
                    "question": "摊位费多少",
                    "before": {"status": "answered", "said": "每天5元", "cited": ["market:1"]},
                    "now": {"status": "no_answer", "said": "not_in_documents", "cited": []},
                    "gone": ["market:1"],
                }
            ],
        }
    },
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[str]:
    """A site over a library of one document, whose generations it follows."""
    folder = tmp_path_factory.mktemp("office")
    settings = settings_in(folder)
    put(settings, "ferry", FERRY)
    with pytest.MonkeyPatch.context() as patch:
        settle(patch, settings, encoder)
        Publisher(settings).publish()
        yield from served(settings, folder)


def served(settings: Settings, folder: Path) -> Iterator[str]:
    watchers: list[Watcher[Edition]] = []

    def office(site: Site) -> Any:  # noqa: ANN401  (an app)
        return library_app(desk_in(folder, run_here, lambda: site.assistant().corpus))

    with running_site(
        Assistant.open(settings),
        feedback=FeedbackStore(None),
        office=office,
        listens_locally=True,
        on_site=lambda site: watchers.append(watcher(site, settings)),
    ) as address:
        httpx.get(f"{address}/readyz")  # the site is built in another thread
        watchers[0].start()
        yield address
        watchers[0].stop()


def confirm(page: Page, *words: str) -> None:
    dialog = page.locator("#ask")
    for one in words:
        expect(dialog).to_contain_text(one)
    dialog.locator("[value=yes]").click()


def test_a_document_is_published_gone_back_from_and_removed_with_a_proof(page: Page) -> None:
    page.goto("/library")
    page.locator("#files").set_input_files(FILE)
    page.locator("#drafts .name a").click()
    page.locator("#take-in").click()
    confirm(page)
    row = page.locator("#documents tr", has_text=TITLE)
    expect(row).to_contain_text("未发布")

    page.get_by_label("经办人").fill("云泽市政务办")
    page.get_by_role("button", name="发布", exact=True).click()
    outcome = page.locator("#outcome .told").first
    expect(outcome).to_have_text(re.compile("版本 2 已在使用：共 2 份文件，重新编码 . 份。服务用 0.. 秒换上"))
    expect(row).to_contain_text("正在使用")
    expect(page.locator("#pending")).to_contain_text("没有要发布的改动")
    newest, first = page.locator("#generations tbody tr").all()
    expect(newest).to_contain_text("云泽市政务办")
    expect(newest).to_contain_text(f"新增《{TITLE}》")

    first.get_by_role("button").click()
    confirm(page, "退回到版本 1？", f"停止使用：《{TITLE}》")
    expect(outcome).to_contain_text("已退回版本 1")
    expect(row).to_contain_text("未发布")
    assert serious_faults(page) == {}
    newest.get_by_role("button").click()
    confirm(page, f"恢复使用：《{TITLE}》")
    expect(outcome).to_contain_text("已退回版本 2")

    page.reload()
    expect(page.get_by_label("经办人")).to_have_value("云泽市政务办")
    expect(row).to_contain_text("正在使用")
    row.get_by_role("button", name="删去").click()
    expect(page.locator("#no")).to_be_focused()
    page.get_by_label("供退回的旧版本里也删去").check()
    confirm(page, "问答立即停用这份文件")
    expect(outcome).to_have_text(re.compile(rf"已删去《{TITLE}》.*没有找到留存"))
    expect(page.locator(".proof tbody tr")).to_have_count(10)
    expect(row).to_have_count(0)
    assert serious_faults(page) == {}


def test_what_saved_questions_refuse_is_published_only_with_a_reason(page: Page) -> None:
    sent: list[Any] = []

    def refuse(route: Route) -> None:
        sent.append(route.request.post_data_json)
        route.fulfill(status=202, json=REFUSED)

    page.route("**/v1/library/publish", refuse)
    page.goto("/library")
    page.get_by_role("button", name="发布", exact=True).click()
    broken = page.locator(".broken li")
    expect(broken).to_contain_text("原来 答“每天5元”（market:1）")
    expect(broken).to_contain_text("现在 没有答案")
    assert serious_faults(page) == {}
    page.get_by_role("button", name="仍要发布").click()
    reason = page.get_by_label("理由（必填）")
    expect(reason).to_be_focused()
    page.keyboard.type("  ")
    page.locator("#ask [value=yes]").click()
    expect(page.locator("#ask")).to_be_visible()
    reason.fill("旧办法已停用")
    with page.expect_response("**/v1/library/publish"):
        page.keyboard.press("Enter")
    expect(page.locator("#ask")).to_be_hidden()
    assert [one.get("reason") for one in sent] == [None, "旧办法已停用"]
