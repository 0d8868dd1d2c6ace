"""The routes of the work-order note: it is made, sent to the office's own system where one is set, and followed."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.access.local import is_loopback
from assistant.api.problems import ProblemType, problem
from assistant.api.requests import Text
from assistant.feedback.store import FeedbackStore
from assistant.messages import languages, messages
from assistant.operations.outbox import Outbox
from assistant.operations.webhook import FullError, Message, Webhook
from assistant.service import Assistant
from assistant.settings import PREFIX, Settings
from corpus.clock import Clock, china_now
from ui.console.clause_view import clause_view
from ui.console.finding import finding
from ui.console.inquiry import Inquiries, Query
from ui.console.note import Note, make_note, masked, note_text
from ui.page.languages import language

KIND = "note"  # of the messages
_LOG = logging.getLogger(__name__)
_PLAIN = (
    f"{PREFIX}NOTE_URL 不是 https：工单在网络上不加密，别人可以读到；只在自己的内网里这样用。"
    f"{PREFIX}NOTE_URL is no https: notes cross the network unencrypted, for others to read; only inside your own."
)
_PRIVATE = {"Cache-Control": "no-store"}  # what was asked is not left behind in the browser
_NO_RECEIVER = ProblemType(409, "no-receiver", "没有可发送的地方 · Nowhere to send to")
_FULL = ProblemType(503, "outbox-full", "待发的工单太多 · Too many notes wait")


@dataclass(frozen=True, slots=True)
class Sending:
    """Where notes go: to a receiver; or nowhere, because none is set, or because nothing can be kept on its way."""

    webhook: Webhook | None = None
    why_not: Literal["", "unset", "unkept"] = "unset"


NOWHERE = Sending()


def note_sending(settings: Settings, feedback: FeedbackStore) -> Sending:
    """The receiver that the settings name. It sends nothing before it is started."""
    if settings.note_url is None or settings.note_secret is None:
        return NOWHERE
    if feedback.database is None:  # what is on its way is kept there
        return Sending(None, "unkept")
    if urlsplit(settings.note_url).scheme == "http" and not is_loopback(urlsplit(settings.note_url).hostname or ""):
        _LOG.warning("%s", _PLAIN)
    return Sending(Webhook(Outbox(feedback.database, kinds=(KIND,)), settings.note_url, settings.note_secret), "")


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NoteRequest(_Body):
    """What the caller said, which question of it is meant, the filters, and the clause that is open, if one is."""

    question: Text
    need: int = Field(default=0, ge=0)
    place: Text = ""
    document: Text = ""
    clause: Text = ""
    id: Text = ""
    answer_id: Text = ""  # of an answer that somebody else was given, as in a conversation that is handed over
    lang: Text = ""


class MadeNote(BaseModel):
    """A note, and the same as text."""

    note: Note
    text: str


class SendRequest(_Body):
    """A note, perhaps edited."""

    note: Note


class Sent(BaseModel):
    """What became of a message: waiting, delivered or failed, and why the last attempt failed. Times are in UTC."""

    id: str
    state: str
    created: datetime
    tries: int
    problem: str | None


class AgainRequest(_Body):
    """A failed message to be tried anew."""

    id: str = Field(pattern="^[0-9a-f]{32}$")


def note_router(
    assistant: Assistant,
    inquiries: Inquiries,
    sending: Sending = NOWHERE,
    now: Clock = china_now,
) -> APIRouter:
    """`POST /agent/note` and what follows from it; part of the console."""
    router = APIRouter(prefix="/agent/note", include_in_schema=False)

    @router.post("")
    def make(request: NoteRequest, response: Response) -> MadeNote:
        response.headers.update(_PRIVATE)
        words = language(request.lang)
        query = Query(request.question, request.place, request.document, request.clause)
        found = inquiries(query, words)
        inquiry = found[min(request.need, len(found) - 1)]
        shown = finding(inquiry, assistant, words)
        opened = clause_view(request.id, inquiry, assistant, words) if request.id else shown.opened
        note = make_note(query, shown, opened, assistant, words, now=now())
        if request.answer_id:
            note = note.model_copy(update={"answer_id": request.answer_id})
        return MadeNote(note=note, text=note_text(note, words))

    @router.post("/send", status_code=202, response_model=None)
    def send(request: SendRequest) -> JSONResponse:
        if sending.webhook is None:
            return problem(_NO_RECEIVER, why_not(sending))
        try:
            id_ = sending.webhook.put(KIND, masked(request.note, assistant).model_dump())
        except FullError:
            return problem(_FULL, _in_all_languages("console.note.full"))
        return JSONResponse({"id": id_}, 202)

    @router.get("/sent")
    def sent(response: Response) -> list[Sent]:
        response.headers.update(_PRIVATE)
        return _sent(sending.webhook.latest(KIND)) if sending.webhook else []

    @router.post("/again")
    def again(request: AgainRequest) -> dict[str, bool]:
        return {"again": sending.webhook is not None and sending.webhook.again(request.id)}

    return router


def why_not(sending: Sending) -> str:
    """Why nothing can be sent."""
    return _in_all_languages(f"console.note.{sending.why_not}")


def _in_all_languages(key: str) -> str:
    return "".join(messages(code)(key) for code in languages())


def _sent(found: Sequence[Message]) -> list[Sent]:
    return [
        Sent(id=one.id, state=one.state, created=one.created, tries=one.tries, problem=one.problem) for one in found
    ]
