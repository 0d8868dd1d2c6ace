"""What the Gate refuses, as problems: 401 and 403 that say which role is wanted, and what to do."""

from starlette.responses import Response
from starlette.types import Scope

from assistant.access.caller import Means
from assistant.access.gate import Refusal, Why
from assistant.access.routes import is_below
from assistant.api.problems import ProblemType, problem
from assistant.messages import languages, messages

_TYPES = {
    Why.LOCAL: ProblemType(403, "only-on-this-machine", "只能在本机使用 · Only on the machine itself"),
    Why.UNKNOWN: ProblemType(401, "sign-in-wanted", "请先登录 · Sign in first"),
    Why.BAD_KEY: ProblemType(401, "key-not-valid", "密钥无效 · The key is not valid"),
    Why.LOW: ProblemType(403, "role-too-low", "权限不够 · Your role is too low"),
    Why.FOREIGN: ProblemType(403, "not-our-page", "不是本服务的页面 · Not a page of this service"),
}
_CHALLENGE = 'Bearer realm="policyqa"'
_LIBRARY = ("/library", "/v1/library")
_HANDED_OVER = ("/agent/callbacks", "/agent/handover", "/v1/handover")
_SENDING = ("/agent/note/send", "/agent/note/sent", "/agent/note/again")


def refused(scope: Scope, refusal: Refusal) -> Response:
    """The problem for a refusal, in all languages."""
    key, role = said(scope["path"], refusal), str(refusal.role)
    detail = "".join(messages(c)(key, role=messages(c)(f"access.role.{role}"), code=role) for c in languages())
    return problem(_TYPES[refusal.why], detail, headers=_headers(refusal))


def status(refusal: Refusal) -> int:
    """401 or 403."""
    return _TYPES[refusal.why].status


def said(path: str, refusal: Refusal) -> str:
    """The key of the message that tells what is refused and what to do."""
    if refusal.why is not Why.LOCAL:
        return f"access.refused.{refusal.why.replace('-', '_')}"
    if path in _SENDING:
        return "console.note.local"
    return f"{_of(path)}{refusal.reason}"


def title(path: str, refusal: Refusal) -> str:
    """The key of its heading."""
    return f"{_of(path)}title" if refusal.why is Why.LOCAL else f"access.title.{refusal.why.replace('-', '_')}"


def _of(path: str) -> str:
    if is_below(path, _HANDED_OVER):
        return "handover.refused."
    return "library.refused." if is_below(path, _LIBRARY) else "office.refused."


def _headers(refusal: Refusal) -> dict[str, str]:
    """RFC 6750: how to show who one is, and what was wrong with how it was done."""
    if refusal.why is Why.UNKNOWN:
        return {"WWW-Authenticate": _CHALLENGE}
    if refusal.why is Why.BAD_KEY:
        return {"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'}
    if refusal.why is Why.LOW and refusal.caller.means is Means.KEY:
        return {"WWW-Authenticate": f'{_CHALLENGE}, error="insufficient_scope", scope="{refusal.role}"'}
    return {}
