"""`/library/questions` and `/v1/library/questions`: the saved questions, for a clerk and for programs.

The page is forms without script. It asks nobody who they are: the Gate stands in front of it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, File, Form, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict

from assistant.messages import Messages
from assistant.publication.examined import Asked
from assistant.service import Assistant
from corpus.corpus import Corpus
from corpus.errors import InputError, QuestionFileError
from eval.questions.clauses import clauses_and_parts, split_ids
from eval.questions.saved import Imported, Saved, SavedQuestions
from ui.clause.page import clause_url
from ui.page.languages import RequestedLanguage, with_language
from ui.page.templates import render
from ui.questions.standing import Standing, Standings

PAGE, API = "/library/questions", "/v1/library/questions"
IMPORTS = (f"{PAGE}/import", f"{API}/import")  # what is sent there may be larger than a form
MOST_BYTES = 5_000_000  # of a question file
_SEE_OTHER = 303
_NO_STORE = {"Cache-Control": "no-store"}
_DONE = ("added", "removed", "known", "counts", "imported")

Current = Callable[[], Assistant]


class QuestionIn(BaseModel):
    """A question, and the clauses or parts that it should cite; none: no answer is right."""

    model_config = ConfigDict(extra="forbid")

    question: str
    clauses: list[str]
    jurisdiction: str = ""
    known: bool = False


class KnownIn(BaseModel):
    """Whether a failure is known, and why."""

    model_config = ConfigDict(extra="forbid")

    known: bool
    why: str = ""


class Typed(BaseModel):
    """The form by which the page saves a question."""

    question: str = ""
    clause: str = ""
    place: str = ""
    none: bool = False
    known: bool = False


class Questions:
    """What page and API do."""

    def __init__(
        self,
        current: Current,
        folder: Path,
        kept: Callable[[], Sequence[Asked]] = tuple,
        working: Callable[[], Corpus] | None = None,
    ) -> None:
        self.current = current
        self.saved = SavedQuestions(folder)
        self._working = working
        self._standings = Standings(self.saved, kept)

    def standings(self, *, failing: bool) -> list[Standing]:
        """Those of the office, or all that fail. Raises QuestionFileError."""
        assistant = self.current()
        return self._standings.failing(assistant) if failing else self._standings.own(assistant)

    def add(self, question: str, ids: Sequence[str], jurisdiction: str = "", *, known: bool = False) -> Saved:
        """Save a question. Raises InputError, NotFoundError for a clause that no library holds, QuestionFileError."""
        corpora = [lambda: self.current().corpus, *([self._working] if self._working else [])]
        clauses, parts = clauses_and_parts(ids, corpora)
        one = self.saved.add(question, clauses, parts=parts, jurisdiction=jurisdiction)
        return self.saved.mark(one.labelled.id, known=True) if known else one

    def take_in(self, name: str, data: bytes) -> Imported:
        """Raises InputError for a file that is too large, QuestionFileError."""
        if len(data) > MOST_BYTES:
            raise InputError(
                f"{name} 超过 {MOST_BYTES // 1_000_000} MB，请分成几份。It is too large; split the file.", "file"
            )
        return self.saved.import_file(name, data)


def questions_router(
    current: Current,
    folder: Path,
    kept: Callable[[], Sequence[Asked]] = tuple,
    working: Callable[[], Corpus] | None = None,
) -> APIRouter:
    """Page and API over the questions in `folder`.

    `kept`: the results kept with the generation in service; `working`: the documents not yet published, which a
    question may name too.
    """
    questions = Questions(current, folder, kept, working)
    router = APIRouter()
    router.include_router(_pages(questions))
    router.include_router(_api(questions))
    return router


def _pages(questions: Questions) -> APIRouter:
    router = APIRouter(prefix=PAGE, include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("")
    def page(words: RequestedLanguage, show: str = "own", done: str = "") -> HTMLResponse:
        return _page(questions, words, failing=show == "failing", done=done)

    @router.post("")
    def add(words: RequestedLanguage, typed: Annotated[Typed, Form()]) -> Response:
        ids = split_ids(typed.clause)
        try:
            if bool(ids) is typed.none:
                raise InputError(words("questions.clause_or_none"), "clause")
            questions.add(typed.question, ids, typed.place, known=typed.known)
        except InputError as error:
            return _page(questions, words, fault=_in_language(error, words), typed=typed)
        return _back(words, "added")

    @router.post("/known")
    def known(words: RequestedLanguage, id: Annotated[str, Form()], on: Annotated[bool, Form()] = False) -> Response:  # noqa: A002
        return _done(questions, words, "known" if on else "counts", lambda: questions.saved.mark(id, known=on))

    @router.post("/remove")
    def remove(words: RequestedLanguage, id: Annotated[str, Form()]) -> Response:  # noqa: A002
        return _done(questions, words, "removed", lambda: questions.saved.remove(id))

    @router.post("/import")
    def import_(words: RequestedLanguage, file: Annotated[UploadFile, File()]) -> Response:
        data = file.file.read(MOST_BYTES + 1)
        return _done(questions, words, "imported", lambda: questions.take_in(file.filename or "", data))

    return router


def _done(questions: Questions, words: Messages, done: str, act: Callable[[], object]) -> Response:
    """Do it and go back to the page, or show the page with what is wrong."""
    try:
        act()
    except InputError as error:
        return _page(questions, words, fault=_in_language(error, words))
    return _back(words, done)


def _back(words: Messages, done: str) -> Response:
    return RedirectResponse(with_language(PAGE, words, (("done", done),)), _SEE_OTHER)


def _page(
    questions: Questions,
    words: Messages,
    *,
    failing: bool = False,
    done: str = "",
    fault: str = "",
    typed: Typed | None = None,
) -> HTMLResponse:
    try:
        standings = questions.standings(failing=failing)
    except InputError as error:  # a file in the folder is malformed: all else is shown
        standings, fault = [], fault or _in_language(error, words)
    shown = (("show", "failing"),) if failing else ()
    html = render(
        "questions/questions.html",
        words,
        standings=standings,
        failing=failing,
        done=done if done in _DONE else "",
        fault=fault,
        typed=typed or Typed(),
        at=lambda path="": with_language(f"{PAGE}{path}", words),
        other_view=with_language(PAGE, words, () if failing else (("show", "failing"),)),
        library=with_language("/library", words),
        clause_link=lambda id_: clause_url(id_, words=words),
        is_clause=lambda id_: questions.current().corpus.clause_by_id(id_) is not None,
        switch=lambda other: with_language(PAGE, other, shown),
    )
    return HTMLResponse(html, 422 if fault else 200, headers=_NO_STORE)


def _in_language(error: InputError, words: Messages) -> str:
    """A message is in Chinese and then in English; the page shows that of its own language.

    One about a file is shown whole: it begins with the line.
    """
    chinese, end, english = str(error).rpartition("。")
    if isinstance(error, QuestionFileError) or not english.strip():
        return str(error)
    return f"{chinese}{end}" if words.is_chinese else english.strip()


def _api(questions: Questions) -> APIRouter:
    router = APIRouter(prefix=API)

    @router.get("")
    def all_(failing: bool = False) -> dict[str, Any]:
        """The office's questions as they stand, or all that fail."""
        return {"questions": [_row(one) for one in questions.standings(failing=failing)]}

    @router.post("", status_code=201)
    def add(asked: QuestionIn) -> dict[str, Any]:
        one = questions.add(asked.question, asked.clauses, asked.jurisdiction, known=asked.known)
        return {"id": one.labelled.id}

    @router.put("/{id_}/known")
    def known(id_: str, said: KnownIn) -> dict[str, Any]:
        questions.saved.mark(id_, known=said.known, why=said.why)
        return {"id": id_, "known": said.known}

    @router.delete("/{id_}", status_code=204)
    def remove(id_: str) -> Response:
        questions.saved.remove(id_)
        return Response(status_code=204)

    @router.post("/import", status_code=201)
    def import_(name: str, data: Annotated[bytes, Body(media_type="application/octet-stream")]) -> dict[str, Any]:
        """A question file: its bytes are the body, its name stands in the address."""
        done = questions.take_in(name, data)
        return {"file": done.path.name, "questions": done.questions, "replaced": done.replaced}

    return router


def _row(one: Standing) -> dict[str, Any]:
    question = one.saved.labelled
    return {
        "id": question.id,
        "question": question.question,
        "jurisdiction": question.jurisdiction,
        "history": list(question.history),
        "wanted": list(one.saved.wanted),
        "file": one.saved.path.name,
        "shipped": one.saved.is_shipped,
        "state": one.state.value,
        "known": one.is_known,
        "status": one.asked.status if one.asked else None,
        "cited": list(one.asked.cited) if one.asked else [],
    }
