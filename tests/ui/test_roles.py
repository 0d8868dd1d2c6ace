"""Every role and every route of the real site: the table holds them all, and the Gate does what the table says."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.access import Access, open_access
from assistant.access.caller import caller_of
from assistant.access.gate import Gate
from assistant.access.roles import Role
from assistant.access.routes import ROUTES, Route
from assistant.feedback.store import FeedbackStore
from assistant.messages import languages, messages
from assistant.operations.admission import Turns
from assistant.operations.metrics import Metrics
from assistant.question.limits import DEFAULT_LIMITS
from assistant.service import Assistant
from assistant.settings import Settings
from tests.people import NAMES, key_of, make_access
from tests.ui.cases import every_route
from ui.channel.opening import open_wechat
from ui.edition import Press, Site
from ui.office import Office
from ui.operation.running import Control
from ui.page.languages import page_path
from ui.signin.app import signin_routes
from ui.signin.refusals import refuse, told

HERE = "http://127.0.0.1:8000"
OWN = {"origin": HERE, "sec-fetch-site": "same-origin"}
# What Gradio and the folders of files answer; ui/page/gateway.py lets nothing else of theirs through.
FILES = {
    ("GET", "/ui/{file:path}"),
    ("GET", "/assets/{file:path}"),
    ("GET", "/{language}/assets/{file:path}"),
    ("POST", "/gradio_api/run/predict"),
    ("POST", "/{language}/gradio_api/run/predict"),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("roles")
    return Settings(
        index=folder / "index",
        feedback=folder / "feedback.sqlite3",
        access="roles",
        oidc_issuer="https://issuer.example",
        oidc_client="policyqa",
        wechat_token="policyqaToken1",
        public_url="https://policy.example.gov.cn",
    )


@pytest.fixture(scope="module")
def access(settings: Settings) -> Access:
    return make_access(settings)


@pytest.fixture(scope="module")
def apps(assistant: Assistant, settings: Settings, access: Access) -> list[FastAPI]:
    """The apps that the site is made of: API and pages of an edition, the office, the pages of access."""
    feedback, metrics = FeedbackStore(settings.feedback), Metrics()
    control = Control(settings)
    wechat = open_wechat(settings, control.audit.database, control.operation)
    press = Press(feedback, metrics, Turns(1, 1, metrics), DEFAULT_LIMITS, mcp=True, adapters=(wechat,))
    site = Site(press, press.chat(assistant))
    return [
        press.api(assistant),
        Office(settings, site, feedback, control.pages()).routes(),
        signin_routes(access),
    ]


def routes_of(apps: list[FastAPI]) -> Iterator[tuple[str, str]]:
    """Method and path of every route, as the table writes them."""
    codes = "|".join(code for code in languages() if page_path_of(code) != "/")
    for app in apps:
        for one in iter_route_contexts(app.routes):
            assert one.path is not None
            for method in set(one.methods or ()) - {"HEAD"}:
                yield method, re.sub(rf"^/(?:{codes})(?=/|$)", "/{language}", one.path)
    for code in languages():
        yield "GET", "/" if page_path_of(code) == "/" else "/{language}"
    yield from FILES


def page_path_of(code: str) -> str:
    return page_path(messages(code))


def named(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {Route(method, path, Role.PUBLIC).names for method, path in pairs}


def test_every_route_of_the_site_is_in_the_table_and_no_other(apps: list[FastAPI]) -> None:
    of_site = named(set(routes_of(apps)))
    of_table = {one.names for one in ROUTES}
    assert of_site - of_table == set(), "add these to assistant/access/routes.py"
    assert of_table - of_site == set(), "these are gone: take them out of assistant/access/routes.py"


def test_every_route_is_described_for_generated_cases(apps: list[FastAPI]) -> None:
    document = every_route(apps[:2])  # signing in is slow on purpose
    described = {
        (method.upper(), re.sub("^/en/", "/{language}/", path))
        for path, item in document["paths"].items()
        for method in item
    }
    of_others = FILES | {("GET", "/"), ("GET", "/{language}"), ("GET", "/openapi.json"), ("POST", "/mcp")}
    assert named(described) == named(set(routes_of(apps[:2])) - of_others)


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    caller = caller_of(scope)
    await PlainTextResponse(f"{caller.role} {caller.means} {caller.name}")(scope, receive, send)


def _path(route: Route) -> str:
    return re.sub(r"\{\w+:path\}", "a/b.js", re.sub(r"\{\w+\}", "x1", route.path))


def _client(app: ASGIApp, **given: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 50_000))
    return httpx.AsyncClient(transport=transport, base_url=HERE, headers=given)


def expected(role: Role | None, route: Route) -> int:
    if (role or Role.PUBLIC).includes(route.role):
        return 200
    return 401 if role is None else 403


@pytest.mark.parametrize("role", [None, *Role])
def test_the_whole_matrix_for_keys(access: Access, role: Role | None) -> None:
    """Nobody, and a key of every role, on every route: 200, 401 or 403, as the table says."""
    gate = Gate(_echo, refuse, access.finding)
    headers = {"authorization": key_of(access, role)} if role else {}

    async def ask() -> dict[tuple[str, str], int]:
        async with _client(gate, **headers, **OWN) as client:
            return {(r.method, r.path): (await client.request(r.method, _path(r))).status_code for r in ROUTES}

    assert asyncio.run(ask()) == {(r.method, r.path): expected(role, r) for r in ROUTES}


@pytest.mark.parametrize("role", list(NAMES))
def test_the_whole_matrix_for_sessions_and_no_other_site_can_use_one(access: Access, role: Role) -> None:
    """A browser that has signed in does what its role may; another site's page does what anybody may."""
    gate = Gate(_echo, refuse, access.finding)
    token = access.sessions.begin(NAMES[role], role=None, address="127.0.0.1", browser="")
    foreign: tuple[dict[str, str], ...] = (
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
    )

    async def ask() -> None:
        async with _client(gate, cookie=f"policyqa_session={token}") as client:
            for route in ROUTES:
                own = await client.request(route.method, _path(route), headers=OWN)
                assert own.status_code == expected(role, route), route
                if own.status_code == 200 and not _path(route).startswith(("/ui/", "/assets/")):
                    assert own.text == f"{role} session {NAMES[role]}", route
                for headers in foreign if route.method != "GET" else ():
                    other = await client.request(route.method, _path(route), headers=headers)
                    if route.role is Role.PUBLIC and not route.path.startswith(("/signin", "/signout")):
                        assert other.text == "public none ", (route, headers)
                    else:
                        assert other.status_code == 403, (route, headers)

    asyncio.run(ask())


def test_a_refusal_says_which_role_is_wanted_and_how_to_have_it(access: Access) -> None:
    gate = Gate(_echo, refuse, access.finding)

    async def ask(path: str, **headers: str) -> httpx.Response:
        async with _client(gate, **headers) as client:
            return await client.get(path)

    unknown = asyncio.run(ask("/v1/library/documents"))
    assert (unknown.status_code, unknown.headers["www-authenticate"]) == (401, 'Bearer realm="policyqa"')
    assert unknown.headers["content-type"] == "application/problem+json"
    assert all(words in unknown.json()["detail"] for words in ("编辑", "editor", "Bearer pqa_"))
    low = asyncio.run(ask("/v1/library/documents", authorization=key_of(access, Role.AGENT)))
    assert (low.status_code, 'scope="editor"' in low.headers["www-authenticate"]) == (403, True)
    assert all(words in low.json()["detail"] for words in ("编辑", "editor"))
    bad = asyncio.run(ask("/v1/documents", authorization="Bearer pqa_123456789012_" + "x" * 43))
    assert (bad.status_code, 'error="invalid_token"' in bad.headers["www-authenticate"]) == (401, True)
    other = asyncio.run(ask("/v1/documents", authorization="Bearer sk-of-another-service"))
    assert other.text == "public none "


def test_a_browser_is_led_to_the_sign_in_and_back(access: Access) -> None:
    gate = Gate(_echo, refuse, access.finding)

    async def ask(method: str, path: str, **headers: str) -> httpx.Response:
        async with _client(gate, accept="text/html", **headers) as client:
            return await client.request(method, path)

    led = asyncio.run(ask("GET", "/library/documents/安徽?lang=en&x=1"))
    assert led.status_code == 303
    assert led.headers["location"] == (
        "/signin?next=%2Flibrary%2Fdocuments%2F%25E5%25AE%2589%25E5%25BE%25BD%3Flang%3Den%26x%3D1&lang=en"
    )
    page = asyncio.run(ask("POST", "/library/questions"))
    assert (page.status_code, "请先登录" in page.text) == (401, True)
    token = access.sessions.begin(NAMES[Role.AGENT], role=None, address="127.0.0.1", browser="")
    low = asyncio.run(ask("GET", "/library", cookie=f"policyqa_session={token}"))
    assert (low.status_code, "编辑" in low.text) == (403, True)
    assert "default-src 'none'" in low.headers["content-security-policy"]


def test_while_the_database_is_away_nobody_gets_in_and_everybody_may_ask(tmp_path: Path) -> None:
    away = open_access(Settings(index=tmp_path / "index", feedback=tmp_path))  # a folder is no database
    gate = Gate(_echo, refuse, away.finding)

    async def ask(path: str) -> httpx.Response:
        async with _client(gate, cookie="policyqa_session=any") as client:
            return await client.get(path)

    assert asyncio.run(ask("/v1/documents")).text == "public none "
    assert asyncio.run(ask("/admin")).status_code == 503
    assert asyncio.run(ask("/admin")).headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("query", "words"), [("", "这个网页暂时打不开"), ("?lang=en", "cannot be shown right now")])
def test_a_browser_is_told_so_on_a_page(tmp_path: Path, query: str, words: str) -> None:
    away = open_access(Settings(index=tmp_path / "index", feedback=tmp_path))
    gate = Gate(_echo, refuse, away.finding, tell=told)

    async def ask(method: str) -> httpx.Response:
        async with _client(gate, cookie="policyqa_session=any", accept="text/html", **OWN) as client:
            return await client.request(method, f"/library{query}")

    for method in ("GET", "POST"):
        page = asyncio.run(ask(method))
        assert (page.status_code, page.headers["content-type"]) == (503, "text/html; charset=utf-8")
        assert words in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
