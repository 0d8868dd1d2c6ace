"""`/m/{id}`, a matter at its short address, made for a telephone at a door, and `/plates`, sheets of plates."""

from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from assistant.composition.answer_blocks import name_of
from assistant.messages import Messages
from assistant.replies.validity import not_in_force
from assistant.service import Assistant
from corpus.errors import NotFoundError
from corpus.validity import today
from ui.chat.answer_view import ask_url
from ui.clause.page import clause_url
from ui.document.page import title_of
from ui.page.languages import RequestedLanguage, page_url
from ui.page.templates import render
from ui.plate.address import PLATES_PATH, plate_url, plates_url
from ui.plate.choosing import Choice, chosen
from ui.plate.plate import Plate, ids_of, plate_of

A_SHEET = 8
_SHEETS = 10  # on one page; a code takes 5 ms to draw


def plate_pages(assistant: Assistant) -> APIRouter:
    """The routes `/m/{id}` and `/plates`; not part of the API, so absent from its description."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/m/{id_}")
    def plate_page(request: Request, id_: str, words: RequestedLanguage) -> HTMLResponse:
        try:
            return HTMLResponse(_plate(request, assistant, id_, words))
        except NotFoundError:
            return HTMLResponse(_missing(id_, words, lambda other: plate_url(id_, other)), 404)

    @router.get(PLATES_PATH)
    def plates_page(
        request: Request, words: RequestedLanguage, choice: Annotated[Choice, Depends(_asked_for)], page: str = ""
    ) -> HTMLResponse:
        try:
            return HTMLResponse(_plates(request, assistant, choice, page, words))
        except NotFoundError:
            return HTMLResponse(_missing(choice.document or choice.event, words, plates_url), 404)

    return router


def _asked_for(document: str = "", event: str = "", place: str = "", parts: str = "") -> Choice:
    return Choice(document, event, place, parts=bool(parts))


def _plate(request: Request, assistant: Assistant, id_: str, words: Messages) -> str:
    """The page of one matter. Raises NotFoundError."""
    corpus, day = assistant.corpus, today()
    clause, part = corpus.find(id_)
    plate = plate_of(request, corpus, id_, words, day)
    record = corpus.plain.get(id_)
    where = next((place for place in clause.jurisdiction if place in corpus.places), "")
    asked = corpus.plain.get(clause.id)
    return render(
        "plate/plate.html",
        words,
        plate=plate,
        record=record,
        text=(part or clause).text,
        not_in_force=not_in_force(clause.document_id, day, corpus, words, clause),
        offers=assistant.channels.beside(clause, part),
        clause=clause_url(id_, words=words),
        ask=ask_url(name_of(asked, words), words, where) if asked else page_url(words),
        switch=lambda other: plate_url(id_, other),
    )


def _plates(request: Request, assistant: Assistant, choice: Choice, page: str, words: Messages) -> str:
    """The sheets that are asked for. Raises NotFoundError for a document or event that there is not."""
    corpus, day = assistant.corpus, today()
    found = chosen(choice, assistant, day)
    ids = ids_of(found.clauses, parts=choice.parts)
    on_a_page = A_SHEET * _SHEETS
    pages = max(1, -(-len(ids) // on_a_page))
    number = min(int(page), pages) if page.isascii() and page.isdigit() and 0 < len(page) < 6 and int(page) else 1
    shown = [plate_of(request, corpus, id_, words, day) for id_ in ids[(number - 1) * on_a_page : number * on_a_page]]

    def at(other: Messages, to: int = number) -> str:
        by = choice
        return plates_url(other, document=by.document, event=by.event, place=by.place, parts=by.parts, page=to)

    return render(
        "plate/plates.html",
        words,
        choice=choice,
        count=len(ids),
        left_out=found.left_out,
        sheets=_sheets(shown),
        has_codes=not shown or shown[0].code is not None,
        number=number,
        pages=pages,
        documents=[(one.id, title_of(one, words)) for one in corpus.browsable.documents],
        events=assistant.services.events,
        places=corpus.places,
        at=at,
        switch=at,
    )


def _sheets(plates: Sequence[Plate]) -> list[Sequence[Plate]]:
    return [plates[at : at + A_SHEET] for at in range(0, len(plates), A_SHEET)]


def _missing(id_: str, words: Messages, switch: Callable[[Messages], str]) -> str:
    """That there is nothing of this id."""
    return render("plate/missing.html", words, id=id_, plates=plates_url(words), switch=switch)
