"""What a browser is shown where the Gate refuses: the way to sign in, or a page with words; programs get a problem."""

from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.caller import work_as
from assistant.access.gate import Refusal, Why
from assistant.access.own_pages import READING
from assistant.access.refusals import refused, said, status, title
from ui.page.gateway import SecuredResponse
from ui.page.languages import language, with_language
from ui.page.problems import ProblemPages
from ui.page.templates import render
from ui.signin.address import SIGNIN, asked_address

_SEE_OTHER = 303
_NO_STORE = {"Cache-Control": "no-store"}
_SIGNING_IN = {Why.UNKNOWN: "signin.enter", Why.LOW: "signin.again"}  # what helps, by why it is refused


def refuse(scope: Scope, refusal: Refusal, limited: Callable[[ASGIApp], ASGIApp] = lambda app: app) -> ASGIApp:
    """What answers this request; `limited` puts limits in front of it, for whoever is refused too often."""
    return told(limited(_response(scope, refusal)))


def told(problem: ASGIApp) -> ASGIApp:
    """What answers with a problem: to a browser with a page, as secured as any other."""
    app = ProblemPages(problem)

    async def secured(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, SecuredResponse(send, scope["path"], None))

    return secured


def _response(scope: Scope, refusal: Refusal) -> Response:
    path: str = scope["path"]
    if path.startswith("/v1/") or "text/html" not in Headers(scope=scope).get("accept", ""):
        return refused(scope, refusal)
    work_as(refusal.caller if refusal.why is Why.LOW else None)  # whoever has signed in finds the way back, and out
    words = language(parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0])
    asked = asked_address(scope)
    then = (("next", asked),) if asked and scope["method"] in READING else ()
    signin = with_language(SIGNIN, words, then)
    if refusal.why is Why.UNKNOWN and scope["method"] in READING:
        return RedirectResponse(signin, _SEE_OTHER, headers=_NO_STORE)
    html = render(
        "signin/refused.html",
        words,
        title=title(path, refusal),
        reason=words(said(path, refusal), role=words(f"access.role.{refusal.role}"), code=str(refusal.role)),
        signin=signin if refusal.why in _SIGNING_IN else "",
        sign_in=words(_SIGNING_IN.get(refusal.why, "signin.enter")),
        switch=lambda other: with_language(path, other),
    )
    return HTMLResponse(html, status(refusal), headers=_NO_STORE)
