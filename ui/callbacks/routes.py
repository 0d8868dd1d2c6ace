"""`/agent/callbacks`: the calls owed to citizens, in forms without script; and the conversation behind a code.

Nobody is asked who they are: whoever includes this router sees to it that only the office reaches it, from its own
pages (assistant/access/gate.py).
"""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.access.caller import caller_of
from assistant.api.handover import CODE, NO_STORE, keeping_count
from assistant.handover.store import Handovers
from assistant.messages import Messages
from assistant.service import Assistant
from corpus.errors import NotFoundError
from ui.callbacks.view import call_view, handover_view
from ui.page.languages import RequestedLanguage, language, with_language
from ui.page.templates import render

PAGE, READ = "/agent/callbacks", "/agent/handover"
_SEE_OTHER, _NOT_FOUND = 303, 404
_DONE = ("called", "missed")

Id = Annotated[str, Form(alias="id", max_length=64)]


class CodeIn(BaseModel):
    """A code as an agent types it, and the language of the page."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(pattern=CODE)
    lang: str = ""


class Opened(BaseModel):
    """HTML of a conversation."""

    handover: str


def callback_pages(current: Callable[[], Assistant], handovers: Handovers) -> APIRouter:
    """List, conversation and piece for the console; not part of the API, so absent from its description."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get(PAGE)
    def listed(words: RequestedLanguage, done: str = "") -> HTMLResponse:
        return _list(handovers, words, done=done if done in _DONE else "")

    @router.post(f"{PAGE}/called")
    def called(words: RequestedLanguage, call: Id) -> Response:
        return _marked(handovers, words, "called", lambda: handovers.called(call))

    @router.post(f"{PAGE}/missed")
    def missed(words: RequestedLanguage, call: Id) -> Response:
        return _marked(handovers, words, "missed", lambda: handovers.missed(call))

    @router.get(f"{PAGE}/{{call_id}}")
    def one(call_id: str, words: RequestedLanguage) -> HTMLResponse:
        try:
            owed = handovers.owed(call_id)
        except NotFoundError:
            return _list(handovers, words, fault=words("handover.gone"))
        view = handover_view(owed, current().corpus, words)
        html = render(
            "callbacks/conversation.html",
            words,
            one=view,
            home=with_language(PAGE, words),
            switch=lambda other: with_language(f"{PAGE}/{owed.id}", other),
        )
        return HTMLResponse(html, headers=NO_STORE)

    @router.post(READ, response_model=Opened, response_class=JSONResponse)
    def read(typed: CodeIn, request: Request, response: Response) -> object:
        response.headers.update(NO_STORE)
        words = language(typed.lang)

        def opened() -> Opened:
            view = handover_view(
                handovers.read(typed.code, caller_of(request.scope).counted_by), current().corpus, words
            )
            return Opened(handover=render("callbacks/handover.html", words, one=view, in_console=True))

        return keeping_count(opened)

    return router


def _marked(handovers: Handovers, words: Messages, done: str, act: Callable[[], None]) -> Response:
    """Do it and go back to the list, or show the list and that somebody else was faster."""
    try:
        act()
    except NotFoundError:
        return _list(handovers, words, fault=words("handover.gone"))
    return RedirectResponse(with_language(PAGE, words, (("done", done),)), _SEE_OTHER)


def _list(handovers: Handovers, words: Messages, *, done: str = "", fault: str = "") -> HTMLResponse:
    today = handovers.today()
    owed = handovers.calls()
    days = [one.call.day if one.call else today for one in owed]
    views = [call_view(one, words) for one in owed]
    html = render(
        "callbacks/list.html",
        words,
        day=words.day(today),
        now=[view for view, day in zip(views, days, strict=True) if day <= today],
        later=[view for view, day in zip(views, days, strict=True) if day > today],
        done=done,
        fault=fault,
        at=lambda path: with_language(f"{PAGE}{path}", words),
        console=with_language("/agent", words),
        switch=lambda other: with_language(PAGE, other),
    )
    return HTMLResponse(html, _NOT_FOUND if fault else 200, headers=NO_STORE)
