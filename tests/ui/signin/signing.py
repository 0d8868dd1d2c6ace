"""A browser at the pages of access, without a server, and what happens told in EVENTS."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse

from assistant.access.access import Access
from assistant.access.gate import Gate
from assistant.access.roles import Role
from assistant.operations.proxies import TrustedProxies
from assistant.settings import Settings
from tests.people import NAMES, PASSWORD, Told, make_access
from ui.page.root import RootPath
from ui.rooms import Rooms
from ui.signin.app import signin_app
from ui.signin.refusals import refuse

HERE = "http://127.0.0.1:8000"
TLS = "https://policy.example"
NEW = "another four unrelated words"
EVENTS = Told()


@pytest.fixture
def access(tmp_path: Path) -> Access:
    EVENTS.clear()
    settings = Settings(index=tmp_path / "index", feedback=tmp_path / "f.sqlite3", access="roles")
    made = make_access(settings, EVENTS)
    EVENTS.clear()
    return made


def client_of(access: Access, base: str = HERE, peer: str = "127.0.0.1", root: str = "") -> TestClient:
    """A browser that visits the pages of access; the office answers `office`."""
    rooms = Rooms(FastAPI(), PlainTextResponse("office"), signin_app(access))
    gate = Gate(rooms, refuse, access.finding)
    app = RootPath(TrustedProxies(gate, ["10.0.0.9"]), root)
    headers = {"origin": base, "sec-fetch-site": "same-origin", "accept": "text/html"}
    return TestClient(app, base, client=(peer, 50_000), headers=headers, follow_redirects=False)


@pytest.fixture
def client(access: Access) -> Iterator[TestClient]:
    with client_of(access) as client:
        yield client


def sign_in(client: TestClient, role: Role = Role.ADMIN, **given: str) -> Any:  # noqa: ANN401  (a response of the client)
    return client.post("/signin", data={"name": NAMES[role], "password": PASSWORD} | given)
