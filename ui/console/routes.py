"""The hotline agents' console at `/agent`: a page, and the pieces of HTML that its script puts in place.

Everything is rendered here, where every value is escaped; the script decides only when to ask, and what has the focus.
What a caller says is sent in the body of a request: an address would be left behind in the logs of proxies.
"""

from typing import Literal, Protocol

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict

from assistant.api.requests import Text
from assistant.feedback.store import Verdict
from assistant.messages import Messages, languages
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits, check_text
from assistant.retrieval.result import Lookup
from assistant.service import Assistant
from ui.clause.marking import paragraphs
from ui.clause.page import clause_url, neighbours
from ui.console.clause_view import clause_view
from ui.console.keys import KEYS
from ui.console.lookup import LookupQuery, Lookups, lookup_view
from ui.page.languages import RequestedLanguage, language, with_language
from ui.page.templates import render


class Marks(Protocol):
    """Where the agents' marks go."""

    def mark(self, *, question: str, clause_id: str | None, verdict: Verdict, index_version: str) -> bool:
        """Keep that this clause is wrong or outdated for the question, or that one is missing (None); False if not."""


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LookupRequest(_Body):
    """What the caller asks, the filters, and the language of the page."""

    q: Text
    place: Text = ""
    document: Text = ""
    lang: Text = ""

    @property
    def query(self) -> LookupQuery:
        return LookupQuery(self.q, self.place, self.document)


class ClauseRequest(LookupRequest):
    """The same, and the clause to open."""

    id: Text


class LookedUp(BaseModel):
    """HTML of the rows, and of the clause that the first of them opens; empty where there is none."""

    rows: str
    clause: str


class OpenedClause(BaseModel):
    """HTML of one clause."""

    clause: str


class Mark(_Body):
    """What an agent says of a clause as the answer to a question, or of the documents."""

    question: Text
    clause_id: Text | None = None
    verdict: Literal[Verdict.WRONG, Verdict.OUTDATED, Verdict.MISSING]


class Marked(BaseModel):
    """Whether a mark was kept; it is not where the operator keeps no feedback."""

    kept: bool


_PRIVATE = {"Cache-Control": "no-store"}  # what was asked is not left behind in the browser


def console_router(assistant: Assistant, marks: Marks, limits: RequestLimits = DEFAULT_LIMITS) -> APIRouter:
    """The page and its pieces; not part of the API, so absent from its description."""
    router = APIRouter(prefix="/agent", include_in_schema=False)
    lookups = Lookups(assistant)

    @router.get("")
    def page(words: RequestedLanguage) -> HTMLResponse:
        return HTMLResponse(_page(assistant, limits, words))

    @router.post("/lookup")
    def look_up(request: LookupRequest, response: Response) -> LookedUp:
        response.headers.update(_PRIVATE)
        words, lookup = language(request.lang), lookups(request.query)
        view = lookup_view(lookup, assistant, words)
        rows = render("console/rows.html", words, found=view)
        first = view.rows[0].clause.id if view.rows else None
        return LookedUp(rows=rows, clause=_clause(first, lookup, assistant, words) if first else "")

    @router.post("/clause")
    def open_clause(request: ClauseRequest, response: Response) -> OpenedClause:
        response.headers.update(_PRIVATE)
        html = _clause(request.id, lookups(request.query), assistant, language(request.lang))
        return OpenedClause(clause=html)

    @router.post("/mark")
    def mark(said: Mark) -> Marked:
        check_text("question", said.question, limits.max_question)
        if said.clause_id is not None:
            assistant.corpus.clause(said.clause_id)
        kept = marks.mark(
            question=said.question,
            clause_id=said.clause_id,
            verdict=said.verdict,
            index_version=assistant.index.version,
        )
        return Marked(kept=kept)

    return router


def _page(assistant: Assistant, limits: RequestLimits, words: Messages) -> str:
    documents = [
        (document.id, (document.number if words.code == languages()[0] else document.title_en) or document.title)
        for document in assistant.corpus.documents
    ]
    return render(
        "console/console.html",
        words,
        keys=KEYS,
        max_question=limits.max_question,
        places=assistant.corpus.places,
        documents=documents,
        switch=lambda other: with_language("/agent", other),
    )


def _clause(clause_id: str, lookup: Lookup, assistant: Assistant, words: Messages) -> str:
    view = clause_view(clause_id, lookup, assistant, words)
    return render(
        "console/clause.html",
        words,
        opened=view,
        paragraphs=paragraphs(view.clause, view.quotes),
        neighbours=[(key, one, paragraphs(one)) for key, one in neighbours(assistant.corpus, view.clause)],
        permanent=clause_url(view.clause.id, view.quotes, words=words),
    )
