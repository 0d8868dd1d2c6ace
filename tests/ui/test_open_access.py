"""In open access whatever wants a role answers the machine itself, and nobody else."""

import asyncio
from collections.abc import Mapping, Sequence

import httpx
import pytest
from starlette.responses import PlainTextResponse

from assistant.access.gate import Gate
from assistant.access.local import is_loopback
from assistant.operations.proxies import TrustedProxies
from tests.assistant.operations.asgi import exchange, request
from ui.rooms import Rooms
from ui.signin.refusals import refuse

OWN = "http://127.0.0.1:8000"
BROWSER: Mapping[str, str] = {"accept": "text/html,*/*;q=0.8"}
SAME: Mapping[str, str] = {"origin": OWN, "sec-fetch-site": "same-origin"}


def ask(
    path: str = "/v1/library/documents",
    method: str = "GET",
    *,
    peer: str = "127.0.0.1",
    base: str = OWN,
    local: bool = True,
    headers: Mapping[str, str] = {},
    proxies: Sequence[str] = (),
) -> httpx.Response:
    rooms = Rooms(PlainTextResponse("site"), PlainTextResponse("library"))
    site = TrustedProxies(Gate(rooms, refuse, listens_locally=local), proxies)

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(site, client=(peer, 50_000))
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return await client.request(method, path, headers=headers)

    return asyncio.run(send())


@pytest.mark.parametrize("base", [OWN, "http://localhost:8000", "http://[::1]:8000", "http://LOCALHOST"])
@pytest.mark.parametrize("path", ["/library", "/library/drafts/x", "/v1/library/documents"])
def test_the_machine_itself_is_answered_by_its_own_names(base: str, path: str) -> None:
    assert ask(path, base=base).text == "library"


def test_everything_else_is_left_to_the_site() -> None:
    for path in ("/", "/librarian", "/v1/ask", "/v1/libraryx"):
        assert ask(path, peer="203.0.113.5", base="http://example.com", local=False).text == "site"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"local": False}, "--host 127.0.0.1"),
        ({"peer": "203.0.113.5"}, "运行服务的这台电脑"),
        ({"base": "http://attacker.example:8000"}, "127.0.0.1"),
        ({"base": "http://127.0.0.1.attacker.example"}, "127.0.0.1"),
        ({"headers": {"x-forwarded-for": "127.0.0.1"}}, "代理"),
        ({"headers": {"forwarded": "for=127.0.0.1"}}, "代理"),
        ({"headers": {"via": "1.1 proxy"}}, "代理"),
        ({"headers": {"x-real-ip": "203.0.113.5"}}, "代理"),
        ({"headers": {"x-forwarded-server": "policy.example.gov.cn"}}, "代理"),
        ({"headers": {"x-original-forwarded-for": "203.0.113.5"}}, "代理"),
        ({"headers": {"cf-connecting-ip": "203.0.113.5"}}, "代理"),
        ({"headers": {"true-client-ip": "203.0.113.5"}}, "代理"),
        ({"headers": {"origin": "http://attacker.example"}}, "Origin"),
        ({"headers": {"origin": "null"}}, "Origin"),
        ({"headers": {"origin": "http://127.0.0.1:9999"}}, "Origin"),
    ],
)
def test_whoever_else_asks_is_told_why_not_and_what_to_do(given: dict[str, object], words: str) -> None:
    response = ask(**given)  # type: ignore[arg-type]
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert words in response.json()["detail"]


def test_what_is_handed_over_is_read_on_the_machine_itself_and_handed_over_anywhere() -> None:
    elsewhere = {"peer": "203.0.113.5"}
    assert ask("/v1/handover", "POST", **elsewhere).text == "site"  # type: ignore[arg-type]
    assert ask("/v1/handovers", **elsewhere).text == "site"  # type: ignore[arg-type]
    for path in ("/v1/handover/123456", "/v1/handover/", "/agent/callbacks", "/agent/callbacks/x", "/agent/handover"):
        assert ask(path).text == "library"
        refused = ask(path, **elsewhere)  # type: ignore[arg-type]
        assert refused.status_code == 403
        assert "接手的对话和回拨名单" in refused.text
    page = ask("/agent/callbacks?lang=en", headers=BROWSER, **elsewhere)  # type: ignore[arg-type]
    assert "This cannot be opened here" in page.text
    for path in ("/agent/callbacks/called", "/agent/handover"):
        assert ask(path, "POST", headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert ask(path, "POST", headers=SAME).text == "library"


def test_notes_are_made_and_sent_in_the_offices_name_from_the_machine_itself() -> None:
    elsewhere = {"peer": "203.0.113.5"}
    assert ask("/agent/note", "POST", headers=SAME).text == "site"
    for path in ("/agent/note/send", "/agent/note/again"):
        assert ask(path, "POST", headers=SAME).text == "site"
        assert ask(path, "POST").status_code == 403  # no page of ours
        refused = ask(path, "POST", headers=SAME, **elsewhere)  # type: ignore[arg-type]
        assert refused.status_code == 403
        assert "请先复制" in refused.json()["detail"]
    assert ask("/agent/note/sent").text == "site"
    assert ask("/agent/note/sent", **elsewhere).status_code == 403  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_writing_is_for_the_page_itself(method: str) -> None:
    assert ask(method=method, headers=SAME).text == "library"
    assert ask(method=method, headers={"origin": OWN}).text == "library"
    assert ask(method=method, headers={"sec-fetch-site": "same-origin"}).text == "library"
    for foreign in ({}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "none"}):
        assert ask(method=method, headers=foreign).status_code == 403
    assert ask(method=method, headers={"origin": OWN, "sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize(("query", "words"), [("", "这里不能打开文件库"), ("?lang=en", "cannot be opened here")])
def test_who_opens_the_page_elsewhere_reads_a_page(query: str, words: str) -> None:
    response = ask(f"/library{query}", local=False, headers=BROWSER)
    assert response.status_code == 403
    assert words in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/agent", "/gaps", "/gaps/x", "/overview", "/overview/figures.csv", "/v1/gaps"])
def test_console_gaps_and_overview_are_for_the_machine_itself_too(path: str) -> None:
    assert ask(path).text in ("site", "library")
    for given in ({"peer": "203.0.113.5"}, {"local": False}):
        refused = ask(path, **given)
        assert refused.status_code == 403
        assert "POLICYQA_ACCESS=roles" in refused.json()["detail"]


def test_a_trusted_proxy_is_still_not_the_machine_itself() -> None:
    """Whom it forwards for is somebody else, though the proxy runs here and says that it asks for loopback."""
    for forwarded in ("203.0.113.5", "127.0.0.1"):
        given = {"x-forwarded-for": forwarded, "x-forwarded-proto": "http", "x-forwarded-host": "127.0.0.1:8000"}
        refused = ask("/library", headers=given, proxies=["127.0.0.1"])
        assert (refused.status_code, "代理" in refused.json()["detail"]) == (403, True)


def test_a_proxy_that_adds_nothing_is_known_by_the_version_that_it_speaks() -> None:
    """As nginx with a `proxy_pass` alone does: no header says who asks, and the Host is 127.0.0.1:8000."""
    scope = {**request("GET", "/library", {"Host": "127.0.0.1:8000"}, "127.0.0.1"), "http_version": "1.1"}
    gate = Gate(PlainTextResponse("library"), refuse, listens_locally=True)
    assert exchange(gate, scope)[1]["body"] == b"library"
    start, body = exchange(gate, {**scope, "http_version": "1.0"})
    assert (start["status"], "代理" in body["body"].decode()) == (403, True)
    assert exchange(gate, {**scope, "path": "/v1/ask", "http_version": "1.0"})[0]["status"] == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "::ffff:127.0.0.1"])
def test_loopback_is_known_in_every_spelling(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.com", ""])
def test_nothing_else_is_loopback(host: str) -> None:
    assert not is_loopback(host)
