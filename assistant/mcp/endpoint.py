"""`/mcp`: the protocol over HTTP, without sessions, so that any worker can answer any request.

The SDK's session manager is opened and closed around each request. Without sessions it holds nothing from one request
to the next; so there is no task that would have to be started and ended with each process and each generation, and what
goes wrong in one request ends with it. Clients of all versions of the protocol come through here.
"""

import re

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant.api.problems import ProblemType, problem
from assistant.mcp.server import make_server
from assistant.mcp.tools import Served
from assistant.operations.request import note_route

PATH = "/mcp"
_FOREIGN = ProblemType(403, "foreign-origin", "其他网站的网页不能这样调用 · Not from pages of other sites")
_DETAIL = (
    "MCP 供程序使用；网页请用 /v1/ask，网站由运维人员写入 POLICYQA_CORS_ORIGINS。"
    "MCP is for programs; a page calls /v1/ask, from sites that the operator names in POLICYQA_CORS_ORIGINS."
)
_JSON = "application/json"
_ACCEPTED = re.compile(r"application/json|application/\*|\*/\*", re.IGNORECASE)
_NO_JSON = (
    ProblemType(415, "not-json", "请求内容不是 JSON · Not JSON"),
    "请以 Content-Type: application/json 发送。Send it as Content-Type: application/json.",
)
_NO_ACCEPT = (
    ProblemType(406, "not-acceptable", "回答的是 JSON · The answer is JSON"),
    "请在 Accept 头中写上 application/json。Name application/json in the Accept header.",
)


def mcp_route(served: Served) -> Route:
    """The route, for POST alone: there is no stream to listen to, and no session to end."""
    return Route(PATH, endpoint=McpEndpoint(served), methods=["POST"])


class McpEndpoint:
    """ASGI app that answers one message of the protocol with one JSON object.

    What a page of another site sends is refused: it must not reach a server that only its reader can reach. Together
    with AllowedHosts, which has looked at the name, that is what the protocol asks for against DNS rebinding.
    """

    def __init__(self, served: Served) -> None:
        self._server = make_server(served)
        self._limit = served.limits.max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        note_route(scope, PATH)
        headers = Headers(scope=scope)
        if headers.get("origin", own := f"{scope['scheme']}://{headers.get('host', '')}") != own:
            await problem(_FOREIGN, _DETAIL)(scope, receive, send)
            return
        if not headers.get("content-type", "").lower().startswith(_JSON):
            await problem(*_NO_JSON)(scope, receive, send)
            return
        if not _ACCEPTED.search(headers.get("accept", "")):
            await problem(*_NO_ACCEPT)(scope, receive, send)
            return
        manager = StreamableHTTPSessionManager(
            self._server, json_response=True, stateless=True, max_request_body_size=self._limit
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)
