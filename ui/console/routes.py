"""The hotline agents' console at `/agent`: a page, and the pieces of HTML that its script puts in place.

Everything is rendered here, where every value is escaped; the script decides only when to ask, and what has the focus.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict

from assistant.api.schemas import Text
from assistant.feedback.store import Verdict
from assistant.messages import messages
from assistant.question.answer_types import AnswerType
from assistant.question.limits import check_text
from assistant.service import Assistant
from corpus.places.gazetteer import english_name
from ui.clause.page import clause_url, day, neighbours, paragraphs
from ui.console.lookup import look_up, open_clause
from ui.page.templates import render


class Marks(Protocol):
    """Where the agents' marks go."""

    def mark(self, *, question: str, clause_id: str | None, verdict: Verdict, index_version: str) -> bool:
        """Keep that this clause is wrong or outdated for the question, or that one is missing (None); False if not."""


class Mark(BaseModel):
    """What an agent says of a clause as the answer to a question, or of the documents."""

    model_config = ConfigDict(extra="forbid")

    question: Text
    clause_id: str | None = None
    verdict: Literal[Verdict.WRONG, Verdict.OUTDATED, Verdict.MISSING]


class Marked(BaseModel):
    """Whether a mark was kept; it is not where the operator keeps no feedback."""

    kept: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the console and what it does; `brief`, in both languages, stands at the foot of the page."""

    key: str
    chinese: str
    english: str
    brief: tuple[str, str] | None = None


KEYS = (
    Key("↑ ↓", "在搜索框和结果之间移动", "move between the box and the results"),
    Key("Enter", "打开条款；在框中打开第一条", "open the clause; from the box, the first one"),
    Key("Esc", "退回上一处：条款、结果、搜索框", "step back: clause, results, box"),
    Key("/", "回到搜索框", "back to the box", ("搜索框", "box")),
    Key("C", "复制话术和出处", "copy the script and the address", ("话术", "script")),
    Key("Q", "复制原文", "copy the quote", ("原文", "quote")),
    Key("W", "标为不对：这条答非所问", "mark wrong: this clause does not answer", ("不对", "wrong")),
    Key("O", "标为过时：内容已经变了", "mark outdated: this no longer holds", ("过时", "outdated")),
    Key("M", "标为缺漏：文件里没有这方面的条款", "mark missing: no clause covers this", ("缺漏", "missing")),
    Key("Alt+N", "新通话：清空查询、筛选和记录", "new call: clears look-ups and filters"),
    Key("?", "列出这些按键", "list these keys", ("按键", "keys")),
)

English = Annotated[Literal["zh", "en"], Query(alias="lang")]
_PRIVATE = {"Cache-Control": "no-store"}  # what was asked is not left behind in the browser


def console_router(assistant: Assistant, marks: Marks) -> APIRouter:
    """The page and its pieces; not part of the API, so absent from its description."""
    router = APIRouter(prefix="/agent", include_in_schema=False)

    @router.get("")
    def page(lang: English = "zh") -> HTMLResponse:
        return HTMLResponse(_page(assistant, english=lang == "en"))

    @router.get("/rows")
    def rows(q: str, place: str = "", document: str = "", lang: English = "zh") -> HTMLResponse:
        english = lang == "en"
        found = look_up(assistant, q, place, document, english=english)
        return HTMLResponse(
            render("console/rows.html", english=english, found=found, places=_places, kind=_kind(lang)),
            headers=_PRIVATE,
        )

    @router.get("/clause/{clause_id}")
    def clause(clause_id: str, q: str, place: str = "", document: str = "", lang: English = "zh") -> HTMLResponse:
        english = lang == "en"
        opened = open_clause(assistant, clause_id, q, place, document, english=english)
        html = render(
            "console/clause.html",
            english=english,
            opened=opened,
            paragraphs=paragraphs(opened.clause, opened.quotes),
            neighbours=[
                (name[english], one, paragraphs(one)) for name, one in neighbours(assistant.corpus, opened.clause)
            ],
            permanent=clause_url(opened.clause.id, opened.quotes, english=english),
            places=_places,
            day=day,
            kind=_kind(lang),
        )
        return HTMLResponse(html, headers=_PRIVATE)

    @router.post("/mark")
    def mark(said: Mark) -> Marked:
        check_text("question", said.question, assistant.settings.max_question)
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


def _page(assistant: Assistant, *, english: bool) -> str:
    corpus = assistant.corpus
    return render(
        "console/console.html",
        english=english,
        keys=KEYS,
        most=assistant.settings.max_question,
        places=[(place, english_name(place) if english else place) for place in corpus.places],
        documents=[
            (document.id, (document.title_en if english else document.number) or document.title)
            for document in corpus.documents
        ],
    )


def _places(places: tuple[str, ...], *, english: bool) -> str:
    return ", ".join(map(english_name, places)) if english else "、".join(places)


def _kind(language: str) -> Callable[[AnswerType], str]:
    return lambda lacks: messages(language)(f"answer_type.{lacks.name}")
