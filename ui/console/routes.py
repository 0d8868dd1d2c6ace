"""The hotline agents' console at `/agent`: a page, and the pieces of HTML that its script puts in place.

Everything is rendered here, where every value is escaped; the script decides only when to ask, and what has the focus.
What a caller says is sent in the body of a request: an address would be left behind in the logs of proxies.
"""

from collections.abc import Callable
from typing import Literal, Protocol

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.requests import Text
from assistant.feedback.store import Verdict
from assistant.messages import Messages, languages
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits, check_text
from assistant.service import Assistant
from corpus.corpus import Corpus
from corpus.errors import InputError
from ui.clause.marking import paragraphs
from ui.clause.page import clause_url, neighbours
from ui.console.clause_view import ClauseView, clause_view
from ui.console.finding import Finding, finding
from ui.console.inquiry import Inquiries, Query
from ui.console.keys import KEYS
from ui.console.matters import Counts, Matters
from ui.console.note import FIELDS
from ui.console.notes import NOWHERE, Sending, note_router
from ui.page.languages import RequestedLanguage, language, with_language
from ui.page.templates import render


class Feedback(Counts, Protocol):
    """Where the agents' marks go, and where it is counted what is asked."""

    @property
    def is_kept(self) -> bool:
        """Whether anything is kept at all; without, no conversation is handed over."""

    def mark(self, *, question: str, clause_id: str | None, verdict: Verdict, index_version: str) -> str | None:
        """Keep that this clause is wrong or outdated for the question, or that one is missing (None).

        By what is returned it can be taken back; None where it was not kept.
        """

    def take_back(self, mark_id: str) -> bool:
        """Make a mark as if it had not been made; False where there is none."""


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RowsRequest(_Body):
    """What the caller asks, which question of it is looked at, the filters, and the language of the page.

    `clause` is one whose name was chosen rather than typed.
    """

    q: Text
    need: int = Field(default=0, ge=0)
    place: Text = ""
    document: Text = ""
    clause: Text = ""
    lang: Text = ""

    @property
    def query(self) -> Query:
        return Query(self.q, self.place, self.document, self.clause)


class ClauseRequest(RowsRequest):
    """The same, and the clause to open."""

    id: Text


class Rows(BaseModel):
    """HTML of the verdicts and rows, and of what is shown beside them; the question that they answer, and its proof."""

    rows: str
    clause: str
    question: str
    proof: str


class OpenedClause(BaseModel):
    """HTML of one clause."""

    clause: str


class Mark(_Body):
    """What an agent says of a clause as the answer to a question, or of the documents."""

    question: Text
    proof: Text = ""  # that it was asked; of `Rows`
    clause_id: Text | None = None
    verdict: Literal[Verdict.WRONG, Verdict.OUTDATED, Verdict.MISSING]


class Marked(BaseModel):
    """By what a mark can be taken back; nothing where it was not kept, as where the operator keeps no feedback."""

    mark: str | None


class TakingBack(_Body):
    """A mark to be taken back."""

    mark: str = Field(pattern="^[0-9a-f]{32}$")


class TakenBack(BaseModel):
    """Whether there was such a mark."""

    taken_back: bool


_NOT_ASKED = "只能评价查过的问题，请先查询。Only a question that was asked can be marked: look it up first."
_PRIVATE = {"Cache-Control": "no-store"}  # what was asked is not left behind in the browser


def console_router(
    assistant: Assistant,
    feedback: Feedback,
    limits: RequestLimits = DEFAULT_LIMITS,
    sending: Sending = NOWHERE,
    is_off: Callable[[], bool] = lambda: False,
) -> APIRouter:
    """The page and its pieces; not part of the API, so absent from its description.

    `is_off`: whether the operator has switched the answers of the console off. Clauses are found and read all the same.
    """
    router = APIRouter(include_in_schema=False)
    inquiries = Inquiries(assistant)
    matters = Matters(assistant.corpus, feedback)

    @router.get("/agent")
    def page(words: RequestedLanguage) -> HTMLResponse:
        return HTMLResponse(_page(assistant.corpus, matters, limits, words, sending, hands_over=feedback.is_kept))

    @router.post("/agent/rows")
    def rows(request: RowsRequest, response: Response) -> Rows:
        response.headers.update(_PRIVATE)
        words = language(request.lang)
        found = [finding(one, assistant, words) for one in inquiries(request.query, words)]
        shown = found[min(request.need, len(found) - 1)]
        off = is_off() and shown.kind != "emergency"
        html = render("console/rows.html", words, findings=found, shown=shown, off=off)
        beside = "" if off else _beside(shown, assistant, words)
        question = shown.inquiry.question
        return Rows(rows=html, clause=beside, question=question, proof=assistant.proofs.of_question(question))

    @router.post("/agent/clause")
    def open_clause(request: ClauseRequest, response: Response) -> OpenedClause:
        response.headers.update(_PRIVATE)
        words = language(request.lang)
        found = inquiries(request.query, words)
        opened = clause_view(request.id, found[min(request.need, len(found) - 1)], assistant, words)
        return OpenedClause(clause=_clause(opened, assistant, words))

    @router.post("/agent/mark")
    def mark(said: Mark) -> Marked:
        check_text("question", said.question, limits.max_question)
        if not assistant.proofs.is_of_question(said.question, said.proof):
            raise InputError(_NOT_ASKED, "question")
        if said.clause_id is not None:
            assistant.corpus.clause(said.clause_id)
        kept = feedback.mark(
            question=said.question,
            clause_id=said.clause_id,
            verdict=said.verdict,
            index_version=assistant.index.version,
        )
        return Marked(mark=kept)

    @router.post("/agent/unmark")
    def take_back(said: TakingBack) -> TakenBack:
        return TakenBack(taken_back=feedback.take_back(said.mark))

    router.include_router(note_router(assistant, inquiries, sending))
    return router


def _page(
    corpus: Corpus, matters: Matters, limits: RequestLimits, words: Messages, sending: Sending, *, hands_over: bool
) -> str:
    documents = [
        (document.id, (document.number if words.code == languages()[0] else document.title_en) or document.title)
        for document in corpus.browsable.documents
    ]
    return render(
        "console/console.html",
        words,
        keys=[key for key in KEYS if hands_over or key.name != "handover"],
        calls=with_language("/agent/callbacks", words) if hands_over else None,
        note_fields=FIELDS,
        sends=sending.webhook is not None,
        why_not=sending.why_not == "unkept" and words("console.note.unkept"),
        max_question=limits.max_question,
        places=corpus.places,
        documents=documents,
        hot=matters.hot(words),
        chapters=matters.chapters(words),
        switch=lambda other: with_language("/agent", other),
    )


def _beside(shown: Finding, assistant: Assistant, words: Messages) -> str:
    """The clause that answers; without one, what can be said all the same."""
    if shown.opened:
        return _clause(shown.opened, assistant, words)
    if shown.script_lines:
        return render("console/spoken.html", words, shown=shown)
    return ""


def _clause(opened: ClauseView, assistant: Assistant, words: Messages) -> str:
    return render(
        "console/clause.html",
        words,
        opened=opened,
        paragraphs=paragraphs(opened.clause, opened.quotes),
        neighbours=[(key, one, paragraphs(one)) for key, one in neighbours(assistant.corpus, opened.clause)],
        permanent=clause_url(opened.clause.id, opened.quotes, words=words),
    )
