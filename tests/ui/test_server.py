"""The server as it is put together: its socket, its headers, what it says about itself."""

import asyncio
import socket
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import SettingsError
from ui.listening import listen, server_config
from ui.server import create_site

ORIGIN = "https://www.example.com"


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"{port}.*--port"):
            listen("127.0.0.1", port)
    with pytest.raises(SettingsError, match="choose another"):
        listen("名..名", 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_an_answer_is_sent_at_once_on_every_connection(host: str) -> None:
    """Read off a connection that asyncio accepted, as uvicorn's are."""

    async def no_delay() -> int:
        options: asyncio.Queue[int] = asyncio.Queue()

        def accepted(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            options.put_nowait(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with listen(host, 0) as listening:
            async with await asyncio.start_server(accepted, sock=listening):
                _, writer = await asyncio.open_connection(host, listening.getsockname()[1])
                option = await options.get()
                writer.close()
                await writer.wait_closed()
        return option

    assert asyncio.run(no_delay()) != 0


def test_idle_connections_stay_open_as_long_as_is_set_and_nothing_is_said_of_who_asks() -> None:
    async def site(*_: object) -> None:
        return

    config = server_config(site, Settings())
    assert (config.timeout_keep_alive, config.access_log, config.proxy_headers, config.server_header) == (
        75,
        False,
        False,
        False,
    )


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    site = asyncio.run(
        create_site(
            assistant,
            feedback=FeedbackStore(None),
            cors_origins=[ORIGIN],
            allowed_hosts=["testserver"],
            trusted_proxies=["10.0.0.0/8"],
        )
    )
    with TestClient(site, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en",
        "/agent",
        "/healthz",
        "/readyz",
        "/metrics",
        "/v1/documents",
        "/v1/clauses/harbin-66:26",
        "/clause/harbin-66:26",
        "/document/harbin-66",
        "/compare?q=信用修复",
        "/ui/chat/chat.js",
        "/no/such/path",
        "/v1/ask",
        "/openapi.json",
    ],
)
def test_head_is_answered_wherever_get_is(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]


def test_a_listed_page_may_call_the_api_and_no_other(client: TestClient) -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    allowed = client.options("/v1/ask", headers={"Origin": ORIGIN, **asks})
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, ORIGIN)
    assert "POST" in allowed.headers["access-control-allow-methods"]
    answered = client.post("/v1/ask", json={"question": "你好"}, headers={"Origin": ORIGIN})
    assert answered.headers["access-control-allow-origin"] == ORIGIN
    too_long = client.post("/v1/ask", content=b"x" * 70_000, headers={"Origin": ORIGIN})
    assert (too_long.status_code, too_long.headers["access-control-allow-origin"]) == (413, ORIGIN)
    refused = client.options("/v1/ask", headers={"Origin": "https://other.example", **asks})
    assert "access-control-allow-origin" not in refused.headers


@pytest.mark.parametrize("path", ["/", "/healthz", "/v1/documents", "/agent/"])
def test_a_name_that_is_not_the_servers_gets_nothing(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Host": "other.example"}, follow_redirects=False)
    assert response.status_code == 421
    assert "other.example" not in response.text + str(response.headers)


@pytest.mark.parametrize(("path", "words"), [("/", "这个网址不能用"), ("/en/match", "does not go by this name")])
def test_a_browser_that_came_by_another_name_is_shown_a_page(client: TestClient, path: str, words: str) -> None:
    response = client.get(path, headers={"Host": "other.example", "Accept": "text/html,*/*;q=0.8"})
    assert (response.status_code, response.headers["content-type"]) == (421, "text/html; charset=utf-8")
    assert words in response.text
    assert "POLICYQA_ALLOWED_HOSTS" in response.text
    assert 'class="back"' not in response.text  # under that name there is no question page either
    assert "other.example" not in response.text
    assert len(response.headers.get_list("content-security-policy")) == 1


def test_what_strangers_forward_changes_no_page(client: TestClient) -> None:
    page = client.get("/", headers={"X-Forwarded-Host": "other.example", "X-Forwarded-Proto": "https"})
    assert page.status_code == 200
    assert "other.example" not in page.text
    assert "https://testserver" not in page.text


def test_redirects_stay_on_the_server(client: TestClient) -> None:
    response = client.get("/plates/?lang=en", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (307, "/plates?lang=en")


def test_a_withheld_answer_is_counted(
    assistant: Assistant, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant.assembler, "law_violations", assistant.assembler.law_violations + 1)
    client.post("/v1/ask", json={"question": "你好"})
    client.post("/v1/ask", json={"question": "你好"})
    assert "policyqa_law_violations_total 1.0" in client.get("/metrics").text
