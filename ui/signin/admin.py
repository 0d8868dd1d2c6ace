"""`/admin`: accounts, keys and roles; forms without script. A key's secret is shown in the answer that makes it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.types import Scope

from assistant.access.access import Access
from assistant.access.accounts import account_name, account_role
from assistant.access.caller import caller_of
from assistant.access.keys import utc_now
from assistant.access.passwords import LONGEST, SHORTEST, BusyError
from assistant.access.roles import Role
from assistant.messages import Messages
from corpus.errors import InputError
from ui.page.languages import RequestedLanguage, in_language, with_language
from ui.page.templates import render
from ui.signin.address import ACCOUNT, ADMIN
from ui.signin.routes import NO_STORE, SEE_OTHER

_UNREADABLE = 422
_DONE = ("created", "role", "password", "locked", "unlocked", "removed", "revoked")
# Fields beside which it is told what is wrong with them, each behind its form.
_FIELDS = ("account.name", "account.role", "account.password", "key.role", "key.note", "key.days")
_NOTHING: Mapping[str, str] = MappingProxyType({})

Text = Annotated[str, Form(max_length=2000)]


def admin_router(access: Access) -> APIRouter:
    """The page and what its forms send; not part of the API, so absent from its description."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    def done(
        scope: Scope,
        words: Messages,
        what: str,
        act: Callable[[str], object],
        *,
        form: str = "",
        typed: Mapping[str, str] = _NOTHING,
    ) -> Response:
        """Do it and go back to the page, or show the page with what is wrong, in the form where it was `typed`."""
        try:
            act(caller_of(scope).name)
        except InputError as error:
            return _page(access, scope, words, wrong=error, form=form, typed=typed)
        access.finding.forget()
        return RedirectResponse(with_language(ADMIN, words, (("done", what),)), SEE_OTHER, headers=NO_STORE)

    async def hashing(scope: Scope, words: Messages, act: Callable[[], Response]) -> Response:
        """The same for what takes a core for a moment, one at a time."""
        try:
            return await access.bounded(act)
        except BusyError:
            busy = InputError(words("signin.fault.busy"))
            return await to_thread.run_sync(lambda: _page(access, scope, words, wrong=busy))

    @router.get(ADMIN)
    def page(request: Request, words: RequestedLanguage, done: str = "") -> Response:
        return _page(access, request.scope, words, done=done)

    @router.post(f"{ADMIN}/accounts")
    async def create(
        request: Request, words: RequestedLanguage, name: Text = "", role: Text = "", password: Text = ""
    ) -> Response:
        def act(by: str) -> object:
            return access.accounts.create(name, account_role(role), password, by=by)

        typed = {"name": name, "role": role}
        return await hashing(
            request.scope, words, lambda: done(request.scope, words, "created", act, form="account", typed=typed)
        )

    @router.post(f"{ADMIN}/accounts/password")
    async def set_password(
        request: Request, words: RequestedLanguage, name: Text = "", password: Text = ""
    ) -> Response:
        def act(by: str) -> None:
            if account_name(name) == by:
                raise InputError(words("admin.own_password"), "password")
            access.accounts.set_password(name, password, by=by)

        return await hashing(
            request.scope, words, lambda: done(request.scope, words, "password", act, form=f"of-{name}")
        )

    @router.post(f"{ADMIN}/accounts/role")
    def set_role(request: Request, words: RequestedLanguage, name: Text = "", role: Text = "") -> Response:
        act = access.accounts.set_role
        return done(request.scope, words, "role", lambda by: act(name, account_role(role), by=by))

    @router.post(f"{ADMIN}/accounts/lock")
    def lock(request: Request, words: RequestedLanguage, name: Text = "", off: Text = "") -> Response:
        what = "unlocked" if off else "locked"
        return done(request.scope, words, what, lambda by: access.accounts.lock(name, locked=not off, by=by))

    @router.post(f"{ADMIN}/accounts/remove")
    def remove(request: Request, words: RequestedLanguage, name: Text = "") -> Response:
        return done(request.scope, words, "removed", lambda by: access.accounts.remove(name, by=by))

    @router.post(f"{ADMIN}/keys")
    def create_key(
        request: Request, words: RequestedLanguage, role: Text = "", note: Text = "", days: Text = ""
    ) -> Response:
        try:
            key, sent = access.keys.create(_key_role(role), note, days=_days(days), maker=caller_of(request.scope).name)
        except InputError as error:
            typed = {"role": role, "note": note, "days": days}
            return _page(access, request.scope, words, wrong=error, form="key", typed=typed)
        return _page(access, request.scope, words, made=(key.id, sent))

    @router.post(f"{ADMIN}/keys/revoke")
    def revoke(request: Request, words: RequestedLanguage, id: Text = "") -> Response:  # noqa: A002
        return done(request.scope, words, "revoked", lambda by: access.keys.revoke(id, by=by))

    return router


def _key_role(typed: str) -> Role:
    return Role.PUBLIC if typed == Role.PUBLIC else account_role(typed)


def _days(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not typed.strip().isdecimal():
        raise InputError("有效天数请写数字，不填则长期有效。Give the days as a number, or none for ever.", "days")
    return int(typed.strip()[:9])


def _page(
    access: Access,
    scope: Scope,
    words: Messages,
    *,
    done: str = "",
    wrong: InputError | None = None,
    form: str = "",
    typed: Mapping[str, str] = _NOTHING,
    made: tuple[str, str] | None = None,
) -> HTMLResponse:
    accounts, me = access.accounts.all(), caller_of(scope).name
    html = render(
        "signin/admin.html",
        words,
        accounts=accounts,
        keys=access.keys.all(),
        made=made,
        me=me,
        account=with_language(ACCOUNT, words),
        now=utc_now(),
        roles=list(Role),
        shortest=SHORTEST,
        longest=LONGEST,
        done=done if done in _DONE else "",
        fault=in_language(wrong, words) if wrong else "",
        fault_at=f"{form}.{wrong.field}" if wrong else "",
        beside=(*_FIELDS, *(f"of-{one.name}.password" for one in accounts if one.name != me)),
        typed={form: typed},
        at=lambda path: with_language(f"{ADMIN}{path}", words),
        switch=lambda other: with_language(ADMIN, other),
    )
    return HTMLResponse(html, _UNREADABLE if wrong else 200, headers=NO_STORE)
