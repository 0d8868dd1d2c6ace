"""A server that serves: what happens is told where an address is set; without one nothing of it runs."""

import asyncio
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from standardwebhooks import Webhook as Receiving

from assistant.database.database import Database
from assistant.feedback.store import FeedbackStore
from assistant.gaps.grouping import Read
from assistant.publication.audit import record
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.webhooks.running import open_webhooks
from ui.running import opened_site

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Office:
    """Another system of the office: takes what it is told, and says when that was."""

    def __init__(self) -> None:
        self.told: list[dict[str, object]] = []
        self.came = threading.Event()
        office = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                office.told.append(Receiving(SECRET).verify(body, {k.lower(): v for k, v in self.headers.items()}))
                self.send_response(204)
                self.end_headers()
                office.came.set()

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/hook"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def office() -> Iterator[Office]:
    found = Office()
    yield found
    found.close()


def no_reader() -> Read:
    """The first look reads no question where nothing was asked."""
    return lambda _: []


def settings_in(folder: Path, **given: str) -> Settings:
    (folder / "library").mkdir()
    return Settings(
        index=folder / "index",
        library=folder / "library",
        feedback=folder / "feedback.sqlite3",
        **given,  # type: ignore[arg-type]
    )


def serve(assistant: Assistant, settings: Settings, meanwhile: threading.Event) -> list[str]:
    """Serve until `meanwhile` is set; the threads that ran."""

    async def run() -> list[str]:
        with FeedbackStore(settings.feedback) as feedback:
            async with opened_site(assistant, settings, feedback, "127.0.0.1"):
                names = [thread.name for thread in threading.enumerate()]
                await asyncio.to_thread(meanwhile.wait, 60)
                return names

    return asyncio.run(run())


def test_what_is_published_while_no_server_runs_is_told_when_one_does(
    assistant: Assistant, office: Office, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path, webhook_url=office.url, webhook_secret=SECRET)
    assert (
        open_webhooks(settings, Database(tmp_path / "feedback.sqlite3"), settings.library_folder, no_reader).look() == 0
    )
    record(settings.library_folder, "rollback", generation=7, before=8, by="张三")
    names = serve(assistant, settings, office.came)
    assert {"webhook", "webhooks"} <= set(names)
    (told,) = office.told
    assert (told["type"], json.loads(json.dumps(told["data"]))["generation"]) == ("generation.published", 7)
    assert "张三" not in json.dumps(told, ensure_ascii=False)
    assert str(told["timestamp"]).startswith(f"{datetime.now(UTC):%Y-%m-%d}")


def test_without_an_address_nothing_runs_and_nobody_is_told(
    assistant: Assistant, office: Office, tmp_path: Path
) -> None:
    begun = threading.Event()
    begun.set()
    names = serve(assistant, settings_in(tmp_path), begun)
    assert not {"webhook", "webhooks"} & set(names)
    assert office.told == []


def test_where_nothing_is_kept_it_is_said_that_nobody_is_told(
    assistant: Assistant, office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    begun = threading.Event()
    begun.set()
    (tmp_path / "library").mkdir()
    settings = Settings(
        index=tmp_path / "index",
        library=tmp_path / "library",
        feedback=None,
        webhook_url=office.url,
        webhook_secret=SECRET,
    )
    assert "webhooks" not in serve(assistant, settings, begun)
    assert "nobody is told" in caplog.text
