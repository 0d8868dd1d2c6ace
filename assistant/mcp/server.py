"""The server of the SDK over our tools and resources. What is wrong is told in words; no traceback leaves."""

import json
import logging
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from anyio.to_thread import run_sync
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    ToolAnnotations,
)
from mcp.types import Tool as ToolOut

from assistant.api.problems import told
from assistant.mcp.resources import JSON, TEMPLATES, document_address, listed, read
from assistant.mcp.tools import TOOLS, Served

T = TypeVar("T")
NAME = "policyqa"
_INSTRUCTIONS = (
    "政策问答：先用 ask 提问；要自己挑条款时用 search，再用 clause 看全文。答案只来自收录的政策文件，引文一字不差。"
    "no_answer 表示文件没有写明，请照实转告。工具都只读。\n"
    "Answers from policy documents. Call ask first; to choose clauses yourself call search, then clause for the full "
    "text. Answers come from these documents alone and quote them verbatim; no_answer means that they do not say: "
    "pass that on. All tools only read."
)
_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)  # whatever is called, and however often, nothing changes; nothing outside this machine is asked
_NO_TOOL = "没有这个工具，可用的是：{tools}。No such tool; there are: {tools}."


def make_server(served: Served) -> Server[Any]:
    """A server over what is served. It keeps nothing between two requests, so any number of clients may share it."""
    logging.getLogger("mcp").setLevel(logging.ERROR)  # below, it repeats what clients have sent
    tools = {tool.name: tool for tool in TOOLS}

    async def list_tools(_context: object, _params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=_TOOLS_OUT)

    async def call_tool(_context: object, params: CallToolRequestParams) -> CallToolResult:
        tool = tools.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, _NO_TOOL.format(tools="、".join(tools)))
        outcome = await run_sync(tool.call, served, params.arguments or {})
        if outcome.value is None:
            return CallToolResult(content=[TextContent(type="text", text=outcome.error)], is_error=True)
        text = json.dumps(outcome.value, ensure_ascii=False)  # for clients that know no structured content
        return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=outcome.value)

    async def list_resources(_context: object, params: PaginatedRequestParams | None) -> ListResourcesResult:
        documents, cursor = _in_words(partial(listed, served.assistant, params.cursor if params else None))
        found = [
            Resource(uri=document_address(one.id), name=one.id, title=one.title, description=one.number, mime_type=JSON)
            for one in documents
        ]
        return ListResourcesResult(resources=found, next_cursor=cursor)

    async def list_templates(_context: object, _params: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
        found = [
            ResourceTemplate(uri_template=address, name=name, title=title, description=description, mime_type=JSON)
            for address, (name, title, description) in TEMPLATES.items()
        ]
        return ListResourceTemplatesResult(resource_templates=found)

    async def read_resource(_context: object, params: ReadResourceRequestParams) -> ReadResourceResult:
        text = await run_sync(_in_words, partial(read, served.assistant, params.uri))
        return ReadResourceResult(contents=[TextResourceContents(uri=params.uri, text=text, mime_type=JSON)])

    server: Server[Any] = Server(
        NAME,
        title="政策问答助手 policyqa",
        instructions=_INSTRUCTIONS,
        get_tool_input_schema=lambda name: tools[name].input_schema if name in tools else None,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )
    server.middleware.clear()  # spans of its own: ours are made in operations/tracing.py and hold no name of an id
    return server


def _in_words(work: Callable[[], T]) -> T:
    """What `work` returns. Raises MCPError in our words for whatever goes wrong."""
    try:
        return work()
    except Exception as error:
        kind, detail = told(error)
        raise MCPError(INVALID_PARAMS if kind.status < 500 else INTERNAL_ERROR, f"{kind.title}：{detail}") from None


_TOOLS_OUT = [
    ToolOut(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema,
        output_schema=tool.output_schema,
        annotations=_READS,
    )
    for tool in TOOLS
]
