"""A path that ends in a line break is nobody's: `$` in a pattern of a router lets it pass as the path before it."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.switches.operation import Operation
from assistant.switches.state import Channel, Off, State
from corpus.clock import china_now
from tests.people import make_access
from ui.server import create_site


@pytest.fixture(scope="module")
def client(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole site with access by role and answers switched off, and nobody signed in."""
    settings = Settings(feedback=tmp_path_factory.mktemp("odd") / "feedback.sqlite3", access="roles")
    off = Operation(State(1, {Channel.API: Off(china_now(), "ada", "test")}))
    site = create_site(
        assistant, feedback=FeedbackStore(None), access=make_access(settings), operation=off, allowed_hosts=("*",)
    )
    with TestClient(asyncio.run(site)) as client:
        yield client


@pytest.mark.parametrize("path", ["/agent", "/metrics", "/healthz", "/v1/profile", "/clause/x", "/admin", "/library"])
@pytest.mark.parametrize("end", ["%0A", "%0D", "%00", "%0A/"])
def test_a_path_with_a_line_break_is_no_path(client: TestClient, path: str, end: str) -> None:
    assert client.get(path + end, follow_redirects=False).status_code == 404


def test_nor_does_it_ask_where_answers_are_off(client: TestClient) -> None:
    assert client.post("/v1/ask", json={"question": "公积金怎么提取"}).status_code == 503
    assert client.post("/v1/ask%0A", json={"question": "公积金怎么提取"}).status_code == 404
