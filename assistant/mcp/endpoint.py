"""`/mcp`: the protocol over HTTP, without sessions, so that any worker can answer any request.

The SDK's session manager is opened and closed around each request. Without sessions it holds nothing from one request
to the next; so there is no task that would have to be started and ended with each process and each generation, and what
goes wrong in one request ends with it. Clients of all versions of the protocol come through here.
"""

from collections.abc import Sequence

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant.api.problems import ProblemType, problem
from assistant.mcp.server import make_server
from assistant.mcp.tools import Served
from assistant.operations.hosts import ANY

PATH = "/mcp"
_FOREIGN = ProblemType(403, "foreign-origin", "其他网站的网页不能这样调用 · Not from pages of other sites")
_DETAIL = (
    "MCP 供程序使用；要让某个网站的网页调用，请由运维人员把它写入 POLICYQA_CORS_ORIGINS。"
    "MCP is for programs; for pages of a site to call it, its operator adds the site to POLICYQA_CORS_ORIGINS."
)


def mcp_route(served: Served, origins: Sequence[str] = ()) -> Route:
    """The route, for POST alone: there is no stream to listen to, and no session to end. `origins`: see below."""
    return Route(PATH, endpoint=McpEndpoint(served, origins), methods=["POST"])


class McpEndpoint:
    """ASGI app that answers one message of the protocol with one JSON object.

    What a page of another site sends is refused unless the site is one of `origins`: a page must not reach a server
    that only its reader can reach (DNS rebinding; the protocol's own rule). By name, AllowedHosts has looked already.
    """

    def __init__(self, served: Served, origins: Sequence[str] = ()) -> None:
        self._server = make_server(served)
        self._origins = frozenset(origins)
        self._limit = served.limits.max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_foreign(scope):
            await problem(_FOREIGN, _DETAIL)(scope, receive, send)
            return
        manager = StreamableHTTPSessionManager(
            self._server, json_response=True, stateless=True, max_request_body_size=self._limit
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)

    def _is_foreign(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or ANY in self._origins or origin in self._origins:
            return False
        return origin != f"{scope['scheme']}://{headers.get('host', '')}"
