"""`/overview`: the manager's page, and its figures as CSV. A form chooses weeks and place; no script is needed."""

import io
from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from assistant.feedback.disclosure import LEAST
from assistant.feedback.statistics import Figures, Span, read_figures
from assistant.feedback.store import FeedbackStore
from assistant.messages import Messages
from assistant.service import Assistant
from corpus.corpus import Corpus
from corpus.errors import InputError
from corpus.validity import today
from ui.cli.spreadsheet import write_rows
from ui.overview.chart import HEIGHT, TOP
from ui.overview.spans import asked_span, default_span
from ui.overview.view import CSV_NAMES, charts, csv_rows, matter, number, rate
from ui.page.languages import RequestedLanguage, with_language
from ui.page.templates import render

PAGE, CSV = "/overview", "/overview/figures.csv"
_MOST = 60  # characters of a place
_NO_STORE = {"Cache-Control": "no-store"}
_UNREADABLE = 422

From = Annotated[str, Query(alias="from")]


def overview_router(current: Callable[[], Assistant], feedback: FeedbackStore) -> APIRouter:
    """The page and its CSV over what `feedback` keeps; matters have the names that the `current` corpus gives them.

    Not part of the API, so absent from its description. It asks nobody who they are.
    """
    router = APIRouter(include_in_schema=False)

    def figures(span: Span, place: str) -> Figures | None:
        return read_figures(feedback.database, span, place or None) if feedback.database else None

    @router.get(PAGE)
    def page(words: RequestedLanguage, first: From = "", to: str = "", place: str = "") -> HTMLResponse:
        place, fault, status = place.strip()[:_MOST], "", 200
        try:
            span = asked_span(first, to, today(), words)
        except InputError as error:
            span, fault, status = default_span(today()), str(error), _UNREADABLE
        html = _page(current().corpus, figures(span, place), span, words, place=place, fault=fault)
        return HTMLResponse(html, status, headers=_NO_STORE)

    @router.get(CSV)
    def csv(words: RequestedLanguage, first: From = "", to: str = "", place: str = "") -> Response:
        """Raises InputError for a span that cannot be."""
        span = asked_span(first, to, today(), words)
        found = figures(span, place.strip()[:_MOST])
        table = io.StringIO(newline="")
        write_rows(CSV_NAMES, csv_rows(found) if found else (), table)
        name = f"overview-{span.first}-{span.end}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', **_NO_STORE}
        return Response(table.getvalue().encode("utf-8-sig"), media_type="text/csv", headers=headers)

    return router


def _page(corpus: Corpus, figures: Figures | None, span: Span, words: Messages, *, place: str, fault: str) -> str:
    chosen = (("from", span.first.isoformat()), ("to", span.end.isoformat()), *((("place", place),) if place else ()))
    return render(
        "overview/overview.html",
        words,
        figures=figures,
        span=span,
        place=place,
        fault=fault,
        places=tuple(dict.fromkeys((*corpus.places, *((place,) if place else ())))),
        charts=charts(figures, words) if figures else None,
        matters=[matter(one, corpus, words) for one in figures.cited] if figures else [],
        number=partial(number, words=words),
        rate=partial(rate, words=words),
        least=LEAST,
        unfinished=span.end >= today(),
        height=HEIGHT,
        top=TOP,
        csv=with_language(CSV, words, chosen),
        switch=lambda other: with_language(PAGE, other, chosen),
    )
