"""`/signin/oidc`: to the issuer and back."""

import logging
from urllib.parse import urlsplit

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from assistant.access.access import Access
from assistant.access.caller import address_of
from assistant.access.cookies import cookie_of, is_private, set_cookie
from assistant.access.issuer import COOKIE, SECONDS, Issuer, IssuerError, NotSignedInError, Person
from assistant.messages import Messages
from ui.page.languages import RequestedLanguage, with_language
from ui.page.root import under_root
from ui.signin.address import BACK, OIDC, SIGNIN, own_path
from ui.signin.routes import NO_STORE, SEE_OTHER, signed_in

_LOG = logging.getLogger(__name__)


def issuer_router(access: Access, issuer: Issuer) -> APIRouter:
    """The two routes of a sign-in by an issuer."""
    router, failed = APIRouter(include_in_schema=False), access.signing_in.failed

    @router.get(OIDC)
    async def begin(request: Request, words: RequestedLanguage, next: str = "") -> RedirectResponse:  # noqa: A002
        if not is_private(request.scope):
            return _again(words)
        try:
            response, remembered = await issuer.begin(request, _back(request), own_path(next))
        except IssuerError as error:
            _LOG.error("%s", error)
            return _again(words, "issuer")
        response.headers.update(NO_STORE)
        set_cookie(response, request.scope, remembered, SECONDS, COOKIE)
        return response

    @router.get(BACK)
    async def back(request: Request, words: RequestedLanguage) -> RedirectResponse:
        address = address_of(request.scope)
        try:
            person, then = await issuer.end(request, cookie_of(request.scope, COOKIE))
        except IssuerError as error:
            _LOG.error("%s", error)
            return _again(words, "issuer")
        except NotSignedInError as error:
            why = str(error)
            await to_thread.run_sync(lambda: failed(account="", address=address, means="oidc", why=why))
            return _again(words, "stale")
        return await to_thread.run_sync(lambda: _known(request, words, person, then))

    def _known(request: Request, words: Messages, person: Person, then: str) -> RedirectResponse:
        """Whom the issuer knows, let in where they have a role here. Waits for the database."""
        address = address_of(request.scope)
        if person.role is None:
            failed(account=person.name, address=address, means="oidc", why="no role")
            return _again(words, "nobody")
        access.audit("signin", account=person.name, address=address, means="oidc", role=str(person.role))
        response = signed_in(access, request, words, name=person.name, role=person.role, then=own_path(then))
        set_cookie(response, request.scope, "", 0, COOKIE)
        return response

    return router


def _back(request: Request) -> str:
    """The address of this site to which the issuer sends the browser back; it must be registered there."""
    here = urlsplit(str(request.url))
    return f"{here.scheme}://{here.netloc}{under_root(BACK)}"


def _again(words: Messages, fault: str = "") -> RedirectResponse:
    to = with_language(SIGNIN, words, (("fault", fault),) if fault else ())
    return RedirectResponse(to, SEE_OTHER, headers=NO_STORE)
