"""The protocol over standard input and output: for a program that starts the assistant itself."""

import anyio
from mcp.server.stdio import stdio_server

from assistant.mcp.server import make_server
from assistant.mcp.tools import Served


def serve_stdio(served: Served) -> None:
    """Answer until the input ends. Meanwhile nothing but the protocol reaches standard output: the SDK sees to that."""
    anyio.run(_serve, served)


async def _serve(served: Served) -> None:
    server = make_server(served)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())
