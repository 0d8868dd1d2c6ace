"""`/mcp` of a really served site, with the SDK's own client: keys, limits, switches and the rest as everywhere."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from assistant.access.access import Access
from assistant.access.roles import Role
from assistant.feedback.store import FeedbackStore
from assistant.question.limits import DEFAULT_LIMITS
from assistant.rates.rates import Rates, open_rates
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.switches.operation import Operation
from assistant.switches.state import Channel, Off, State
from tests.assistant.mcp.calling import HOSTILE, MODES, READS, lasting, with_client, words
from tests.people import key_of, make_access
from tests.ui.running import running_site

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
PROGRAM = {"accept": "application/json, text/event-stream"}
OFF = State(1, {Channel.API: Off(datetime(2026, 11, 30, tzinfo=UTC), "ada", "a test")})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FeedbackStore:
    return FeedbackStore(tmp_path_factory.mktemp("mcp") / "feedback.sqlite3")


@pytest.fixture(scope="module")
def operation() -> Operation:
    return Operation()


@pytest.fixture(scope="module")
def address(assistant: Assistant, store: FeedbackStore, operation: Operation) -> Iterator[str]:
    with running_site(assistant, feedback=store, operation=operation, root_path="/policy", mcp=True) as found:
        yield f"{found}/policy"


async def _everything(client: Client) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """Names of the tools, and what each gives, which the client has held against its output schema."""
    names = tuple(tool.name for tool in (await client.list_tools()).tools)
    arguments: dict[str, dict[str, Any]] = {
        "ask": {"question": "怎么申请首贷"},
        "search": {"query": "首贷"},
        "clause": {"id": "harbin-66:26"},
        "documents": {},
    }
    results = [await client.call_tool(name, arguments[name]) for name in names]
    assert not any(result.is_error for result in results)
    return names, [result.structured_content for result in results]


@pytest.mark.parametrize("mode", MODES)
def test_tools_of_a_served_site_give_what_its_http_api_gives(address: str, mode: str) -> None:
    names, (answer, hits, clause, documents) = with_client(f"{address}/mcp", _everything, mode)
    assert names == READS
    with httpx.Client(base_url=address) as api:
        assert lasting(answer) == lasting(api.post("/v1/ask", json={"question": "怎么申请首贷"}).json())
        assert hits == api.post("/v1/search", json={"query": "首贷"}).json()
        assert clause == api.get("/v1/clauses/harbin-66:26").json()
        assert documents == api.get("/v1/documents").json()
        verdict = {"answer_id": answer["id"], "verdict": "helpful"}
        assert api.post("/v1/feedback", json=verdict).json() == {"status": "recorded"}


def test_requests_are_counted_under_their_route(address: str) -> None:
    httpx.post(f"{address}/mcp", json=LIST, headers=PROGRAM)
    assert 'route="/mcp"' in httpx.get(f"{address}/metrics").text


def test_orders_inside_questions_change_nothing(address: str) -> None:
    async def ask(client: Client) -> list[dict[str, Any]]:
        return [(await client.call_tool("ask", {"question": one})).structured_content for one in HOSTILE]

    given = with_client(f"{address}/mcp", ask)
    with httpx.Client(base_url=address) as api:
        plain = [api.post("/v1/ask", json={"question": one}).json() for one in HOSTILE]
    assert [lasting(one) for one in given] == [lasting(one) for one in plain]


def test_many_clients_ask_at_once(address: str) -> None:
    """Each request has a session manager of its own; none gets another's answer."""
    questions = ("怎么申请首贷", "怎么注销抵押", "税务注销", "施工许可")

    async def ask(client: Client) -> list[str]:
        results = await asyncio.gather(*(client.call_tool("ask", {"question": one}) for one in questions * 5))
        return [result.structured_content["question"] for result in results]

    assert with_client(f"{address}/mcp", ask) == list(questions * 5)


def test_answers_that_are_switched_off_stop_ask_alone(address: str, operation: Operation) -> None:
    async def call(client: Client) -> tuple[Any, Any]:
        asked = await client.call_tool("ask", {"question": "怎么申请首贷"})
        return asked, await client.call_tool("search", {"query": "首贷"})

    operation.state = OFF
    try:
        asked, searched = with_client(f"{address}/mcp", call)
    finally:
        operation.state = State()
    assert asked.is_error
    assert "运维人员暂停了" in words(asked)
    assert searched.structured_content["hits"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "{own}"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"accept": "text/html"}, 406),
    ],
)
def test_pages_of_other_sites_and_what_is_no_json_are_refused_in_words(
    address: str, headers: dict[str, str], status: int
) -> None:
    own = address.removesuffix("/policy")
    sent = {**PROGRAM, "content-type": "application/json"} | {k: v.format(own=own) for k, v in headers.items()}
    response = httpx.post(f"{address}/mcp", content=json.dumps(LIST), headers=sent)
    assert response.status_code == status
    if status != 200:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["title"].split(" · ")[0]


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_no_stream_to_listen_to_and_no_session_to_end(address: str, method: str) -> None:
    response = httpx.request(method, f"{address}/mcp", headers={"accept": "text/event-stream"})
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 30_000,
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": []}',
        b'{"jsonrpc": "2.0", "id": {}, "method": "tools/list"}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": ' + b'{"a": ' * 5_000 + b"1" + b"}" * 5_000 + b"}",
        b'{"jsonrpc": "2.0", "id": "\\ud800", "method": "no/such/method"}',
        json.dumps([LIST] * 500).encode(),
    ],
)
@pytest.mark.parametrize("version", ["", "2026-07-28", "2025-06-18", "1999-01-01"])
def test_malformed_messages_are_refused_and_nothing_of_the_server_is_told(
    address: str, body: bytes, version: str
) -> None:
    sent = {**PROGRAM, "content-type": "application/json"} | ({"mcp-protocol-version": version} if version else {})
    response = httpx.post(f"{address}/mcp", content=body, headers=sent)
    assert response.status_code < 500
    assert '"result"' not in response.text
    assert "Traceback" not in response.text
    assert "site-packages" not in response.text


def test_a_body_over_the_limit_is_refused_before_the_protocol_sees_it(address: str) -> None:
    body = json.dumps({**LIST, "x": "x" * DEFAULT_LIMITS.max_body})
    response = httpx.post(f"{address}/mcp", content=body, headers={**PROGRAM, "content-type": "application/json"})
    assert response.status_code == 413


def test_another_name_than_the_servers_is_refused(assistant: Assistant) -> None:
    with running_site(assistant, feedback=FeedbackStore(None), allowed_hosts=("127.0.0.1",), mcp=True) as found:
        headers = {**PROGRAM, "host": "rebound.example"}
        assert httpx.post(f"{found}/mcp", json=LIST, headers=headers).status_code == 421
        assert httpx.post(f"{found}/mcp", json=LIST, headers=PROGRAM).status_code == 200


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("mcp-roles")
    return Settings(index=folder / "index", feedback=folder / "feedback.sqlite3", access="roles", rate="6/minute")


@pytest.fixture(scope="module")
def access(settings: Settings) -> Access:
    return make_access(settings)


@pytest.fixture(scope="module")
def rates(settings: Settings) -> Iterator[Rates]:
    found = open_rates(settings)
    yield found
    found.close()


@pytest.fixture(scope="module")
def guarded(assistant: Assistant, access: Access, rates: Rates) -> Iterator[str]:
    options: dict[str, Any] = {"access": access, "rates": rates, "trusted_proxies": ("127.0.0.1",)}
    with running_site(assistant, feedback=FeedbackStore(None), mcp=True, **options) as found:
        yield f"{found}/mcp"


def _as(guarded: str, **headers: str) -> tuple[str, ...]:
    """The tools that a client with these headers is told of."""

    async def names() -> tuple[str, ...]:
        async with (
            httpx2.AsyncClient(headers=headers) as http,
            Client(streamable_http_client(guarded, http_client=http)) as client,
        ):
            return tuple(tool.name for tool in (await client.list_tools()).tools)

    return asyncio.run(names())


@pytest.mark.parametrize("role", list(Role))
def test_a_key_of_any_role_opens_it(guarded: str, access: Access, role: Role) -> None:
    assert _as(guarded, authorization=key_of(access, role)) == READS


def test_a_key_that_opens_nothing_is_refused(guarded: str, access: Access) -> None:
    key = key_of(access, Role.AGENT)
    mistyped = key[:-1] + ("B" if key.endswith("A") else "A")
    response = httpx.post(guarded, json=LIST, headers={**PROGRAM, "authorization": mistyped})
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"


def test_who_asks_too_often_is_told_when_to_go_on(guarded: str) -> None:
    headers = {**PROGRAM, "x-forwarded-for": "203.0.113.9"}
    responses = [httpx.post(guarded, json=LIST, headers=headers) for _ in range(7)]
    assert [response.status_code for response in responses] == [200] * 6 + [429]
    assert int(responses[-1].headers["retry-after"]) > 0
    assert "请求太频繁" in responses[-1].json()["detail"]
