"""A server whose turns are all taken: what needs none is served, who waits may leave, who comes too late is told."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from assistant.answer import Answer
from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from tests.ui.running import running_site


class Gate:
    """An assistant's `ask` that answers when the test lets it, and the questions that it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.opened, self.entered = threading.Event(), threading.Event()
        self.asked: list[str] = []
        self._answer = answer

    def ask(self, question: str, **_: object) -> Answer:
        self.asked.append(question)
        self.entered.set()
        assert self.opened.wait(60)
        return self._answer


@pytest.fixture
def gate(assistant: Assistant) -> Gate:
    return Gate(assistant.ask("你好"))


class Client:
    """Requests to a server, each on a connection of its own."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._connections: list[HTTPConnection] = []

    def post(self, path: str, body: object) -> HTTPConnection:
        connection = self._connect()
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        return connection

    def ask(self, question: str) -> HTTPConnection:
        return self.post("/v1/ask", {"question": question})

    def get(self, path: str) -> str:
        connection = self._connect()
        connection.request("GET", path)
        response = connection.getresponse()
        assert response.status == 200
        return response.read().decode()

    def metric(self, name: str) -> float:
        return float(re.findall(rf"^policyqa_{name} (\S+)$", self.get("/metrics"), re.MULTILINE)[0])

    def wait_for(self, name: str, value: float) -> None:
        """Ask until it is so; asking takes its time."""
        assert any(self.metric(name) == value for _ in range(10_000))

    def close(self) -> None:
        for connection in self._connections:
            connection.close()

    def _connect(self) -> HTTPConnection:
        self._connections.append(HTTPConnection(self._host, timeout=60))
        return self._connections[-1]


@pytest.fixture
def client(assistant: Assistant, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Client of a server with one turn and one place in the queue, whose turn is being taken."""
    with (
        running_site(assistant, feedback=FeedbackStore(None), concurrency=1, max_queue=1) as address,
        closing(Client(address)) as client,
    ):
        client.get("/healthz")  # the site is made by now: the pages ask some questions first
        monkeypatch.setattr(assistant, "ask", gate.ask)
        first = client.ask("first")
        assert gate.entered.wait(60)
        yield client
        gate.opened.set()
        assert first.getresponse().status == 200


def test_what_needs_no_turn_is_served_meanwhile(client: Client) -> None:
    for path in ("/healthz", "/readyz", "/metrics", "/", "/en", "/agent", "/ui/chat/chat.js", "/clause/harbin-66:26"):
        assert client.get(path)


def test_whose_client_leaves_the_queue_is_never_worked_on(client: Client, gate: Gate) -> None:
    second = client.ask("second")
    client.wait_for("requests_waiting", 1)
    second.close()
    client.wait_for("requests_dropped_total", 1)
    assert client.metric("requests_waiting") == 0
    third = client.ask("third")
    gate.opened.set()
    assert third.getresponse().status == 200
    assert gate.asked == ["first", "third"]


def test_over_the_queue_one_is_told_to_come_back(client: Client, gate: Gate) -> None:
    second = client.ask("second")
    client.wait_for("requests_waiting", 1)
    for late in (
        client.ask("third"),
        client.post("/gradio_api/run/predict", {"data": ["third", "", ""], "fn_index": 0}),
    ):
        response = late.getresponse()
        assert (response.status, response.headers["Retry-After"]) == (503, "2")
        assert json.loads(response.read())["type"].endswith(":busy")
    assert client.metric("requests_refused_total") == 2
    gate.opened.set()
    assert second.getresponse().status == 200
    assert gate.asked == ["first", "second"]
