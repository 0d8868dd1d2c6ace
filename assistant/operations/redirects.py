"""Redirects that stay on the server they came from, whatever it is called."""

from urllib.parse import urlsplit, urlunsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class RelativeRedirects:
    """ASGI layer that takes scheme and host out of Location, which Starlette writes there as the client gave them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def relative(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "location" in headers:
                    _, _, path, query, _ = urlsplit(headers["location"])
                    headers["location"] = urlunsplit(("", "", f"/{path.lstrip('/')}", query, ""))
            await send(message)

        await self._app(scope, receive, relative)
