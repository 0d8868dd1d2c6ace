"""The one place that decides who may do what.

request ─ TrustedProxies ─ AllowedHosts ─ Gate ──────────────────────────────── everything else
│ role = role_of(method, path)           (routes.py)
open access   local_refusal? ───┤ a role is wanted: this machine, or 403  (local.py)
roles         Finding(scope) ───┤ key, trusted proxy or session → Caller  (finding.py)
is_own(scope) ────┤ a browser's caller, another site's page: anybody (own_pages.py)
│ caller's role too low: 401 unknown, 403 known
└ scope with its Caller → app
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.caller import Caller, Means, address_of, with_caller, work_as
from assistant.access.finding import BadKeyError, Finding
from assistant.access.local import local_refusal
from assistant.access.own_pages import READING, is_own
from assistant.access.roles import Role
from assistant.access.routes import role_of
from assistant.api.problems import http_problem, problem_of
from corpus.errors import DatabaseError

_BY_BROWSERS = (Means.SESSION, Means.PROXY)  # whom another site's page can make send something
_SIGNING = ("/signin", "/signout")  # which change who the browser is, though nobody has to be signed in


class Why(StrEnum):
    """Why a request is refused."""

    LOCAL = "local"  # 403: open access, and not somebody at the machine itself
    UNKNOWN = "unknown"  # 401: nobody has said who it is
    BAD_KEY = "bad-key"  # 401: a key that opens nothing
    LOW = "low"  # 403: its role is too low
    FOREIGN = "foreign"  # 403: another site's page makes the request


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is refused, and why; `reason` says which of the conditions of open access does not hold."""

    why: Why
    role: Role  # the least that may
    caller: Caller
    reason: str = ""


Refuse = Callable[[Scope, Refusal], ASGIApp]
Tell = Callable[[ASGIApp], ASGIApp]


class Gate:
    """ASGI layer that passes on what the caller's role allows, with the Caller in the scope; `refuse` answers the rest.

    `finding`: None in open access. `listens_locally`: whether the server listens on loopback only. `tell` has other
    problems told in the asker's way.
    """

    def __init__(
        self,
        app: ASGIApp,
        refuse: Refuse,
        finding: Finding | None = None,
        *,
        listens_locally: bool = False,
        tell: Tell = lambda problem: problem,
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._finding = finding
        self._listens_locally = listens_locally
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _is_odd(scope["path"]):
            await self._tell(http_problem(404))(scope, receive, send)
            return
        role = role_of(scope["method"], scope["path"], is_open=self._finding is None)
        try:
            found = self._open(scope, role) if self._finding is None else await self._known(self._finding, scope, role)
        except DatabaseError as error:  # nobody gets in while it cannot be seen who they are
            await self._tell(problem_of(error))(scope, receive, send)
            return
        if isinstance(found, Refusal):
            await self._refuse(scope, found)(with_caller(scope, found.caller), receive, send)
            return
        work_as(found if role is not Role.PUBLIC else None)
        await self._app(with_caller(scope, found), receive, send)

    def _open(self, scope: Scope, role: Role) -> Caller | Refusal:
        anybody = Caller(address=address_of(scope))
        if role is Role.PUBLIC:
            return anybody
        reason = local_refusal(scope, listens_locally=self._listens_locally)
        if reason:
            return Refusal(Why.LOCAL, role, anybody, reason)
        return Caller(Role.ADMIN, Means.LOCAL, address=anybody.address)

    async def _known(self, finding: Finding, scope: Scope, role: Role) -> Caller | Refusal:
        path: str = scope["path"]
        if role is Role.PUBLIC and path.startswith(("/ui/", "/assets/")):
            return Caller(address=address_of(scope))  # files, the most frequent requests, are nobody's business
        try:
            caller = await finding(scope, needed=role is not Role.PUBLIC)
        except BadKeyError:
            return Refusal(Why.BAD_KEY, role, Caller(address=address_of(scope)))
        signing = path in _SIGNING and scope["method"] not in READING
        if (signing or caller.means in _BY_BROWSERS) and not is_own(scope):
            if signing or role is not Role.PUBLIC:
                return Refusal(Why.FOREIGN, role, caller)
            caller = Caller(address=caller.address)
        if caller.role.includes(role):
            return caller
        return Refusal(Why.UNKNOWN if caller.means is Means.NONE else Why.LOW, role, caller)


def _is_odd(path: str) -> bool:
    """Whether no route has this path, though a router may find one: `$` in its patterns matches before a line break,
    so that `/agent%0A` is neither `/agent`, for which a role is wanted, nor any other path that layers go by.
    """
    return any(ord(character) < 32 or ord(character) == 127 for character in path)
