"""The notice stands on every page, escaped, in the page's language; nothing else is touched."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from assistant.switches.operation import Operation
from assistant.switches.state import Channel, Notice, Off, State
from ui.server import create_site

HERE = "http://127.0.0.1:8000"
NOTICE = Notice('今晚维护<script>alert(1)</script>&"\n第二行', "Down tonight <b>", until=None)
PAGES = (
    "/", "/en", "/document/harbin-66", "/clause/harbin-66:26", "/compare", "/match", "/event", "/plates", "/agent",
    "/demo/form", "/none", "/clause/harbin-66:999",
)  # fmt: skip


@pytest.fixture(scope="module")
def operation() -> Operation:
    return Operation()


@pytest.fixture(scope="module")
def client(assistant: Assistant, operation: Operation) -> Iterator[TestClient]:
    site = asyncio.run(create_site(assistant, feedback=FeedbackStore(None), operation=operation, listens_locally=True))
    here: Any = {"base_url": HERE, "client": ("127.0.0.1", 50_000), "headers": {"origin": HERE}}
    with TestClient(site, raise_server_exceptions=False, **here) as client:
        yield client


def _get(client: TestClient, path: str) -> str:
    response = client.get(path, headers={"accept": "text/html"})
    assert int(response.headers["content-length"]) == len(response.content)
    return response.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows_it_once_and_escaped(client: TestClient, operation: Operation, path: str) -> None:
    operation.state = State()
    assert "site-notice" not in _get(client, path)
    operation.state = State(1, notice=NOTICE)
    html = _get(client, path)
    (shown,) = re.findall(r'<body\b[^>]*><aside class="site-notice"[^>]*><p>(.*?)</p></aside>', html)
    assert html.count("site-notice") == 1
    if path == "/en":
        assert shown == "Down tonight &lt;b&gt;"
    else:
        assert shown == "今晚维护&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#34;&#10;第二行"


def test_pages_in_english_show_the_chinese_words_where_there_are_no_others(
    client: TestClient, operation: Operation
) -> None:
    operation.state = State(1, notice=NOTICE)
    assert "Down tonight" in _get(client, "/document/harbin-66?lang=en")
    operation.state = State(2, notice=Notice("只有中文"))
    assert '<p lang="zh-CN">只有中文</p>' in _get(client, "/document/harbin-66?lang=en")


def test_it_ends_by_itself_and_programs_and_files_are_left_alone(client: TestClient, operation: Operation) -> None:
    operation.state = State(1, notice=NOTICE)
    assert "notice" not in client.get("/v1/documents").text
    assert client.get("/ui/page/base.css").headers["content-type"].startswith("text/css")
    assert client.head("/document/harbin-66").status_code == 200
    operation.state = State(2, notice=Notice("过去", until=datetime.now(UTC) - timedelta(seconds=1)))
    assert "site-notice" not in _get(client, "/")
    assert client.get("/notice").text == ""


def test_what_the_open_page_asks_tells_which_notice_holds(client: TestClient, operation: Operation) -> None:
    operation.state = State()
    ask = {"question": "首贷"}
    assert client.post("/v1/ask", json=ask).headers["policyqa-notice"] == "none"
    operation.state = State(1, notice=NOTICE)
    key = client.post("/v1/ask", json=ask).headers["policyqa-notice"]
    assert f'data-notice="{key}"' in client.get("/notice?lang=en").text


def test_where_answers_are_off_a_person_gets_a_page_and_agents_the_clauses(
    client: TestClient, operation: Operation
) -> None:
    operation.state = State(1, dict.fromkeys(Channel, Off(datetime.now(UTC), "甲", "内部")))
    refused = client.get("/compare?q=首贷", headers={"accept": "text/html"})
    assert refused.status_code == 503
    assert "自动回答暂时停用" in refused.text
    assert "现在访问的人很多" not in refused.text
    rows = client.post("/agent/rows", json={"q": "首贷怎么申请"}).json()
    assert "管理员停用了坐席工作台的自动回答" in rows["rows"]
    assert 'data-id="anhui-2023-4:1.3"' in rows["rows"]
    assert rows["clause"] == ""
    assert "data-script" not in rows["rows"]
    operation.state = State()
    assert "管理员暂停" not in client.post("/agent/rows", json={"q": "首贷怎么申请"}).json()["rows"]
