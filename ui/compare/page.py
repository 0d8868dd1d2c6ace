"""`/compare?q=…`: what each place says on one matter, a column a place. A form, so that no script is needed."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from assistant.composition.citations import address_of
from assistant.messages import Messages
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits, check_text
from assistant.service import Assistant
from corpus.errors import InputError
from ui.chat.answer_view import ask_url
from ui.clause.page import clause_url
from ui.compare.address import COMPARE_PATH, compare_url
from ui.compare.columns import MOST_PLACES, Comparison, Found, compare
from ui.document.narrowing import applies_in
from ui.page.languages import RequestedLanguage
from ui.page.templates import render


def compare_page(assistant: Assistant, limits: RequestLimits = DEFAULT_LIMITS) -> APIRouter:
    """The route `/compare`; not part of the API, so absent from its description."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get(COMPARE_PATH)
    def compare_places(
        words: RequestedLanguage, q: str = "", places: Annotated[Sequence[str], Query(alias="place")] = ()
    ) -> HTMLResponse:
        question, chosen = q.strip(), tuple(places[: limits.max_limit])
        try:
            check_text("q", question, limits.max_question)
            found = compare(question, chosen, assistant, words) if question else None
        except InputError:
            fault = words("compare.unreadable", most=limits.max_question)
            return HTMLResponse(_page(assistant, words, chosen=chosen, fault=fault), 422)
        return HTMLResponse(_page(assistant, words, question, chosen, found))

    return router


def _page(
    assistant: Assistant,
    words: Messages,
    question: str = "",
    chosen: Sequence[str] = (),
    found: Comparison | None = None,
    *,
    fault: str = "",
) -> str:
    corpus = assistant.corpus
    looked_at = (*(column.place for column in found.columns), *found.silent) if found else tuple(chosen)

    def quotes_url(one: Found) -> str:
        return clause_url(one.clause.id, [(quote.start, quote.end) for quote in one.citations], words=words)

    def address(one: Found) -> str:
        only = one.citations[0].part_id if len(one.citations) == 1 else None
        return address_of(one.document, one.clause, words, corpus.find(only)[1] if only else None)

    return render(
        "compare/compare.html",
        words,
        question=question,
        found=found,
        fault=fault,
        places=tuple(dict.fromkeys((*looked_at, *corpus.places))),
        chosen=chosen,
        is_held=lambda place: any(
            clause.jurisdiction and applies_in(clause, place) for clause in corpus.browsable.clauses
        ),
        ticked=frozenset(looked_at),
        most=MOST_PLACES,
        max_question=assistant.settings.max_question,
        quotes_url=quotes_url,
        address=address,
        ask_url=ask_url,
        switch=lambda other: compare_url(question, other, chosen),
    )
