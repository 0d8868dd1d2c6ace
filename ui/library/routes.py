"""The clerk's page at `/library`, and what its script asks for at `/v1/library`.

An app of its own: its uploads are larger than anything else that is sent, its work takes no turn from questions, and
no page of another origin may call it.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.caller import signed
from assistant.api.problems import ProblemType, install_handlers, problem
from assistant.api.schemas import PROBLEM_RESPONSES
from assistant.messages import Messages
from assistant.operations.body_limit import BodyLimit
from assistant.operations.request import note_route
from corpus.library.view import Table
from corpus.readers.limits import MOST_BYTES_OF_PAGES, too_large
from corpus.readers.registry import ENDINGS
from ui.library.address import API, PAGE
from ui.library.desk import Desk, ExistsError, UnfinishedError
from ui.library.drafts import DraftsFullError, Form
from ui.library.form import KEYS, MAINS, STATUSES
from ui.library.publication import Publication
from ui.library.work import BusyError
from ui.page.languages import RequestedLanguage, with_language
from ui.page.templates import render
from ui.questions.routes import IMPORTS, MOST_BYTES

P = ParamSpec("P")
T = TypeVar("T")
_UPLOAD = f"{API}/drafts"
_SAID = "library.said."  # what the script says
_UPLOAD_SECONDS = 600.0  # in which files must arrive
_MOST_TYPED = 500_000  # bytes of a form
_NO_STORE = {"Cache-Control": "no-store"}
_TOO_LARGE = ProblemType(413, "file-too-large", "文件过大 · File too large")
_CONFLICTS = {
    ExistsError: ProblemType(409, "document-exists", "文件库里已有 · The library has it already"),
    DraftsFullError: ProblemType(409, "drafts-full", "待入库的文件太多 · Too many drafts"),
    BusyError: ProblemType(409, "publication-under-way", "正在发布 · Being published"),
    UnfinishedError: ProblemType(422, "invalid-facts", "事实填写有误 · Invalid facts"),
}

_Line = Annotated[str, StringConstraints(max_length=20_000)]
_Words = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FactsIn(_Body):
    """The facts as typed, by key, and the keys of those that have been checked."""

    values: dict[str, _Line]
    checked: list[str] = []

    @property
    def form(self) -> Form:
        return Form(
            {key: self.values[key] for key in KEYS if key in self.values},
            tuple(key for key in KEYS if key in self.checked),
        )


class TakeIn(_Body):
    """What the clerk has agreed to: that a document of the same id makes way, that errors stay."""

    replace: bool = False
    go_on: bool = False


class PublishIn(_Body):
    """Who publishes, and why though saved questions break."""

    by: _Words = ""
    reason: _Words = ""


class RollbackIn(_Body):
    """The generation to go back to, and who does it."""

    generation: int
    by: _Words = ""


class FileTooLargeError(Exception):
    """An upload has more bytes than a reader takes."""


class _OneAtATime:
    """Runs the desk's calls in a thread, one after the other; who waits takes no thread that questions need."""

    def __init__(self) -> None:
        self._limiter = CapacityLimiter(1)

    async def __call__(self, call: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        return await to_thread.run_sync(lambda: call(*args, **named), limiter=self._limiter)


def library_app(desk: Desk, *others: APIRouter) -> ASGIApp:
    """The same as `library_routes`, behind what counts the bytes that are sent."""
    return receiving(library_routes(desk, *others))


def library_routes(desk: Desk, *others: APIRouter) -> FastAPI:
    """The page and its API, and the `others` of the office. It asks nobody who they are: the Gate does."""
    app = FastAPI(openapi_url=None, responses=PROBLEM_RESPONSES)
    app.include_router(_pages())
    app.include_router(_documents(desk, looking := _OneAtATime()))
    app.include_router(_drafts(desk, looking, _OneAtATime()))
    app.include_router(_publication(desk.publication, _OneAtATime()))
    for router in others:
        app.include_router(router)
    install_handlers(app)
    for error in _CONFLICTS:
        app.exception_handler(error)(_conflict)
    app.exception_handler(FileTooLargeError)(_file_too_large)
    return app


def receiving(app: ASGIApp) -> ASGIApp:
    """The office's app, to which forms, question files and documents of bounded sizes are sent."""
    limited = BodyLimit(app, _MOST_TYPED)

    importing = BodyLimit(app, MOST_BYTES + _MOST_TYPED, _UPLOAD_SECONDS)

    async def library(scope: Scope, receive: Receive, send: Send) -> None:
        is_upload = scope["path"] == _UPLOAD and scope["method"] == "POST"  # counts its bytes itself
        taking = app if is_upload else importing if scope["path"] in IMPORTS else limited
        try:
            await taking(scope, receive, send)
        finally:
            note_route(scope)

    return library


def _pages() -> APIRouter:
    router = APIRouter(default_response_class=HTMLResponse)

    @router.get(PAGE)
    async def shelf(words: RequestedLanguage) -> HTMLResponse:
        return _page("library/shelf.html", PAGE, words)

    @router.get(f"{PAGE}/drafts/{{draft_id}}")
    async def draft(request: Request, draft_id: str, words: RequestedLanguage) -> HTMLResponse:
        return _page("library/file.html", request.url.path, words, draft=draft_id)

    @router.get(f"{PAGE}/documents/{{document_id}}")
    async def document(request: Request, document_id: str, words: RequestedLanguage) -> HTMLResponse:
        return _page("library/file.html", request.url.path, words, document=document_id)

    return router


def _page(
    template: str,
    path: str,
    words: Messages,
    *,
    draft: str = "",
    document: str = "",
) -> HTMLResponse:
    html = render(
        template,
        words,
        home=with_language(PAGE, words),
        switch=lambda other: with_language(path, other),
        draft=draft,
        document=document,
        keys=KEYS,
        statuses=STATUSES,
        mains=MAINS,
        endings=",".join(f".{ending}" for endings in ENDINGS.values() for ending in endings),
        most=MOST_BYTES_OF_PAGES,
        said=[(key.removeprefix(_SAID), words(key)) for key in sorted(words.keys()) if key.startswith(_SAID)],
    )
    return HTMLResponse(html, headers=_NO_STORE)


def _documents(desk: Desk, looking: _OneAtATime) -> APIRouter:
    router = APIRouter(prefix=API)

    @router.get("/documents")
    async def documents() -> Table:
        return await looking(desk.documents)

    @router.get("/documents/{document_id}")
    async def document(document_id: str) -> Table:
        return await looking(desk.document, document_id)

    @router.post("/documents/{document_id}/draft", status_code=201)
    async def correct(document_id: str) -> Table:
        return await looking(desk.correct, document_id)

    @router.delete("/documents/{document_id}")
    async def remove(
        request: Request, document_id: str, by: _Words = "", reason: _Words = "", purge: bool = False
    ) -> Table:
        """A published document leaves service at once, in a process of its own: `publication` tells how far that is."""
        who = signed(request.scope, by)
        is_published = await looking(desk.remove, document_id, by=who, reason=reason, purge=purge)
        return {"publication": desk.publication.view() if is_published else None}

    return router


def _drafts(desk: Desk, looking: _OneAtATime, reading: _OneAtATime) -> APIRouter:
    """`reading` is for what may read a file, which may take minutes; nobody who only looks waits for that."""
    router = APIRouter(prefix=f"{API}/drafts")

    @router.get("")
    async def drafts() -> dict[str, Sequence[Table]]:
        return {"drafts": await looking(desk.drafts)}

    @router.post("", status_code=201)
    async def upload(request: Request, name: str) -> Table:
        """One file: its bytes are the body, its name stands in the address."""
        return await reading(desk.upload, name, await _body(request, name))

    @router.get("/{draft_id}")
    async def draft(draft_id: str) -> Table:
        return await reading(desk.draft, draft_id)

    @router.get("/{draft_id}/facts")
    async def facts(draft_id: str) -> dict[str, Any]:
        return {"form": (await reading(desk.draft, draft_id))["form"]}

    @router.put("/{draft_id}/facts")
    async def state_facts(draft_id: str, typed: FactsIn) -> Table:
        return await reading(desk.state_facts, draft_id, typed.form)

    @router.post("/{draft_id}/publish")
    async def take_in(draft_id: str, agreed: TakeIn) -> Table:
        return await reading(desk.take_in, draft_id, replace=agreed.replace, go_on=agreed.go_on)

    @router.delete("/{draft_id}", status_code=204)
    async def discard(draft_id: str) -> Response:
        await looking(desk.discard, draft_id)
        return Response(status_code=204)

    return router


def _publication(publication: Publication, reading: _OneAtATime) -> APIRouter:
    router = APIRouter(prefix=API)

    @router.get("/publication")
    async def progress() -> Table:
        return publication.view()

    @router.post("/publish", status_code=202)
    async def publish(request: Request, asked: PublishIn) -> Table:
        return publication.publish(by=signed(request.scope, asked.by), reason=asked.reason)

    @router.get("/generations")
    async def generations() -> dict[str, Sequence[Table]]:
        return {"generations": await reading(publication.generations)}

    @router.post("/rollback", status_code=202)
    async def rollback(request: Request, asked: RollbackIn) -> Table:
        return await reading(publication.rollback, asked.generation, by=signed(request.scope, asked.by))

    return router


async def _body(request: Request, name: str) -> bytes:
    """The bytes of an upload. Raises FileTooLargeError as soon as there are more than any reader takes."""
    most = MOST_BYTES_OF_PAGES
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        raise FileTooLargeError(str(too_large(name, int(declared), most)))
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise FileTooLargeError(str(too_large(name, len(body), most)))
    return bytes(body)


async def _conflict(_request: Request, error: Exception) -> Response:
    errors = [{"field": one.key, "message": one.reason} for one in getattr(error, "mistakes", ())]
    return problem(_CONFLICTS[type(error)], str(error), errors)


async def _file_too_large(_request: Request, error: Exception) -> Response:
    return problem(_TOO_LARGE, str(error))
