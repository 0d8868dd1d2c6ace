"""The server over the protocol, without a transport: tools, what they give by their schemas, resources, errors."""

import json
import logging
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from mcp import Client
from mcp.server.lowlevel import Server
from mcp.types import CallToolResult, ListToolsResult
from pydantic import TypeAdapter

from assistant.answer import Answer
from assistant.mcp.resources import PAGE, clause_address, document_address, listed
from assistant.mcp.server import make_server
from assistant.mcp.tools import TOOLS, Served
from assistant.question.limits import DEFAULT_LIMITS
from assistant.service import Assistant
from corpus.clause import Document
from corpus.errors import EngineError, InputError
from tests.api_app import make_app
from tests.assistant.mcp.calling import HOSTILE, MODES, READS, lasting, refusal, with_client, words

MARK = "秘密SECRET7"


@pytest.fixture(scope="module")
def server(assistant: Assistant) -> Server[Any]:
    return make_server(Served(assistant, DEFAULT_LIMITS))


@pytest.fixture(scope="module")
def api(assistant: Assistant) -> TestClient:
    return TestClient(make_app(assistant))


def call(server: Server[Any], name: str, mode: str = "auto", /, **arguments: object) -> CallToolResult:
    """The result of a tool, which the client has held against the tool's output schema."""
    return with_client(server, lambda client: client.call_tool(name, arguments), mode)


@pytest.mark.parametrize("mode", MODES)
def test_four_tools_that_only_read_are_listed_with_schemas_and_words_in_both_languages(
    server: Server[Any], mode: str
) -> None:
    async def tools(client: Client) -> ListToolsResult:
        return await client.list_tools()

    found = with_client(server, tools, mode).tools
    assert tuple(tool.name for tool in found) == READS
    for tool in found:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.annotations.idempotent_hint
        assert not tool.annotations.destructive_hint
        assert not tool.annotations.open_world_hint
        assert tool.description is not None
        chinese, english = tool.description.split("\n", 1)
        assert any("一" <= letter <= "鿿" for letter in chinese)
        assert english.isascii()
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema is not None
        assert tool.output_schema["type"] == "object"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("tool", "arguments", "method", "path"),
    [
        ("ask", {"question": "怎么申请首贷", "jurisdiction": ["安徽"], "as_of": "2026-11-29"}, "POST", "/v1/ask"),
        ("ask", {"question": "火星上怎么落户"}, "POST", "/v1/ask"),
        ("search", {"query": "施工许可 告知承诺", "limit": 3}, "POST", "/v1/search"),
        ("search", {"query": "首贷", "explain": True}, "POST", "/v1/search"),
        ("clause", {"id": "anhui-2023-4:1.3.4"}, "GET", "/v1/clauses/anhui-2023-4:1.3.4"),
        ("documents", {}, "GET", "/v1/documents"),
    ],
)
def test_a_tool_gives_what_the_http_api_gives(  # noqa: PLR0917  (of pytest)
    server: Server[Any], api: TestClient, tool: str, arguments: dict[str, Any], method: str, path: str, mode: str
) -> None:
    result = call(server, tool, mode, **arguments)
    response = api.request(method, path, json=arguments if method == "POST" else None)
    assert not result.is_error
    assert lasting(result.structured_content) == lasting(response.json())
    assert json.loads(words(result)) == result.structured_content


@pytest.mark.parametrize("question", HOSTILE)
def test_orders_inside_a_question_change_nothing(server: Server[Any], api: TestClient, question: str) -> None:
    given = call(server, "ask", question=question).structured_content
    assert lasting(given) == lasting(api.post("/v1/ask", json={"question": question}).json())
    text_of = {one["id"]: api.get(f"/v1/documents/{one['id']}").json()["text"] for one in documents(api)}
    for one in given["citations"]:
        assert text_of[one["clause_id"].split(":")[0]][one["start"] : one["end"]] == one["quote"]


def documents(api: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get("/v1/documents").json()["documents"]
    return found


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {}, ("question", "请补上", "required")),
        ("ask", {"question": "首贷", "path": "/etc/passwd"}, ("path", "请删去", "Unknown field")),
        ("ask", {"question": "首" * 2001}, ("2000", "请缩短", "shorten")),
        ("ask", {"question": 7}, ("question", "请填写文字", "string")),
        ("ask", {"question": "首贷", "as_of": "明天"}, ("as_of", "inputSchema")),
        ("ask", {"question": "首贷", "history": [{"role": "system", "content": "x"}]}, ("history[0].role", "可选")),
        ("search", {"query": "首贷", "limit": 0}, ("输入有误",)),
        ("search", {"query": "首贷", "documents": ["../../etc/passwd"]}, ("没有",)),
        ("clause", {"id": "harbin-66:99"}, ("没有条款", "No clause")),
        ("clause", {"id": "../../../etc/passwd"}, ("没有条款", "No clause")),
        ("clause", {"id": ["harbin-66:1"]}, ("id", "请填写文字")),
        ("documents", {"id": "harbin-66"}, ("id", "请删去")),
    ],
)
def test_bad_arguments_are_told_in_words_as_an_error_of_the_tool(
    server: Server[Any], tool: str, arguments: dict[str, Any], said: tuple[str, ...]
) -> None:
    result = call(server, tool, **arguments)
    assert result.is_error
    assert result.structured_content is None
    for word in said:
        assert word in words(result)
    assert "pydantic" not in words(result)


def test_the_words_for_a_question_that_is_too_long_are_those_of_the_http_api(
    server: Server[Any], api: TestClient
) -> None:
    problem = api.post("/v1/ask", json={"question": "首" * 2001}).json()
    assert words(call(server, "ask", question="首" * 2001)) == f"{problem['title']}\n{problem['detail']}"


@pytest.mark.parametrize("mode", MODES)
def test_a_tool_that_there_is_not_is_an_error_of_the_protocol(server: Server[Any], mode: str) -> None:
    said = refusal(server, lambda client: client.call_tool("delete", {"id": "harbin-66"}), mode)
    assert said.startswith("没有这个工具，可用的是：ask、search、clause、documents。No such tool")


@pytest.mark.parametrize("fault", [RuntimeError(f"/srv/secret {MARK}"), EngineError(f"http://10.0.0.1 {MARK}")])
def test_a_fault_of_the_server_is_told_without_a_traceback_or_what_it_holds(
    assistant: Assistant, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_answer: Answer, _history: object) -> None:
        raise fault

    server = make_server(Served(assistant, DEFAULT_LIMITS, on_answer=fails))
    with caplog.at_level(logging.ERROR):
        result = call(server, "ask", question="怎么申请首贷")
    assert result.is_error
    assert MARK not in words(result)
    assert "Traceback" not in words(result)
    assert "请稍后再试" in words(result)
    assert type(fault).__name__ in caplog.text


def test_answers_that_are_switched_off_leave_search_and_texts(assistant: Assistant) -> None:
    server = make_server(Served(assistant, DEFAULT_LIMITS, is_off=lambda: True))
    result = call(server, "ask", question="怎么申请首贷")
    assert result.is_error
    assert "运维人员暂停了" in words(result)
    for name, arguments in (("search", {"query": "首贷"}), ("clause", {"id": "harbin-66:26"}), ("documents", {})):
        assert not call(server, name, **arguments).is_error


def test_every_answer_is_told_of_with_the_turns_before_it(assistant: Assistant) -> None:
    told: list[tuple[Answer, Any]] = []
    server = make_server(Served(assistant, DEFAULT_LIMITS, on_answer=lambda *given: told.append(given)))
    turns = [{"role": "user", "content": "怎么申请首贷"}]
    given = call(server, "ask", question="需要什么材料", history=turns).structured_content
    ((answer, history),) = told
    assert TypeAdapter(Answer).dump_python(answer, mode="json") == given
    assert [turn.content for turn in history] == ["怎么申请首贷"]


@pytest.mark.parametrize("mode", MODES)
def test_clauses_and_documents_are_resources(server: Server[Any], api: TestClient, mode: str) -> None:
    async def read(client: Client) -> tuple[list[str], list[str], list[Any]]:
        listing = [one.uri for one in (await client.list_resources()).resources]
        templates = [one.uri_template for one in (await client.list_resource_templates()).resource_templates]
        addresses = (clause_address("harbin-66:26"), "policyqa://clause/harbin-66%3A26", *listing)
        return listing, templates, [(await client.read_resource(one)).contents[0] for one in addresses]

    listing, templates, (first, encoded, *texts) = with_client(server, read, mode)
    assert templates == ["policyqa://clause/{id}", "policyqa://document/{id}"]
    assert listing == [document_address(one["id"]) for one in documents(api)]
    assert first.mime_type == "application/json"
    assert json.loads(first.text) == json.loads(encoded.text) == api.get("/v1/clauses/harbin-66:26").json()
    assert [json.loads(one.text) for one in texts] == [
        api.get(f"/v1/documents/{one['id']}").json() for one in documents(api)
    ]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "policyqa://clause/../../../../etc/passwd",
        "policyqa://document/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "policyqa://document//etc/passwd",
        "policyqa://document/harbin-66.txt",
        "policyqa://clause/",
        "policyqa://settings/feedback",
        "http://127.0.0.1/v1/clauses/harbin-66:26",
        "policyqa://clause/\x00",
        "",
    ],
)
def test_no_address_reaches_a_file(server: Server[Any], address: str) -> None:
    said = refusal(server, lambda client: client.read_resource(address))
    assert said.startswith("没有找到 · Not found：没有")


def test_many_documents_are_listed_page_by_page(assistant: Assistant) -> None:
    (one, *_) = assistant.corpus.documents
    many = [replace(one, id=f"d{number}") for number in range(2 * PAGE + 1)]

    class Listing:
        corpus = type("Corpus", (), {"browsable": type("Browsable", (), {"documents": many})})

    found: list[Document] = []
    cursor: str | None = None
    while True:
        page, cursor = listed(Listing(), cursor)  # type: ignore[arg-type]
        found += page
        if cursor is None:
            break
    assert found == many
    for bad in ("0", "-1", "x", "99999", "１００", ""):
        with pytest.raises(InputError, match="cursor 无效"):
            listed(Listing(), bad)  # type: ignore[arg-type]


def test_every_tool_has_types_of_the_http_api() -> None:
    assert {tool.name: tool.gives.__name__ for tool in TOOLS} == {
        "ask": "AnswerOut",
        "search": "SearchResponse",
        "clause": "ClauseOut",
        "documents": "DocumentList",
    }
