"""The whole site on a free port, and a browser that may visit nothing else."""

import asyncio
import shutil
import socket
import threading
from collections.abc import Iterator
from queue import Queue

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from ui.server import create_site

CHROMIUM = shutil.which("chromium")  # the system's; without one, the browser that Playwright installed
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def site(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running server. The socket listens before the server starts, so nobody has to wait for it."""
    servers: Queue[uvicorn.Server] = Queue()

    feedback = FeedbackStore(tmp_path_factory.mktemp("site") / "feedback.sqlite3")

    async def serve() -> None:
        config = uvicorn.Config(
            await create_site(assistant, feedback=feedback), log_level="warning", timeout_graceful_shutdown=5
        )
        servers.put(uvicorn.Server(config))
        await servers.queue[0].serve([listening])

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        servers.get().should_exit = True
        thread.join()


@pytest.fixture(scope="module")  # no longer: while it lives, an event loop runs in this thread
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _complains(message: ConsoleMessage) -> bool:
    """An error, other than that a request got no answer: tests of a lost connection cut it themselves."""
    return message.type == "error" and not message.text.startswith("Failed to load resource: net::")


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A fresh page on the site; fails when anything asks for another address or the console complains."""
    complaints: list[str] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith((f"{site}/", "data:")):
            route.continue_()
        else:
            complaints.append(f"asked for {route.request.url}")
            route.abort()

    context = browser.new_context(locale="zh-CN", base_url=site, permissions=["clipboard-read", "clipboard-write"])
    context.route("**/*", guard)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on("console", lambda message: complaints.append(message.text) if _complains(message) else None)
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    yield page
    context.close()
    assert complaints == []
