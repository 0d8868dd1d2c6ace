"""Who a proxy says somebody is: believed of trusted proxies, removed from whatever anybody else sends."""

import asyncio
from collections.abc import Sequence

import httpx
import pytest
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from assistant.access.access import open_access, proxy_identity
from assistant.access.caller import caller_of
from assistant.access.gate import Gate
from assistant.access.refusals import refused
from assistant.operations.proxies import TrustedProxies
from assistant.settings import Settings
from corpus.errors import SettingsError

PROXY, STRANGER = "10.0.0.1", "10.0.0.2"
SAID = {"x-remote-user": "王芳", "x-remote-groups": "clerks, staff"}


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    caller, headers = caller_of(scope), Headers(scope=scope)
    seen = [name for name in headers if name.startswith("x-remote")]
    await JSONResponse({"role": caller.role, "name": caller.name, "seen": seen})(scope, receive, send)


@pytest.fixture
def settings(tmp_path: object) -> Settings:
    return Settings(
        index=tmp_path / "index",  # type: ignore[operator]
        feedback=tmp_path / "f.sqlite3",  # type: ignore[operator]
        access="roles",
        trusted_proxies=(PROXY,),
        access_header="X-Remote-User",
        access_groups_header="X-Remote-Groups",
        access_grants=("clerks=editor", "staff=agent", "user:李=admin"),
    )


def ask(settings: Settings, peer: str, headers: dict[str, str], path: str = "/library") -> httpx.Response:
    access = open_access(settings)
    identity: Sequence[str] = access.finding.proxy.headers if access.finding.proxy else ()
    site = TrustedProxies(Gate(_echo, refused, access.finding), settings.trusted_proxies, identity)

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(site, client=(peer, 50_000))
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        async with httpx.AsyncClient(transport=transport, base_url="https://policy.example") as client:
            return await client.get(path, headers=raw)

    return asyncio.run(send())


def test_a_trusted_proxy_is_believed_and_its_headers_go_no_further(settings: Settings) -> None:
    assert ask(settings, PROXY, SAID).json() == {"role": "editor", "name": "王芳", "seen": []}


def test_of_anybody_else_they_are_removed(settings: Settings) -> None:
    assert ask(settings, STRANGER, SAID).status_code == 401
    assert ask(settings, STRANGER, SAID, "/v1/documents").json() == {"role": "public", "name": "", "seen": []}
    forwarded = {**SAID, "x-forwarded-for": PROXY}
    assert ask(settings, STRANGER, forwarded).status_code == 401


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ({"x-remote-user": "李"}, "admin"),
        ({"x-remote-user": "x", "x-remote-groups": "staff"}, "agent"),
        ({"x-remote-user": "clerks"}, "public"),  # somebody who is called like a group
        ({"x-remote-user": "x", "x-remote-groups": "user:李"}, "public"),
        ({"x-remote-user": "x", "x-remote-groups": "staff;clerks"}, "editor"),
        ({"x-remote-user": "x", "x-remote-groups": "admin, editor"}, "public"),  # a role's name is no grant
        ({"x-remote-user": "", "x-remote-groups": "clerks"}, "public"),
        ({"x-remote-groups": "clerks"}, "public"),
        ({}, "public"),
    ],
)
def test_a_role_comes_from_the_grants_alone(settings: Settings, said: dict[str, str], role: str) -> None:
    assert ask(settings, PROXY, said, "/v1/documents").json()["role"] == role


@pytest.mark.parametrize("proxies", [(), ("*",), ("0.0.0.0/0",), ("10.0.0.1", "::/0")])
def test_a_header_that_anybody_could_send_is_refused_at_start(proxies: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError, match="POLICYQA_TRUSTED_PROXIES"):
        proxy_identity(Settings(access_header="X-Remote-User", trusted_proxies=proxies))
