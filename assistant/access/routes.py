"""Which role every route wants: one table over API, pages, console and office, tested against the apps themselves.

A path that is in no line is admin's where the office begins, and anybody's elsewhere, where it is a page that there is
not. HEAD is GET; a slash at the end makes no difference, nor does it where the routes themselves are looked up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from starlette.routing import compile_path

from assistant.access.roles import Role

# Where everything wants a role, known or not.
OFFICE = ("/agent", "/library", "/v1/library", "/overview", "/gaps", "/v1/gaps", "/v1/handover", "/account", "/admin")

_PUBLIC = """
GET /
GET /{language}
GET /healthz
GET /readyz
GET /openapi.json
POST /v1/ask
POST /v1/search
POST /mcp
POST /v1/chat/completions
GET /v1/models
GET /v1/documents
GET /v1/documents/{id}
GET /v1/documents/{id}/outline
GET /v1/clauses/{id}
POST /v1/feedback
GET /v1/profile
POST /v1/match
GET /v1/match/changes
GET /v1/events
GET /v1/events/{id}
GET /v1/channels
GET /v1/forms
GET /v1/forms/{id}
POST /v1/guide
POST /v1/handover
GET /clause/{id}
GET /document/{id}
GET /compare
GET /widget.js
GET /demo/form
GET /demo/form/{field}
GET /match
GET /match/feed
GET /{language}/match
GET /{language}/match/feed
GET /event
GET /event/{id}
GET /m/{id}
GET /plates
GET /notice
GET /wechat
POST /wechat
GET /signin
POST /signin
GET /signin/oidc
GET /signin/oidc/back
POST /signout
GET /ui/{file:path}
GET /assets/{file:path}
GET /{language}/assets/{file:path}
POST /gradio_api/run/predict
POST /{language}/gradio_api/run/predict
"""

_AGENT = """
GET /agent
POST /agent/rows
POST /agent/clause
POST /agent/mark
POST /agent/unmark
POST /agent/note
POST /agent/note/send
GET /agent/note/sent
POST /agent/note/again
GET /agent/callbacks
GET /agent/callbacks/{id}
POST /agent/callbacks/called
POST /agent/callbacks/missed
POST /agent/handover
GET /v1/handover/{code}
GET /gaps
GET /gaps/{id}
GET /v1/gaps
GET /v1/gaps/{id}
GET /v1/gaps/{id}/suggested
GET /metrics
GET /account
POST /account/password
POST /account/sessions
"""

_EDITOR = """
GET /library
GET /library/drafts/{id}
GET /library/documents/{id}
GET /library/diff
GET /library/questions
POST /library/questions
POST /library/questions/known
POST /library/questions/remove
POST /library/questions/import
GET /v1/library/documents
GET /v1/library/documents/{id}
POST /v1/library/documents/{id}/draft
DELETE /v1/library/documents/{id}
GET /v1/library/drafts
POST /v1/library/drafts
GET /v1/library/drafts/{id}
GET /v1/library/drafts/{id}/facts
PUT /v1/library/drafts/{id}/facts
POST /v1/library/drafts/{id}/publish
DELETE /v1/library/drafts/{id}
GET /v1/library/publication
POST /v1/library/publish
GET /v1/library/generations
POST /v1/library/rollback
GET /v1/library/differences
GET /v1/library/questions
POST /v1/library/questions
PUT /v1/library/questions/{id}/known
DELETE /v1/library/questions/{id}
POST /v1/library/questions/import
POST /v1/gaps/{id}/state
POST /v1/gaps/{id}/draft
POST /v1/gaps/{id}/keep
POST /v1/gaps/{id}/take-out
POST /v1/gaps/{id}/merge
POST /v1/gaps/{id}/retest
GET /overview
GET /overview/figures.csv
"""

_ADMIN = """
GET /admin
POST /admin/accounts
POST /admin/accounts/role
POST /admin/accounts/password
POST /admin/accounts/lock
POST /admin/accounts/remove
POST /admin/keys
POST /admin/keys/revoke
GET /admin/operation
POST /admin/operation/answers
POST /admin/operation/notice
POST /admin/operation/notice/clear
GET /admin/audit
POST /admin/audit/verify
"""

# What open access leaves to everybody although it has a role.
_OPEN_TO_ALL = frozenset({("GET", "/metrics")})


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path as the apps write them, with the least role that may use it."""

    method: str
    path: str
    role: Role

    @property
    def names(self) -> tuple[str, str]:
        """By which one route is known, whatever the parts of its path are called."""
        return self.method, re.sub(r"\{\w+", "{", self.path)


def _lines(role: Role, lines: str) -> list[Route]:
    pairs = (line.split() for line in lines.split("\n") if line)
    return [Route(method, path, role) for method, path in pairs]


ROUTES = (
    *_lines(Role.PUBLIC, _PUBLIC),
    *_lines(Role.AGENT, _AGENT),
    *_lines(Role.EDITOR, _EDITOR),
    *_lines(Role.ADMIN, _ADMIN),
)


@cache
def _table() -> tuple[Mapping[tuple[str, str], Role], tuple[tuple[str, re.Pattern[str], Role], ...]]:
    """Paths without a part that varies, and the others as patterns, in the order in which they are tried."""
    fixed = {(one.method, one.path): one.role for one in ROUTES if "{" not in one.path}
    varying = [one for one in ROUTES if "{" in one.path]
    return fixed, tuple((one.method, compile_path(one.path)[0], one.role) for one in varying)


def role_of(method: str, path: str, *, is_open: bool = False) -> Role:
    """The least role that may use this route; `is_open`: in open access."""
    method = "GET" if method == "HEAD" else method
    path = path.rstrip("/") or "/"
    if is_open and (method, path) in _OPEN_TO_ALL:
        return Role.PUBLIC
    fixed, varying = _table()
    if found := fixed.get((method, path)):
        return found
    in_office = is_below(path, OFFICE)
    for of, pattern, role in varying:
        if of == method and pattern.match(path) and (role is not Role.PUBLIC or not in_office):
            return role
    return Role.ADMIN if in_office else Role.PUBLIC


def is_below(path: str, roots: tuple[str, ...]) -> bool:
    """Whether a path is one of these or continues one of them."""
    return any(path == root or path.startswith(f"{root}/") for root in roots)
