"""`/event`, all life events and where in them a matter stands, and `/event/{id}`, one of them step by step.

The pages need no script; with one, the steps are read aloud where the reader's device can.
"""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.messages import Messages
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits, check_text
from assistant.service import Assistant
from corpus.errors import InputError, NotFoundError
from corpus.records.events import Event
from corpus.validity import today
from ui.chat.answer_view import ask_url
from ui.document.address import own_address, qr_code
from ui.document.narrowing import applies_in
from ui.event.address import EVENTS_PATH, event_url, events_url
from ui.event.elsewhere import Elsewhere
from ui.event.finding import find_steps
from ui.event.paper import print_size
from ui.event.steps import step_name, steps_of
from ui.page.languages import RequestedLanguage
from ui.page.templates import render
from ui.plate.address import plates_url


def event_pages(assistant: Assistant, limits: RequestLimits = DEFAULT_LIMITS) -> APIRouter:
    """The routes `/event` and `/event/{id}`; not part of the API, so absent from its description."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    elsewhere = Elsewhere(assistant)

    @router.get(EVENTS_PATH)
    def events_page(words: RequestedLanguage, q: str = "") -> HTMLResponse:
        question = q.strip()
        try:
            check_text("q", question, limits.max_question)
            return HTMLResponse(_list(assistant, question, words))
        except InputError:
            fault = words("compare.unreadable", most=limits.max_question)
            return HTMLResponse(_list(assistant, "", words, fault=fault), 422)

    @router.get(f"{EVENTS_PATH}/{{id_}}")
    def event_page(request: Request, id_: str, words: RequestedLanguage, place: str = "") -> HTMLResponse:
        try:
            event = assistant.services.event(id_)
        except NotFoundError:
            return HTMLResponse(_list(assistant, "", words, missing=id_), 404)
        return HTMLResponse(
            _page(assistant, event, words, request=request, place=elsewhere.place(place), elsewhere=elsewhere)
        )

    return router


def _list(assistant: Assistant, question: str, words: Messages, *, fault: str = "", missing: str = "") -> str:
    """All events; with a question the steps that fit it before them. Raises InputError for one that is unreadable."""
    return render(
        "event/events.html",
        words,
        events=assistant.services.events,
        question=question,
        found=find_steps(question, assistant) if question else (),
        plain=assistant.corpus.plain,
        fault=fault,
        missing=missing,
        max_question=assistant.settings.max_question,
        url=event_url,
        step_name=step_name,
        ask_url=ask_url,
        switch=lambda other: events_url(other, question),
    )


def _page(
    assistant: Assistant, event: Event, words: Messages, *, request: Request, place: str, elsewhere: Elsewhere
) -> str:
    corpus = assistant.corpus
    held = bool(place) and elsewhere.is_held(place)
    clauses = [corpus.clause(id_) for id_ in event.clauses]
    address = own_address(request, event_url(event.id, words, place))
    steps = steps_of(event, corpus, words, today(), place=place if held else "", elsewhere=elsewhere)
    return render(
        "event/event.html",
        words,
        event=event,
        name=event.name if words.is_chinese else event.name_en,
        who=event.who if words.is_chinese else event.who_en,
        steps=steps,
        print_size=print_size(steps, words),
        place=place,
        held=held,
        none_there=held and not any(applies_in(clause, place) for clause in clauses),
        places=tuple(dict.fromkeys((*corpus.places, *((place,) if place else ())))),
        today=today(),
        address=address,
        code=qr_code(address) if address else None,
        here=event_url(event.id, words, place),
        all_events=events_url(words),
        plates=plates_url(words, event=event.id, place=place if held else ""),
        switch=lambda other: event_url(event.id, other, place),
    )
