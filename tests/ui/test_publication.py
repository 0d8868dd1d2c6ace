"""A running site changes to what is published between two requests."""

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assistant.feedback.store import FeedbackStore
from assistant.publication import draft, opening
from assistant.publication.opening import Published
from assistant.publication.publisher import Publisher
from assistant.publication.switching import Switching
from assistant.publication.watching import Watcher
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import StoreError
from index.encoder.encoder import Encoder
from tests.assistant.publication.shelf import FERRY, MARKET, put, settings_in
from tests.ui.running import running_site
from ui.edition import Edition, Site
from ui.running import watcher

FOLLOWED: list[tuple[Published | None, str]] = []  # what was in service when it was told, and the thread


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: Encoder) -> Settings:
    """Settings of a library whose first generation is in service."""
    for module in (draft, opening):
        monkeypatch.setattr(module, "load_encoder", lambda _model: encoder)
    settings = settings_in(tmp_path)
    put(settings, "ferry", FERRY)
    put(settings, "market", MARKET.format(fee=5))
    Publisher(settings).publish()
    return settings


@pytest.fixture
def address(library: Settings) -> Iterator[str]:
    watchers: list[Watcher[Edition]] = []

    def on_site(site: Site) -> None:
        site.follow(lambda: FOLLOWED.append((site.assistant().published, threading.current_thread().name)))
        watchers.append(watcher(site, library))

    with running_site(Assistant.open(library), feedback=FeedbackStore(None), on_site=on_site) as address:
        get(address, "/readyz")  # the site is built in another thread
        for one in watchers:
            one.start()
        yield address
        for one in watchers:
            one.stop()


def get(address: str, path: str, question: str | None = None) -> str:
    """What is answered. Raises AssertionError for any status but 200."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    body = None if question is None else json.dumps({"question": question})
    connection.request("POST" if body else "GET", path, body, {"Content-Type": "application/json"} if body else {})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    assert response.status == 200, text
    return text


def test_every_page_and_answer_changes_with_what_is_published_and_back(address: str, library: Settings) -> None:
    assert "5元" in get(address, "/v1/ask", "早市摊位费多少钱")
    put(library, "market", MARKET.format(fee=8))
    put(library, "guests", "合肥市旅馆管理办法\n第一条 旅馆押金不得超过三百元。\n", 'jurisdiction = ["合肥"]\n')
    (library.library_folder / "documents/guests/guests.toml").write_text('jurisdiction = ["合肥"]\n', encoding="utf-8")
    assert "合肥" not in get(address, "/")

    done = Publisher(library).publish()
    assert (done.switched.servers, done.switched.late) == (1, ())
    ready = json.loads(get(address, "/readyz"))
    assert (ready["generation"], ready["documents"], ready["index_version"]) == (2, 3, done.manifest.index_version)
    assert f'policyqa_in_service{{generation="2",index_version="{ready["index_version"]}"}} 1.0' in get(
        address, "/metrics"
    )
    assert "8元" in get(address, "/v1/ask", "早市摊位费多少钱")
    assert "8元" in get(address, "/clause/market:1")
    assert "旅馆" in get(address, "/document/guests")
    page = get(address, "/")
    assert '"合肥"' in page  # among the places to choose from
    assert "合肥市旅馆管理办法" in page

    assert Switching(library.library_folder).rollback().late == ()
    assert json.loads(get(address, "/readyz"))["generation"] == 1
    assert "5元" in get(address, "/v1/ask", "早市摊位费多少钱")
    assert "合肥" not in get(address, "/")


def test_what_follows_a_switch_is_done_in_the_thread_that_watches(address: str, library: Settings) -> None:
    FOLLOWED.clear()
    put(library, "market", MARKET.format(fee=8))
    Publisher(library).publish()
    Switching(library.library_folder).rollback()
    get(address, "/readyz")
    numbers = [(found.manifest.number if found else None, thread) for found, thread in FOLLOWED]
    assert numbers[-2:] == [(2, "publication"), (1, "publication")]


def test_no_request_fails_while_generations_change(address: str, library: Settings) -> None:
    stopping, faults, answers = threading.Event(), [], []

    def ask() -> None:
        while not stopping.is_set():
            try:
                answers.append(get(address, "/v1/ask", "早市摊位费多少钱"))
            except (AssertionError, OSError) as error:
                faults.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    put(library, "market", MARKET.format(fee=8))
    Publisher(library).publish()
    for number in (1, 2, 1):
        Switching(library.library_folder).rollback(number)
    stopping.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert {"5元" in answer or "8元" in answer for answer in answers} == {True}


def test_what_cannot_be_loaded_is_not_switched_to(
    address: str, library: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, "market", MARKET.format(fee=8))

    def fail(_: object) -> None:
        raise MemoryError("no memory for the new index")

    monkeypatch.setattr(Assistant, "warm_up", fail)
    with pytest.raises(StoreError, match="no memory for the new index"):
        Publisher(library).publish()
    assert "5元" in get(address, "/v1/ask", "早市摊位费多少钱")
    assert json.loads(get(address, "/readyz"))["generation"] == 1
