"""`/signin`, `/signout` and `/account`: forms without script.

That a page of this server has sent a form is seen to by the Gate, for every route alike.
"""

from collections.abc import Mapping
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.types import Scope

from assistant.access.access import Access
from assistant.access.caller import Means, address_of, caller_of
from assistant.access.cookies import cookie_of, is_private, set_cookie
from assistant.access.passwords import LONGEST, SHORTEST, BusyError
from assistant.access.roles import Role
from assistant.access.sessions import session_id
from assistant.access.signing_in import Outcome
from assistant.messages import Messages
from corpus.errors import InputError
from ui.page.languages import RequestedLanguage, in_language, with_language
from ui.page.root import under_root
from ui.page.templates import render
from ui.signin.address import ACCOUNT, OIDC, SIGNIN, SIGNOUT, home_of, own_path

NO_STORE = {"Cache-Control": "no-store"}
SEE_OTHER = 303
_UNAUTHORIZED, _UNREADABLE, _TOO_MANY, _BUSY = 401, 422, 429, 503
_DONE = ("out", "changed", "ended")

Text = Annotated[str, Form(max_length=2000)]


def signin_router(access: Access) -> APIRouter:
    """Signing in and out, one's own password and sessions; not part of the API, so absent from its description."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get(SIGNIN)
    def page(request: Request, words: RequestedLanguage, next: str = "", done: str = "", fault: str = "") -> Response:  # noqa: A002
        faults = {"issuer": "signin.fault.issuer", "nobody": "signin.fault.nobody", "stale": "signin.fault.stale"}
        return signin_page(access, request, words, then=own_path(next), done=done, fault=faults.get(fault, ""))

    @router.post(SIGNIN)
    async def sign_in(
        request: Request,
        words: RequestedLanguage,
        name: Text = "",
        password: Text = "",
        next: Text = "",  # noqa: A002
    ) -> Response:
        then, address = own_path(next), address_of(request.scope)
        if not is_private(request.scope):
            return await to_thread.run_sync(lambda: signin_page(access, request, words, then=then))
        try:
            outcome = await access.bounded(lambda: access.signing_in(name, password, address))
        except BusyError:
            outcome = Outcome(fault="busy", seconds=2)
        if outcome.fault:
            return await to_thread.run_sync(
                lambda: _not_signed_in(access, request, words, outcome, then=then, name=name)
            )
        return await to_thread.run_sync(lambda: signed_in(access, request, words, name=outcome.name, then=then))

    @router.post(SIGNOUT)
    def sign_out(request: Request, words: RequestedLanguage) -> Response:
        caller = caller_of(request.scope)
        if caller.session and access.sessions.end(caller.session, caller.name):
            access.audit("signout", account=caller.name, address=caller.address)
        access.finding.forget()
        response = _to(SIGNIN, words, (("done", "out"),))
        set_cookie(response, request.scope, "", 0)
        return response

    router.include_router(_account(access))
    return router


def _account(access: Access) -> APIRouter:
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get(ACCOUNT)
    def page(request: Request, words: RequestedLanguage, done: str = "") -> Response:
        return _account_page(access, request.scope, words, done=done)

    @router.post(f"{ACCOUNT}/password")
    async def change(
        request: Request, words: RequestedLanguage, now: Text = "", password: Text = "", again: Text = ""
    ) -> Response:
        caller = caller_of(request.scope)
        try:
            if caller.means is not Means.SESSION or password != again:
                raise InputError(words("signin.fault.again"), "again")
            confirmed = await access.bounded(
                lambda: access.signing_in(caller.name, now, caller.address, confirming=True)
            )
            if confirmed.fault:
                raise InputError(_fault(confirmed, words), "now")
            setting = access.accounts.set_password
            await access.bounded(lambda: setting(caller.name, password, keep=caller.session, by=caller.name))
        except (InputError, BusyError) as error:
            wrong = error if isinstance(error, InputError) else InputError(words("signin.fault.busy"))
            return await to_thread.run_sync(lambda: _account_page(access, request.scope, words, wrong=wrong))
        access.finding.forget()
        return _to(ACCOUNT, words, (("done", "changed"),))

    @router.post(f"{ACCOUNT}/sessions")
    def end(request: Request, words: RequestedLanguage, id: Text = "") -> Response:  # noqa: A002
        """End one session by its id, or all but this one."""
        caller = caller_of(request.scope)
        if id:
            access.sessions.end(id, caller.name)
        else:
            access.sessions.end_all(caller.name, but=caller.session)
        access.finding.forget()
        access.audit("signout", account=caller.name, address=caller.address, which=id[:12] or "others")
        return _to(ACCOUNT, words, (("done", "ended"),))

    return router


def signin_page(
    access: Access,
    request: Request,
    words: Messages,
    *,
    then: str = "",
    done: str = "",
    fault: str = "",
    seconds: int = 0,
    name: str = "",
    status: int = 200,
    headers: Mapping[str, str] = NO_STORE,
) -> HTMLResponse:
    """The form, with what was wrong; or why nobody can sign in here."""
    html = render(
        "signin/signin.html",
        words,
        action=with_language(SIGNIN, words),
        then=then,
        name=name[:60],
        done=done if done in _DONE else "",
        fault=words(fault, minutes=-(-seconds // 60)) if fault else "",
        is_private=is_private(request.scope),
        has_admin=access.accounts.has_admin(),
        issuer=with_language(OIDC, words, (("next", then),) if then else ()) if access.issuer else "",
        switch=lambda other: with_language(SIGNIN, other, (("next", then),) if then else ()),
    )
    return HTMLResponse(html, status, headers=headers)


def signed_in(
    access: Access, request: Request, words: Messages, *, name: str, role: Role | None = None, then: str = ""
) -> RedirectResponse:
    """Begin a session, another one than the browser may have had, and go on."""
    scope = request.scope
    if before := cookie_of(scope):
        old = access.sessions.find(before)
        if old:
            access.sessions.end(session_id(before), old.name)
    browser = request.headers.get("user-agent", "")
    token = access.sessions.begin(name, role=role, address=address_of(scope), browser=browser)
    session = access.sessions.find(token)
    home = with_language(home_of(session.role), words) if session else with_language(SIGNIN, words)
    response = RedirectResponse(under_root(then) if then else home, SEE_OTHER, headers=NO_STORE)
    set_cookie(response, scope, token, access.sessions.seconds)
    return response


def browser_name(agent: str) -> str:
    """What a browser says it is, in two words that its user knows; as it says it where neither is known."""
    brands = {"Edg": "Edge", "MicroMessenger": "微信", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    systems = {"Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "Mac OS": "Mac", "Linux": "Linux"}
    found = [next((name for part, name in one.items() if part in agent), "") for one in (brands, systems)]
    return " · ".join(filter(None, found)) or agent[:60] or "?"


def _not_signed_in(
    access: Access, request: Request, words: Messages, outcome: Outcome, *, then: str, name: str
) -> HTMLResponse:
    status = {"wait": _TOO_MANY, "busy": _BUSY}.get(outcome.fault, _UNAUTHORIZED)
    retry = {"Retry-After": str(outcome.seconds)} if outcome.seconds else {}
    return signin_page(
        access,
        request,
        words,
        then=then,
        fault=f"signin.fault.{outcome.fault}",
        seconds=outcome.seconds,
        name=name,
        status=status,
        headers=NO_STORE | retry,
    )


def _fault(outcome: Outcome, words: Messages) -> str:
    key = "now" if outcome.fault == "wrong" else outcome.fault
    return words(f"signin.fault.{key}", minutes=-(-outcome.seconds // 60))


def _account_page(
    access: Access, scope: Scope, words: Messages, *, done: str = "", wrong: InputError | None = None
) -> HTMLResponse:
    caller = caller_of(scope)
    by_session = caller.means is Means.SESSION
    html = render(
        "signin/account.html",
        words,
        caller=caller,
        browser=browser_name,
        sessions=access.sessions.of(caller.name) if by_session else [],
        has_password=by_session and "@" not in caller.name,
        done=done if done in _DONE else "",
        fault=in_language(wrong, words) if wrong else "",
        fault_at=wrong.field if wrong else "",
        shortest=SHORTEST,
        longest=LONGEST,
        admin=with_language("/admin", words) if caller.role is Role.ADMIN else "",
        home=with_language(home_of(caller.role), words),
        at=lambda path: with_language(f"{ACCOUNT}{path}", words),
        switch=lambda other: with_language(ACCOUNT, other),
    )
    return HTMLResponse(html, _UNREADABLE if wrong else 200, headers=NO_STORE)


def _to(path: str, words: Messages, query: tuple[tuple[str, str], ...]) -> RedirectResponse:
    return RedirectResponse(with_language(path, words, query), SEE_OTHER, headers=NO_STORE)
