"""One door: the page's own paths, the API, and nothing else of what Gradio carries."""

import asyncio
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.service import Assistant
from ui.page_wall import own_page
from ui.server import create_site

OUTSIDE = re.compile(r"(?:https?:)?//(?!testserver)[\w.-]+\.\w+")


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(asyncio.run(create_site(assistant)), raise_server_exceptions=False) as client:
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
        ("GET", "/own/../server.py"),
        ("GET", "/own/%2e%2e/server.py"),
        ("GET", "/assets/../../routes.py"),
        ("GET", "/docs"),
        ("POST", "/"),
        ("GET", "/gradio_api/run/predict"),
    ],
)
def test_what_a_chat_does_not_need_is_not_there(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/healthz", "/v1/documents", "/own/chat.js", "/no/such/path"])
def test_every_response_carries_the_guards(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]


def test_the_page_is_chinese_and_its_scripts_carry_a_fresh_nonce(client: TestClient) -> None:
    nonces = set()
    for _ in range(2):
        page = client.get("/")
        nonce = re.findall(r"'nonce-([\w-]+)'", page.headers["content-security-policy"])[0]
        assert re.search(r'<html\s[^>]*lang="zh-CN"', page.text)
        assert page.text.count("<script") == page.text.count(f'<script nonce="{nonce}"') > 0
        nonces.add(nonce)
    assert len(nonces) == 2


def test_no_file_of_ours_and_no_tag_of_the_page_names_another_server(client: TestClient) -> None:
    tags = " ".join(re.findall(r"<(?:meta|link|script|img|base)\b[^>]*>", client.get("/").text))
    assert OUTSIDE.findall(tags) == []
    for name in ("chat.css", "chat.js"):
        assert OUTSIDE.findall(client.get(f"/own/{name}").text) == []


def test_files_of_a_version_are_kept_by_the_browser(client: TestClient) -> None:
    asset = re.findall(r'"\.?(/assets/[\w.-]+\.js)"', client.get("/").text)[0]
    assert "immutable" in client.get(asset).headers["cache-control"]
    assert "cache-control" not in client.get("/healthz").headers


def test_a_body_over_the_limit_is_refused_at_the_page_too(client: TestClient, assistant: Assistant) -> None:
    response = client.post("/gradio_api/run/predict", content=b"x" * (assistant.settings.max_body + 1))
    assert response.status_code == 413


def test_page_and_api_share_one_set_of_counters(client: TestClient) -> None:
    client.post("/v1/ask", json={"question": "你好"})
    assert 'reason="greeting"' in client.get("/metrics").text


def test_rewriting_leaves_text_alone() -> None:
    page = '<html lang="en"><head><base href="./" /><meta property="og:url" content="https://x.org" /></head><p>og:</p>'
    assert own_page(page, "n") == '<html lang="zh-CN"><head></head><p>og:</p>'
