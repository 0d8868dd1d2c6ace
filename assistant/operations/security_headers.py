"""What every response tells a browser beside the policy of its page: no frames of others, no sensors, TLS from now on.

The content security policy is a page's own affair: see ui/page/gateway.py.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(
        f"{sensor}=()"
        for sensor in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
    ),
    "x-frame-options": "DENY",  # for browsers that do not know frame-ancestors
}
_TLS = {"strict-transport-security": "max-age=31536000"}  # a year; subdomains are the operator's to decide
_PLAIN = [(name.encode(), value.encode()) for name, value in _ALWAYS.items()]
_SECURE = [*_PLAIN, *((name.encode(), value.encode()) for name, value in _TLS.items())]


class SecurityHeaders:
    """ASGI layer that adds these headers where a response does not say otherwise (as /widget.js does).

    Stands behind TrustedProxies, whose word it takes for the scheme: over plain HTTP nothing promises TLS.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        added = _SECURE if scope["scheme"] == "https" else _PLAIN

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message["headers"]}
                message = {
                    **message,
                    "headers": [*message["headers"], *(pair for pair in added if pair[0] not in said)],
                }
            await send(message)

        await self._app(scope, receive, secured)
