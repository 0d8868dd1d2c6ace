"""The page of the saved questions in Chromium, behind the guard of the library: forms, keyboard, a narrow screen."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import FilePayload, Page, expect
from starlette.staticfiles import StaticFiles

import ui
from assistant.access.gate import Gate
from assistant.service import Assistant
from tests.ui.accessibility import serious_faults
from ui.listening import listen
from ui.questions.routes import questions_router
from ui.rooms import Rooms
from ui.signin.refusals import refuse

pytestmark = pytest.mark.browser

RETIRING = "档案存在档案中心的人怎么办退休"


@pytest.fixture(scope="module")
def site(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    library, files = FastAPI(), FastAPI()
    library.include_router(questions_router(lambda: assistant, tmp_path_factory.mktemp("library") / "questions"))
    for name in ("page", "clause", "document", "questions"):
        files.mount(f"/ui/{name}", StaticFiles(directory=Path(ui.__path__[0]) / name / "static"))
    with listen("127.0.0.1", 0) as listening:
        app = Gate(Rooms(files, library), refuse, listens_locally=True)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=5))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def test_a_clerk_saves_marks_and_removes_a_question_and_takes_in_a_file(page: Page) -> None:
    page.goto("/library/questions")
    page.get_by_label("问题，照办事的人的原话写").fill(RETIRING)
    page.get_by_label("应引用的条款编号").fill("harbin-66:1")
    page.get_by_label("应引用的条款编号").press("Enter")
    row = page.locator("#question-q-1")
    expect(page.get_by_role("status")).to_have_text("已保存。")
    expect(row.locator(".state")).to_have_text("答错")
    expect(row).to_contain_text("现在引用：harbin-66:19")
    row.get_by_role("button", name="标为已知").click()
    expect(row.locator(".state")).to_have_text("已知答错")
    table = f"id,question,relevant\nw-1,{RETIRING},harbin-66:19\n".encode("utf-8-sig")
    page.get_by_label("Excel").set_input_files(FilePayload(name="窗口.csv", mimeType="text/csv", buffer=table))
    page.get_by_role("button", name="放入").click()
    expect(page.locator("#question-w-1 .state")).to_have_text("答对")
    row.get_by_role("button", name="删去").click()
    expect(row).to_have_count(0)


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("language", ["", "?lang=en"])
def test_the_page_is_whole_at_any_width_and_accessible(page: Page, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/library/questions{language}")
    page.locator('[name="question"]').fill(RETIRING * 3)
    page.locator('[name="clause"]').fill("harbin-66:2")
    page.locator('form:has([name="question"]) button').click()
    expect(page.get_by_role("status")).to_be_visible()
    assert serious_faults(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('main a, main button, main input:not([type=checkbox]):not([type=hidden])')]"
        ".filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
    )
    assert small == []
