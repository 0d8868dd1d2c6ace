"""A line a request with an id, in JSON or as text, and nothing that anybody has typed."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.caller import Caller, with_caller
from assistant.access.roles import Role
from assistant.operations.log_lines import JsonLines, TextLines
from assistant.operations.request import note_route
from assistant.operations.request_log import RequestLog

MARK = "秘密SECRET7"


def _boom(_request: Request) -> PlainTextResponse:
    try:
        raise KeyError(MARK)
    except KeyError as error:
        raise ValueError(MARK) from error


class _Routed:
    """Notes the route, as the counting layer of the API does, on a copy of the scope that has a caller."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope = with_caller(scope, Caller(Role.EDITOR))
        try:
            await self._app(scope, receive, send)
        finally:
            note_route(scope)


def _client(proxies: tuple[str, ...] = ()) -> TestClient:
    app = Starlette(
        routes=[
            Route("/clauses/{id}", lambda _: PlainTextResponse("好的")),
            Route("/boom", _boom),
        ]
    )
    return TestClient(RequestLog(_Routed(app), proxies), raise_server_exceptions=False, client=("10.0.0.7", 1))


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is written at level info, as JSON lines."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(lambda record: not record.name.startswith("httpx"))  # the test's own client
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def _read(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_request_is_one_line_with_its_route_and_neither_path_nor_query(lines: io.StringIO) -> None:
    response = _client().get(f"/clauses/{MARK}?q={MARK}", headers={"User-Agent": "SECRET7", "Referer": "SECRET7"})
    (told,) = [one for one in _read(lines) if one["logger"] == "policyqa.request"]
    assert "SECRET7" not in lines.getvalue()
    assert told["request"] == response.headers["x-request-id"]
    assert (told["method"], told["route"], told["status"], told["role"], told["bytes"]) == (
        "GET",
        "/clauses/{id}",
        200,
        "editor",
        len("好的".encode()),
    )
    assert set(told) == {
        "time",
        "level",
        "logger",
        "message",
        "request",
        "method",
        "route",
        "status",
        "ms",
        "role",
        "bytes",
    }


def test_an_error_is_told_by_kinds_and_places_without_values(lines: io.StringIO) -> None:
    response = _client().get("/boom")
    assert response.status_code == 500
    (told,) = [one for one in _read(lines) if one["logger"] == "policyqa.request"]
    assert told["status"] == 500
    lines.truncate(0)
    lines.seek(0)
    try:
        _boom(Request({"type": "http"}))
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    (line,) = _read(lines)
    assert MARK not in lines.getvalue()
    assert "builtins.KeyError" in str(line["traceback"])
    assert "builtins.ValueError" in str(line["traceback"])
    assert "in _boom" in str(line["traceback"])


def test_asyncio_repeats_no_values(lines: io.StringIO) -> None:
    async def fail(_: str) -> None:
        raise ValueError(MARK)

    async def forget() -> None:
        asyncio.get_running_loop().call_exception_handler(
            {"message": f"Exception in callback fail({MARK!r})", "exception": ValueError(MARK), "future": MARK}
        )

    asyncio.run(forget())
    (line,) = _read(lines)
    assert MARK not in lines.getvalue()
    assert line["message"] == "Exception in callback fail"
    del fail


@pytest.mark.parametrize(
    ("given", "proxies", "kept"),
    [
        ("abc-123.DEF_4", ("10.0.0.0/8",), True),
        ("abc-123.DEF_4", (), False),
        ("short", ("*",), False),
        ("a" * 65, ("*",), False),
        ("mit leer zeichen", ("*",), False),
        ('x";drop--', ("*",), False),
    ],
)
def test_the_id_of_a_trusted_proxy_is_kept_where_it_is_well_formed(
    given: str, proxies: tuple[str, ...], kept: bool
) -> None:
    told = _client(proxies).get("/clauses/1", headers={"X-Request-Id": given}).headers["x-request-id"]
    assert (told == given) is kept
    assert len(told) >= 8


def test_text_lines_are_one_line_whatever_is_logged() -> None:
    record = logging.LogRecord("n", logging.INFO, "f", 1, "a\nb %s", ("\r\nc",), None)
    record.fields = {"route": "/x"}
    told = TextLines().format(record)
    assert told.endswith("INFO    n: a b   c route=/x")
    assert "\n" not in told
