"""A document as a page of its own: `/document/{id}`, with its facts, its contents and its whole text.

The page needs no script: the contents are narrowed by a form. With one they are narrowed while somebody types.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from assistant.messages import Messages
from assistant.replies.validity import not_in_force
from corpus.clause import Clause, Document
from corpus.contents import Entry, Heading, contents
from corpus.corpus import Corpus
from corpus.errors import NotFoundError
from corpus.label import number_in
from corpus.records.record import PlainRecord
from corpus.validity import today
from ui.clause.page import clause_url
from ui.document.address import document_url, own_address, qr_code
from ui.document.facts import document_facts
from ui.document.narrowing import (
    MOST_WORDS,
    Narrowing,
    applies_in,
    audiences_of,
    audiences_to_choose,
    more_words,
    narrowed,
    places_to_choose,
)
from ui.document.reading import Article, Grid, Line, Rows, Title, pieces
from ui.page.languages import RequestedLanguage
from ui.page.templates import render

_KEPT = 64  # pages, of some 100 kB each: making one takes ten times as long as an answer
_KINDS = {Line: "line", Grid: "grid", Title: "title", Article: "article", Rows: "rows"}


@dataclass(frozen=True, slots=True)
class ClauseEntry:
    """A clause in the contents."""

    clause: Clause
    number: str
    record: PlainRecord | None
    url: str
    anchor: str  # of its text in the page
    places: tuple[str, ...]  # where it applies, if not wherever the document does
    applies: tuple[str, ...]  # of the places to choose from, those where it applies
    audiences: tuple[str, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides how a page looks, beside the documents."""

    id: str
    by: Narrowing
    address: str | None
    words: Messages
    today: date


def document_pages(corpus: Corpus) -> APIRouter:
    """The route `/document/{id}`; not part of the API, so absent from its description."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    page = lru_cache(_KEPT)(partial(_page, corpus))

    @router.get("/document/{id_}")
    def document_page(
        request: Request, id_: str, words: RequestedLanguage, by: Annotated[Narrowing, Depends(_asked_for)]
    ) -> HTMLResponse:
        address = own_address(request, document_url(id_, words))
        try:
            return HTMLResponse(page(Asked(id_, by, address, words, today())))
        except NotFoundError:
            return HTMLResponse(_missing_page(corpus, id_, words), 404)

    return router


def _asked_for(q: str = "", place: str = "", audience: str = "") -> Narrowing:
    return Narrowing(q[:MOST_WORDS], place[:MOST_WORDS], audience[:MOST_WORDS])


def _page(corpus: Corpus, asked: Asked) -> str:
    """The page as it stands on this day. Raises NotFoundError."""
    document, by, words = corpus.document(asked.id), asked.by, asked.words
    clauses = corpus.clauses_of(document.id)
    shown = narrowed(clauses, by, corpus) if by.narrows else clauses
    places, entries = places_to_choose(clauses), contents(clauses)
    anchors = {clause.id: anchor_of(clause) for clause in clauses}

    def entry(clause: Clause) -> ClauseEntry:
        return ClauseEntry(
            clause=clause,
            number=number_in(document, clause, words.code),
            record=corpus.plain.get(clause.id),
            url=clause_url(clause.id, words=words),
            anchor=anchors[clause.id],
            places=clause.jurisdiction if clause.jurisdiction != document.jurisdiction else (),
            applies=tuple(place for place in places if applies_in(clause, place)),
            audiences=audiences_of(clause),
            more=more_words(clause, corpus),
        )

    return render(
        "document/document.html",
        words,
        document=document,
        title=title_of(document, words),
        facts=document_facts(document, clauses, entries, words, corpus.validities.of(document.id, asked.today)),
        not_in_force=not_in_force(document.id, asked.today, corpus, words),
        entries=_kept(entries, frozenset(clause.id for clause in shown)),
        is_heading=lambda one: isinstance(one, Heading),
        entry=entry,
        count=len(clauses),
        shown_count=len(shown),
        by=by,
        places=places,
        audiences=audiences_to_choose(clauses),
        pieces=[(_KINDS[type(piece)], piece) for piece in pieces(document, entries)],
        kind_of=lambda piece: _KINDS[type(piece)],
        anchors=anchors,
        url=clause_url,
        address=asked.address,
        code=qr_code(asked.address) if asked.address else None,
        here=document_url(document.id, words),
        switch=lambda other: document_url(document.id, other),
    )


def _missing_page(corpus: Corpus, id_: str, words: Messages) -> str:
    """That there is no such document, with those that there are."""
    return render(
        "document/missing.html",
        words,
        id=id_,
        held=[(document_url(one.id, words), title_of(one, words), one) for one in corpus.browsable.documents],
        switch=lambda other: document_url(id_, other),
    )


def _kept(entries: Sequence[Entry], ids: frozenset[str]) -> tuple[Entry, ...]:
    """The tree without the clauses that are not among these, and without headings that are left with none."""
    kept: list[Entry] = []
    for entry in entries:
        if not isinstance(entry, Heading):
            kept += [entry] if entry.id in ids else []
        elif inside := _kept(entry.entries, ids):
            kept.append(Heading(entry.text, entry.position, inside))
    return tuple(kept)


def title_of(document: Document, words: Messages) -> str:
    """The title without the marks around it, in the language of the page where there is one."""
    return document.title if words.is_chinese else document.title_en or document.title


def anchor_of(clause: Clause) -> str:
    """The name of the clause's place in the page: its number path, which no other clause of the document has."""
    return f"c-{clause.id.removeprefix(clause.document_id).lstrip(':')}"
