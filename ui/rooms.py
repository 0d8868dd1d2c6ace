"""Which app a path belongs to: the pages of access, the office, or the site."""

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.routes import is_below
from ui.page.gateway import SecuredResponse
from ui.signin.app import ROOTS

_OFFICE = (
    "/library",
    "/v1/library",
    "/overview",
    "/gaps",
    "/v1/gaps",
    "/agent/callbacks",
    "/agent/handover",
    "/v1/handover",
    "/admin/operation",
    "/admin/audit",
)
_SITE = ("/v1/handover",)  # of these, what the site answers: to hand something over, without what lies below


class Rooms:
    """ASGI app that gives every path to the app that has it. Nobody is asked who they are: the Gate stands in front."""

    def __init__(self, site: ASGIApp, office: ASGIApp | None = None, signin: ASGIApp | None = None) -> None:
        self._site = site
        self._office = office
        self._signin = signin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        app: ASGIApp | None = None
        if scope["type"] == "http":
            if path not in _SITE and is_below(path, _OFFICE):
                app = self._office
            elif is_below(path, ROOTS):
                app = self._signin
        if app is None:
            await self._site(scope, receive, send)
        else:
            await app(scope, receive, SecuredResponse(send, path, None))
