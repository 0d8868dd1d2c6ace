"""Every write of the office over HTTP becomes a row of the audit: who, what was asked for, which document or draft."""

import logging
from collections.abc import Callable, Collection
from typing import Any

from anyio import to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.caller import Means, caller_of
from assistant.access.roles import Role
from assistant.operations.request import notes_of
from corpus.errors import DatabaseError

_LOG = logging.getLogger(__name__)
_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_OWN = ("/admin/",)  # pages that write rows of their own
_FAILED = 400
AGENT_WRITES = ("/agent/mark", "/agent/unmark", "/agent/note/send", "/agent/note/again")  # pages of the site that write
Record = Callable[..., object]


class AuditedWrites:
    """ASGI layer that records what was written before it answers so. What was refused or failed is in the log.

    Its app must find its route in the scope that it is given. `paths`: of these alone, and of callers with a role;
    without, of everything, for an app that the office alone can reach.
    """

    def __init__(self, app: ASGIApp, record: Record, paths: Collection[str] | None = None) -> None:
        self._app = app
        self._record = record
        self._paths = None if paths is None else frozenset(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._is_audited(scope):
            await self._app(scope, receive, send)
            return

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < _FAILED:
                await to_thread.run_sync(self._write_down, scope)
            await send(message)

        await self._app(scope, receive, watch)

    def _is_audited(self, scope: Scope) -> bool:
        path: str = scope["path"]
        if scope["method"] not in _WRITING or path.startswith(_OWN):
            return False
        return self._paths is None or (path in self._paths and caller_of(scope).role.includes(Role.AGENT))

    def _write_down(self, scope: Scope) -> None:
        what: dict[str, Any] = {
            "method": scope["method"],
            "route": getattr(scope.get("route"), "path", scope["path"]),
            **({"ids": dict(scope["path_params"])} if scope.get("path_params") else {}),
        }
        if notes := notes_of(scope):
            what["request"] = notes.id
        try:
            self._record("write", who(scope), **what)
        except DatabaseError as error:  # what was written stays; the log has it
            _LOG.error("a write is not in the audit: %s %s: %s", what["method"], what["route"], error)


def who(scope: Scope) -> str:
    """On whose word a request acts: an account or a key; at the machine itself nobody has signed in."""
    caller = caller_of(scope)
    if caller.name:
        return f"{caller.means}:{caller.name}"
    return Means.LOCAL.value if caller.means in (Means.LOCAL, Means.NONE) else caller.means.value
