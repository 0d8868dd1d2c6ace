"""The script for any page, and the forms as pages that need none."""

import asyncio
import gzip
import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from assistant.feedback.store import FeedbackStore
from assistant.messages import languages, messages
from assistant.service import Assistant
from ui.server import create_site
from ui.widget.script import widget_script

HOST = "https://forms.example.com"


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    site = asyncio.run(create_site(assistant, feedback=FeedbackStore(None), cors_origins=[HOST]))
    with TestClient(site, raise_server_exceptions=False) as client:
        yield client


def test_the_script_weighs_little() -> None:
    assert len(gzip.compress(widget_script().encode())) <= 15 * 1024


def test_the_script_is_whole_and_has_its_words_in_every_language() -> None:
    script = widget_script()
    assert "{{" not in script
    for code in languages():
        assert messages(code)("guidance.script.ask") in script


@pytest.mark.parametrize(
    "word",
    [
        "eval(",
        "innerHTML",
        "document.write",
        "Function(",
        "cookie =",
        "localStorage",
        "sessionStorage",
        'setAttribute("style"',
    ],
)
def test_the_script_does_nothing_that_a_careful_host_forbids(word: str) -> None:
    assert word not in widget_script()


def test_a_listed_page_may_load_the_script_and_ask_and_no_other(client: TestClient) -> None:
    for path in ("/widget.js", "/v1/forms", "/v1/forms/open-a-company"):
        assert client.get(path, headers={"Origin": HOST}).headers["access-control-allow-origin"] == HOST
        assert (
            "access-control-allow-origin" not in client.get(path, headers={"Origin": "https://other.example"}).headers
        )
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert client.options("/v1/guide", headers={"Origin": HOST, **asks}).headers["access-control-allow-origin"] == HOST
    script = client.get("/widget.js")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_form_is_a_page_with_help_beside_every_field_and_a_link_in_it(client: TestClient) -> None:
    response = client.get("/demo/form")
    assert "default-src 'self'" in response.headers.get_list("content-security-policy")
    page = response.text
    assert page.count("<policyqa-help ") == 40
    links = re.findall(r'<policyqa-help [^>]*><a href="([^"]+)">', page)
    assert len(set(links)) == 40
    assert "不会提交" in page
    assert "<form" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    for link in links[::9]:
        assert client.get(unescape(link)).status_code == 200


def test_another_form_and_another_language_have_addresses(client: TestClient) -> None:
    page = client.get("/demo/form?form=house-transfer&lang=en").text
    assert "Transferring a second-hand home" in page
    assert 'href="/demo/form/together?form=house-transfer&amp;lang=en"' in page
    assert page.count("<policyqa-help ") == 24


def test_the_page_of_a_field_tells_the_offices_words_from_the_policys(client: TestClient) -> None:
    page = client.get("/demo/form/business-scope").text
    tip, _, clauses = page.partition("文件怎么写")
    assert "由办理机构提供，不是文件原文。来源：随附示例" in tip
    assert re.search(r'<blockquote lang="zh-CN">推行特殊行业', clauses)
    assert re.search(r'href="/clause/harbin-66:5\?quote=\d+-\d+"', clauses)
    assert "没有写这一栏" in client.get("/demo/form/address").text


@pytest.mark.parametrize("path", ["/demo/form?form=none-such", "/demo/form/none-such", "/demo/form/%3Cb%3E"])
def test_what_there_is_not_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "没有这个网页" in response.text


def test_without_forms_there_is_no_demonstration_and_the_script_stays(second_assistant: Assistant) -> None:
    with TestClient(asyncio.run(create_site(second_assistant, feedback=FeedbackStore(None)))) as client:
        assert client.get("/demo/form").status_code == 404
        assert client.get("/widget.js").status_code == 200
