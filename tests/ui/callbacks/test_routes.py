"""The list of calls and the conversation behind a code, as the office's pages show them."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.problems import install_handlers
from assistant.feedback.store import FeedbackStore
from assistant.handover.conversation import Conversation
from assistant.handover.keys import KeyFile
from assistant.handover.store import Handovers
from assistant.handover.telephone import read_telephone
from assistant.question.history import Turn
from assistant.service import Assistant
from corpus.clock import CHINA
from tests.assistant.feedback.kept import Clock
from tests.assistant.handover.handed import saying
from ui.callbacks.routes import callback_pages

SAID = Conversation(
    (
        Turn("user", "怎么注销抵押 <script>"),
        Turn("assistant", "在网上申请。[1]", ("harbin-66:11",)),
        Turn("assistant", ""),
        Turn("user", "要多久"),
    ),
    ("要多久",),
    "哈尔滨",
    "想撤抵押",
)
NUMBER = read_telephone("13800138000")


class Desk:
    """The pages over hand-overs whose time the test makes pass."""

    def __init__(self, folder: Path, assistant: Assistant) -> None:
        self.clock = Clock()
        self.clock.now = datetime(2026, 11, 30, 10, tzinfo=CHINA)  # a Monday
        self.feedback = FeedbackStore(folder / "feedback.sqlite3", now=self.clock)
        assert self.feedback.database is not None
        self.key = folder / "key"
        self.handovers = Handovers(self.feedback.database, KeyFile(self.key), self.clock)
        app = FastAPI()
        app.include_router(callback_pages(lambda: assistant, self.handovers))
        install_handlers(app)
        self.client = TestClient(app)

    def draw(self, *, with_number: bool = False) -> str:
        return self.handovers.hand_over(saying(SAID), "a", telephone=NUMBER if with_number else None).code

    def page(self, path: str = "", **query: str) -> str:
        response = self.client.get(f"/agent/callbacks{path}", params=query)
        assert response.headers["cache-control"] == "no-store"
        return response.text


@pytest.fixture
def desk(tmp_path: Path, assistant: Assistant) -> Iterator[Desk]:
    made = Desk(tmp_path, assistant)
    yield made
    made.feedback.close()


def test_a_call_stands_on_its_day_with_number_matter_and_times(desk: Desk) -> None:
    assert "没有要回拨的。" in desk.page()
    desk.draw(with_number=True)
    assert "今天没有要回拨的。" in desk.page()
    assert "以后要回拨的" in desk.page()
    desk.clock.now = datetime(2026, 12, 1, 9, tzinfo=CHINA)
    page = desk.page()
    assert '<a href="tel:13800138000">138 0013 8000</a>' in page
    assert "想撤抵押" in page
    for fact in ("2026年11月30日 10:00 留下", "列入2026年12月1日的名单", "最迟2026年12月8日删去"):
        assert fact in page
    assert "To call today (1 December 2026)" in desk.page(lang="en")
    desk.clock.now = datetime(2026, 12, 3, 9, tzinfo=CHINA)
    assert "138 0013 8000" in desk.page()  # still owed


def test_a_call_is_marked_in_forms_without_script(desk: Desk) -> None:
    desk.draw(with_number=True)
    found = re.search(r'name="id" value="(\w+)"', desk.page())
    assert found
    form = {"id": found[1]}
    missed = desk.client.post("/agent/callbacks/missed", data=form)
    assert missed.url.params["done"] == "missed"
    assert "已打过 1 次，没有打通" in missed.text
    assert "想撤抵押" in desk.page(f"/{found[1]}")
    assert "138 0013 8000" not in desk.page(f"/{found[1]}")  # the number is on the list alone
    called = desk.client.post("/agent/callbacks/called", params={"lang": "en"}, data=form)
    assert "the number is deleted" in called.text
    assert "138 0013 8000" not in called.text
    for path in ("called", "missed"):
        again = desk.client.post(f"/agent/callbacks/{path}", data=form)
        assert again.status_code == 404
        assert "已经打通、撤回或到期" in again.text
    assert desk.client.get(f"/agent/callbacks/{found[1]}").status_code == 404
    assert desk.client.post("/agent/callbacks/called", data={}).status_code == 422


def test_a_lost_key_is_told_on_the_list(desk: Desk) -> None:
    desk.draw(with_number=True)
    desk.key.unlink()
    page = desk.page()
    assert "密钥文件已丢失或更换" in page
    assert "想撤抵押" in page


def test_the_console_is_given_the_conversation_behind_a_code(desk: Desk) -> None:
    code = desk.draw()
    opened = desk.client.post("/agent/handover", json={"code": code, "lang": "zh"})
    assert opened.headers["cache-control"] == "no-store"
    html = opened.json()["handover"]
    assert f"{code[:3]} {code[3:]}" in html
    assert "怎么注销抵押 &lt;script&gt;" in html
    assert 'data-ask="要多久"' in html
    assert 'data-matter="harbin-66:11"' in html
    assert "《哈尔滨市优化营商环境改革措施66条》第十一条" in html
    for words in ("地区：哈尔滨", "2026年11月30日 10:00 转来", "引用的文件已删去"):
        assert words in html
    again = desk.client.post("/agent/handover", json={"code": code, "lang": "en"}).json()["handover"]
    assert "opened 1 times before" in again


def test_wrong_codes_lock_the_console_too(desk: Desk) -> None:
    for _ in range(5):
        assert desk.client.post("/agent/handover", json={"code": "000000"}).status_code == 404
    locked = desk.client.post("/agent/handover", json={"code": desk.draw()})
    assert locked.status_code == 429
    assert locked.headers["retry-after"].isdecimal()
    assert desk.client.post("/agent/handover", json={"code": "12345"}).status_code == 422
