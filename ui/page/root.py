"""Where the site stands under its host: `/` or, behind a proxy that serves more than this, a path such as `/policy`.

Every address a page names is made with `under_root`. Files of scripts find others by their own address.
"""

from contextvars import ContextVar

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_ROOT: ContextVar[str] = ContextVar("root", default="")
_MOVED = 308  # keeps method and body


def under_root(path: str) -> str:
    """The address of a path of this site, as a page of the site under way must name it."""
    return _ROOT.get() + path


def build_under(root: str) -> None:
    """Addresses that this task makes while it puts the site together stand under `root`: "" or a path like /policy."""
    _ROOT.set(root)


class RootPath:
    """ASGI app that serves the site under `root`, whether or not the proxy in front takes that from the path."""

    def __init__(self, app: ASGIApp, root: str) -> None:
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            _ROOT.set(self._root)
            path: str = scope["path"]
            if self._root and path == self._root:
                return await RedirectResponse(f"{self._root}/", _MOVED)(scope, receive, send)
            if self._root and path.startswith(f"{self._root}/"):
                scope = {**scope, "path": path.removeprefix(self._root), "raw_path": None}
        return await self._app(scope, receive, send)
