"""A clause as a page of its own: `/clause/{id}`, the address that a citation leads to and that can be passed on.

The page needs no script. What can be cited stands in its `<article id="clause">`; the chat fetches the same address
and shows that article beside the conversation, so that there is one rendering of a clause.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from assistant.api.links import clause_path
from assistant.channels.offered import Channels, Offered
from assistant.composition.citations import address_of
from assistant.guides.shown import shown_guide
from assistant.messages import Messages, languages
from assistant.replies.validity import key_of, mark, not_in_force
from corpus.clause import Clause, Document, Part
from corpus.corpus import Corpus
from corpus.errors import NotFoundError
from corpus.label import number_in
from corpus.records.services import Services
from corpus.validity import SET_ASIDE, Standing, Validity, today
from ui.clause.marking import Span, paragraphs
from ui.document.address import document_url
from ui.event.address import event_url
from ui.event.finding import events_of
from ui.page.languages import RequestedLanguage, with_language
from ui.page.templates import render
from ui.plate.address import plate_url

_QUOTE = re.compile(r"(\d{1,9})-(\d{1,9})")
_NO_SERVICES = Services()


def clause_pages(corpus: Corpus, services: Services = _NO_SERVICES, channels: Channels | None = None) -> APIRouter:
    """The route `/clause/{id}`, for clauses and parts alike; not part of the API, so absent from its description.

    With `services` a clause names the life events that it belongs to and has its guide, with `channels` where to turn.
    """
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/clause/{id_}")
    def clause_page(
        id_: str, words: RequestedLanguage, quotes: Annotated[Sequence[str], Query(alias="quote")] = ()
    ) -> HTMLResponse:
        try:
            clause, part = corpus.find(id_)
        except NotFoundError:
            return HTMLResponse(_missing_page(corpus, id_, words), 404)
        offers = channels.beside(clause) if channels else ()
        return HTMLResponse(_page(corpus, clause, part, quotes, words, services=services, offers=offers))

    return router


def clause_url(id_: str, quotes: Iterable[Span] = (), *, words: Messages) -> str:
    """The address of a clause or part with these stretches of its document marked, in the language of `words`."""
    return with_language(clause_path(id_), words, tuple(("quote", f"{start}-{end}") for start, end in quotes))


def neighbours(corpus: Corpus, clause: Clause) -> Iterator[tuple[str, Clause]]:
    """The clauses before and after in the same document, each under the key of what it is called."""
    for key, step in (("clause.previous", -1), ("clause.next", 1)):
        if beside := corpus.neighbour(clause, step):
            yield key, beside


def _page(
    corpus: Corpus,
    clause: Clause,
    part: Part | None,
    quotes: Sequence[str],
    words: Messages,
    *,
    services: Services,
    offers: Sequence[Offered],
) -> str:
    document, day = corpus.document(clause.document_id), today()
    set_aside = corpus.validities.of(document.id, day).status in SET_ASIDE
    in_place = corpus.successions.clause_in_place_of(clause, day) if set_aside else None
    spans = [(int(m[1]), int(m[2])) for m in map(_QUOTE.fullmatch, quotes) if m]
    here = part.id if part else clause.id
    marked = spans if quotes else []
    if part and not spans:
        spans = [(part.start, part.end)]
    return render(
        "clause/clause.html",
        words,
        document=document,
        clause=clause,
        record=corpus.plain.get(clause.id),
        part_record=corpus.plain.get(part.id) if part else None,
        not_in_force=not_in_force(document.id, day, corpus, words, clause),
        in_place=in_place,
        in_place_record=corpus.plain.get(in_place.id) if in_place else None,
        in_place_text=paragraphs(in_place) if in_place else [],
        facts=list(_facts(document, clause, words, corpus.validities.of(document.id, day))),
        paragraphs=paragraphs(clause, spans),
        address=address_of(document, clause, words, part) + mark(document.id, day, corpus, words),
        neighbours=[
            (key, other, corpus.plain.get(other.id), paragraphs(other)) for key, other in neighbours(corpus, clause)
        ],
        offers=offers,
        guide=shown_guide(services.guide_by_clause.get(clause.id), words),
        events=events_of(clause, services.events),
        event_url=event_url,
        plate=plate_url(here, words),
        in_chinese=words.code == languages()[0],
        url=clause_url,
        number_of=lambda one: number_in(document, one, words.code),
        document_url=document_url,
        here=clause_url(here, marked, words=words),
        switch=lambda other: clause_url(here, marked, words=other),
    )


def _missing_page(corpus: Corpus, id_: str, words: Messages) -> str:
    """That there is no such clause, with each document's first one to begin reading at."""
    first = {clause.document_id: clause for clause in reversed(corpus.browsable.clauses)}
    return render(
        "clause/missing.html",
        words,
        id=id_,
        first=[(document, first[document.id]) for document in corpus.browsable.documents if document.id in first],
        url=clause_url,
        switch=lambda other: clause_url(id_, words=other),
    )


def _facts(document: Document, clause: Clause, words: Messages, validity: Validity) -> Iterator[tuple[str, str]]:
    """What the corpus knows, under the key of what it is called; what it does not know is left out."""
    known = {
        "document": document.title,
        "title_en": document.title_en if words.code != languages()[0] else None,
        "number": document.number,
        "issuer": document.issuer,
        "places": words.places(clause.jurisdiction),
        "issued": document.issued and words.day(document.issued),
        "status": None if validity.status is Standing.UNSTATED else words(f"document.status.{key_of(validity)}"),
        "path": " › ".join(clause.path),
    }
    return ((f"clause.fact.{name}", value) for name, value in known.items() if value)
