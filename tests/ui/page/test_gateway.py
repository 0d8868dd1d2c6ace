"""One door: the page's own paths, the API, and nothing else of what Gradio carries."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import ui.server
from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from ui.page.gateway import PageShell, rewrite_gradio_page
from ui.server import create_site

STATIC = Path(ui.server.__file__).parent
OUTSIDE = re.compile(r"(?:https?:)?//(?!testserver)[\w.-]+\.\w+")


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(
        asyncio.run(create_site(assistant, feedback=FeedbackStore(None))), raise_server_exceptions=False
    ) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://127.0.0.1/"),
        ("POST", "/gradio_api/queue/join"),
        ("GET", "/gradio_api/queue/data"),
        ("GET", "/gradio_api/info"),
        ("POST", "/gradio_api/call/respond"),
        ("GET", "/gradio_api/runs"),
        ("GET", "/config"),
        ("POST", "/login"),
        ("GET", "/monitoring"),
        ("GET", "/robots.txt"),
        ("GET", "/ui/../server.py"),
        ("GET", "/ui/%2e%2e/server.py"),
        ("GET", "/assets/../../routes.py"),
        ("GET", "/docs"),
        ("POST", "/"),
        ("POST", "/en"),
        ("POST", "/en/gradio_api/upload"),
        ("GET", "/en/gradio_api/file=/etc/passwd"),
        ("POST", "/en/gradio_api/queue/join"),
        ("GET", "/en/config"),
        ("GET", "/enough"),
        ("GET", "/gradio_api/run/predict"),
    ],
)
def test_what_a_chat_does_not_need_is_not_there(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


EVERYWHERE = [
    "/",
    "/en",
    "/healthz",
    "/v1/documents",
    "/ui/chat/chat.js",
    "/clause/harbin-66:26",
    "/document/harbin-66",
    "/compare",
    "/no/such/path",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_response_carries_the_guards(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]


def test_only_gradios_pages_may_set_styles_and_run_scripts_of_their_own(client: TestClient) -> None:
    for path in EVERYWHERE[2:]:
        policy = client.get(path).headers["content-security-policy"]
        assert "script-src 'self'; style-src 'self'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(("path", "lang"), [("/", "zh-CN"), ("/en", "en"), ("/en/", "en")])
def test_a_page_has_its_language_and_its_scripts_a_fresh_nonce(client: TestClient, path: str, lang: str) -> None:
    nonces = set()
    for _ in range(2):
        page = client.get(path, follow_redirects=False)
        nonce = re.findall(r"'nonce-([\w-]+)'", page.headers["content-security-policy"])[0]
        assert re.search(rf'<html\s[^>]*lang="{lang}"', page.text)
        assert page.text.count("<script") == page.text.count(f'<script nonce="{nonce}"') > 0
        nonces.add(nonce)
    assert len(nonces) == 2


@pytest.mark.parametrize("path", ["/", "/en"])
def test_what_can_be_answered_stands_in_the_page_itself(client: TestClient, path: str) -> None:
    page = client.get(path).text
    for document in client.get("/v1/documents").json()["documents"]:
        assert document["number"] is None or document["number"] in page
        assert f'href="/document/{document["id"]}' in page
    starters = re.findall(r'<a href="([^"]*)" data-ask=', page)
    assert len(starters) == 6
    assert all(starter.startswith(f"{path}?q=") for starter in starters)


def test_no_file_of_ours_and_no_tag_of_the_page_names_another_server(client: TestClient) -> None:
    for path in ("/", "/en", "/clause/harbin-66:26", "/document/harbin-66", "/compare?q=首贷"):
        tags = " ".join(re.findall(r"<(?:meta|link|script|img|base|a)\b[^>]*>", client.get(path).text))
        assert OUTSIDE.findall(tags) == []
    for file in STATIC.glob("*/static/*"):
        text = client.get(f"/ui/{file.parts[-3]}/{file.name}").text.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert OUTSIDE.findall(text) == []


def test_files_of_a_version_are_kept_by_the_browser(client: TestClient) -> None:
    asset = re.findall(r'"\.?(/assets/[\w.-]+\.js)"', client.get("/").text)[0]
    assert "immutable" in client.get(asset).headers["cache-control"]
    assert "cache-control" not in client.get("/healthz").headers


@pytest.mark.parametrize("path", ["/assets/index-Gone1234.js", "/en/assets/no/such.css", "/ui/chat/no-such.js"])
def test_that_a_file_is_missing_is_not_kept(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "cache-control" not in response.headers


def test_own_files_are_asked_for_again_after_an_upgrade(client: TestClient) -> None:
    first = client.get("/ui/chat/chat.js")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/ui/chat/chat.js", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/", "/en"])
def test_nobody_tells_a_page_where_its_server_is(client: TestClient, path: str) -> None:
    names = ("X-Gradio-Server", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded")
    asked = client.get(path, headers=dict.fromkeys(names, "https://elsewhere.example"))
    assert asked.status_code == 200
    assert "elsewhere.example" not in asked.text


def test_a_body_over_the_limit_is_refused_at_the_page_too(client: TestClient, assistant: Assistant) -> None:
    response = client.post("/gradio_api/run/predict", content=b"x" * (assistant.settings.max_body + 1))
    assert response.status_code == 413


def test_page_and_api_share_one_set_of_counters(client: TestClient) -> None:
    client.post("/v1/ask", json={"question": "你好"})
    assert 'reason="greeting"' in client.get("/metrics").text


def test_rewriting_leaves_text_alone() -> None:
    page = '<html lang="en"><head><base href="./" /><meta property="og:url" content="https://x.org" /></head>'
    shell = PageShell("zh-CN", "<!--h-->", r"<!--\1-->")
    rewritten = rewrite_gradio_page(f"{page}<body class='x'><p>og:</p>", "n", shell)
    assert rewritten == r"""<html lang="zh-CN"><head><!--h--></head><body class='x'><!--\1--><p>og:</p>"""
