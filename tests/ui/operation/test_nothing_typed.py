"""Nothing that anybody types comes into the log, the metrics or the audit: marked text through every field of every
route, well formed and not, and through what Gradio's page sends.
"""

import asyncio
import io
import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from assistant.audit.audit import Audit
from assistant.database.database import Database
from assistant.feedback.store import FeedbackStore
from assistant.operations.log_lines import JsonLines
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.switches.operation import Operation
from assistant.switches.switchboard import Switchboard
from tests.api_app import make_app
from ui.console.routes import console_router
from ui.edition import Site
from ui.office import Office
from ui.operation.routes import operation_pages
from ui.server import create_site

MARK = "KENNZEICHEN7"
OWN = "http://127.0.0.1:8000"
HEADERS = {
    "origin": OWN,
    "sec-fetch-site": "same-origin",
    "user-agent": MARK,
    "referer": f"{OWN}/{MARK}",
    "cookie": f"a={MARK}",
}
# What the operator writes for everybody to read: it is meant to be kept.
MEANT = ("/admin/operation",)


def _filled(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> object:
    """A value of this schema with the mark in every text."""
    if "$ref" in schema:
        return _filled(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if choices := schema.get("anyOf"):
        return _filled(choices[0], whole)
    kind = schema.get("type")
    if kind == "object":
        named = {name: _filled(inner, whole) for name, inner in schema.get("properties", {}).items()}
        return named or {MARK: MARK}
    if kind == "array":
        return [_filled(schema.get("items", {}), whole)]
    return {"integer": 1, "number": 1.0, "boolean": True, "null": None}.get(str(kind), f"{MARK}怎么申请首贷")


def _bodies(route: APIRoute) -> Iterator[dict[str, Any]]:
    """What is sent: of the route's own form, with a field too many, as no JSON, as a form."""
    if not {"GET", "DELETE"}.isdisjoint(route.methods or ()):
        yield {}
        return
    field = route.body_field
    schema = TypeAdapter[Any](field.field_info.annotation or Any).json_schema() if field else {}
    filled = _filled(schema, schema)
    yield {"json": filled}
    yield {"json": {**(filled if isinstance(filled, dict) else {}), MARK: MARK}}
    yield {"content": f"{{{MARK}", "headers": {"content-type": "application/json"}}
    yield {"data": {MARK: MARK, "text": MARK, "id": MARK, "act": MARK}}


@pytest.fixture(scope="module")
def written(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The log, the metrics and the audit after everything was sent everywhere."""
    folder: Path = tmp_path_factory.mktemp("typed")
    settings = Settings(index=folder / "index", feedback=folder / "feedback.sqlite3", library=folder / "library")
    audit, feedback = Audit(Database(settings.state), settings.audit_head), FeedbackStore(settings.feedback)
    offices: list[Office] = []
    board, operation = Switchboard(audit), Operation()
    control = operation_pages(audit, board, lambda: None)

    def office(site: Site) -> Any:  # noqa: ANN401
        offices.append(Office(settings, site, feedback, control))
        return offices[0].app()

    options: dict[str, Any] = {"feedback": feedback, "office": office, "listens_locally": True, "operation": operation}
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(lambda record: not record.name.startswith("httpx"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        site = asyncio.run(create_site(assistant, record=audit, **options))
        others: list[APIRouter] = [console_router(assistant, feedback), control, *offices[0]._routers()]
        found = [route for router in (make_app(assistant).router, *others) for route in _routes(router)]
        with TestClient(site, base_url=OWN, client=("127.0.0.1", 1), raise_server_exceptions=False) as client:
            for route in (one for one in found if not one.path.startswith(MEANT)):
                _send(client, route)
            for page in ("/", "/en/"):
                client.get(f"{page}?q={MARK}&place={MARK}")
                for data in ([MARK, "", ""], [MARK, "", MARK], [MARK, MARK, MARK], [MARK]):
                    call = {"data": data, "fn_index": 0, "session_hash": MARK, MARK: MARK}
                    client.post(f"{page}gradio_api/run/predict", json=call)
                    client.post(f"{page}gradio_api/run/predict", json={key: call[key] for key in ("data", "fn_index")})
            text = f"{MARK}办法\n第一条　{MARK}。\n第二条　本办法自发布之日起施行。\n"
            client.post(f"/v1/library/drafts?name={MARK}.txt", content=text.encode(), headers=HEADERS)
            client.get(f"/{MARK}?{MARK}={MARK}")
            client.request(MARK, f"/v1/ask?{MARK}")
            metrics = client.get("/metrics").text
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    rows = "\n".join(json.dumps(row.to_dict(), ensure_ascii=False) for row in audit.all())
    audit.database.close()
    feedback.close()
    return f"{stream.getvalue()}\n{metrics}\n{rows}"


def _routes(router: APIRouter) -> Iterator[APIRoute]:
    """Those of a router, and of the routers that it includes."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        elif (included := getattr(route, "original_router", None)) is not None:
            yield from _routes(included)


def _send(client: TestClient, route: APIRoute) -> None:
    path = route.path
    for name in route.param_convertors:
        path = path.replace(f"{{{name}}}", MARK).replace(f"{{{name}:path}}", MARK)
    known = [field.alias for field in route.dependant.query_params]
    query = "&".join(f"{name}={MARK}" for name in (*known, MARK))
    for method in route.methods or ():
        for body in _bodies(route):
            client.request(method, f"{path}?{query}", **{**body, "headers": {**HEADERS, **body.get("headers", {})}})


def test_every_route_was_asked_and_logged(written: str) -> None:
    told = {
        line["route"]
        for line in map(json.loads, filter(lambda one: one.startswith('{"time"'), written.splitlines()))
        if "route" in line
    }
    for route in (
        "/v1/ask",
        "/v1/clauses/{clause_id}",
        "/agent/rows",
        "/v1/handover",
        "/gradio_api/run/predict",
        "/admin/audit",
    ):
        assert route in told
    assert len(told) > 40


def test_nothing_of_it_is_in_log_metrics_or_audit(written: str) -> None:
    assert [line for line in written.splitlines() if MARK.casefold() in line.casefold()] == []


def test_what_was_written_is_in_the_audit(written: str) -> None:
    assert '"event": "write"' in written
