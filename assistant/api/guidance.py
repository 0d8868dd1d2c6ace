"""Forms and help for their fields over HTTP: what `/widget.js` shows in any page, and what a program may ask for."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer
from assistant.api.requests import Text
from assistant.api.schemas import AnswerOut, CitationOut
from assistant.guidance.asked import FieldAsked
from assistant.guidance.guide import ClauseHelp, FieldHelp, Guide
from assistant.guidance.scope import answer_here
from assistant.messages import Messages, languages, messages
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits, check_list, check_question, check_text
from assistant.service import Assistant, Turn
from corpus.errors import InputError
from corpus.records.forms import Form

_EXAMPLES: Any = {
    "表里的一栏": {
        "summary": "一栏，表是登记过的 · a field of a form that is known",
        "value": {"form": "open-a-company", "field": "business-scope"},
    },
    "没有登记过的表": {
        "summary": "只有名称 · a field of any other form",
        "value": {"section": "投标保证", "label": "保证金形式", "options": ["保险保函", "现金"], "place": ["哈尔滨"]},
    },
    "就这一项提问": {
        "summary": "带一个问题 · with a question",
        "value": {"form": "open-a-company", "field": "business-scope", "question": "能和许可证一起办吗？"},
    },
}


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class FieldOut(_Out):
    id: str
    section: str
    section_en: str
    label: str
    label_en: str
    kind: str = Field(description="怎么填 · text, textarea, number, date, choice, checks")
    options: list[str]
    clauses: list[str] = Field(description="说到这一栏的条款，空表示没有 · clauses that speak of it; empty: none does")
    tip: str = Field(description="办理机构的说明，不是文件原文 · the office's words, not the policy's")
    tip_en: str
    example: str


class FormSummary(_Out):
    id: str
    name: str
    name_en: str
    place: list[str] = Field(description="在哪里用，空表示不限 · where it is used; empty: anywhere")
    source: str = Field(description="说明由谁提供 · whose words the tips are")
    checked: date = Field(description="哪天核对的 · the day on which somebody looked")


class FormOut(FormSummary):
    fields: list[FieldOut]


class FormList(BaseModel):
    forms: list[FormSummary]


class GuideRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    form: Text = Field(default="", description="表的编号 · id of the form")
    field: Text = Field(default="", description="栏的编号 · id of the field")
    label: Text = Field(default="", description="栏的名称，表没有登记时要写 · as printed, for a form that is not known")
    section: Text = Field(default="", description="栏所在的部分 · the heading it stands under")
    options: list[Text] = Field(default=[], description="可选的答案 · the answers to choose from")
    place: list[Text] = Field(default=[], description="表在哪里用 · where the form is used", examples=[["哈尔滨"]])
    question: Text | None = Field(default=None, description="就这一栏提的问题 · a question about this field")
    language: Literal["zh", "en"] | None = Field(default=None, description="说明用的语言 · the language of the help")


class TipOut(BaseModel):
    text: str
    source: str = Field(description="由谁提供 · whose words these are")
    checked: date


class ClauseHelpOut(BaseModel):
    clause_id: str
    name: str = Field(description="通俗名称，没有则为空 · in plain words; empty where nobody has written them")
    plain: str = Field(description="通俗地说，没有则为空 · the plain sentence; may be empty")
    jurisdiction: list[str]
    places: str = Field(description="适用地区，用说明的语言写 · where it applies, in the language of the help")
    quotes: list[CitationOut] = Field(description="原文，一字不改 · verbatim words with their offsets")
    not_in_force: str = Field(description="文件不在施行的说明，在施行则为空 · that it does not hold; else empty")


class FieldHelpOut(BaseModel):
    form: str | None = Field(description="认出的表，没有则为 null · null where the field is on no form that is known")
    field: str | None
    label: str
    place: list[str] = Field(description="按哪里查的，空表示不限 · where it was looked up for; empty: anywhere")
    language: Literal["zh", "en"]
    guessed: bool = Field(description="条款是按名称猜的 · nobody said that these clauses belong to the field")
    notice: str = Field(description="这些是什么、没有什么，可能为空 · what this is, or that there is nothing")
    tip: TipOut | None
    example: str
    clauses: list[ClauseHelpOut] = Field(description="空表示没有 · empty: there is none")
    answer: AnswerOut | None = Field(
        description="对问题的回答 · to the question; null where these clauses do not answer"
    )
    answered_here: bool | None = Field(description="没有提问时为 null · null without a question")


def guidance_routes(
    assistant: Assistant,
    on_answer: Callable[[Answer, Sequence[Turn]], None],
    limits: RequestLimits = DEFAULT_LIMITS,
) -> APIRouter:
    """The routes over `assistant`; `on_answer` is called with every answer that is given."""
    router = APIRouter(prefix="/v1", tags=["填表 · forms"])
    guide = Guide(assistant)

    @router.get("/forms", summary="有说明的表 · List forms")
    def forms() -> FormList:
        """列出登记过的表。Lists the forms whose fields are explained."""
        return FormList(forms=[FormSummary(**_summary(form)) for form in assistant.services.forms])

    @router.get("/forms/{form_id}", summary="一张表 · One form")
    def form(form_id: str) -> FormOut:
        """一张表的每一栏：怎么填，哪些条款说到它。Every field of a form, with the office's tip and its clauses."""
        found = guide.form(form_id)
        return FormOut(**_summary(found), fields=[FieldOut.model_validate(one) for one in found.fields])

    @router.post("/guide", summary="一栏怎么填 · Help for one field")
    def help_for_field(request: Annotated[GuideRequest, Body(openapi_examples=_EXAMPLES)]) -> FieldHelpOut:
        """一栏怎么填、文件怎么写；没有登记过的栏按名称查找并说明是猜的，没有相近的就不给。

        The office's tip and the clauses of a field. One that is on no form that is known gets a guess, said to be one,
        or nothing where no clause is near enough. A question is answered from the field's own clauses.
        """
        _check(request, limits)
        words = messages(request.language or languages()[0])
        with _place_named():
            about = guide.help(_asked(request), words)
            answer = None if request.question is None else answer_here(request.question, about, assistant, words)
        if answer is not None:
            on_answer(answer, ())
        return _guide_out(about, words, request.question, answer)

    return router


def _asked(request: GuideRequest) -> FieldAsked:
    return FieldAsked(
        field=request.field,
        form=request.form,
        label=request.label,
        section=request.section,
        options=tuple(request.options),
        places=tuple(request.place),
    )


@contextmanager
def _place_named() -> Iterator[None]:
    """Calls a place that is not known by the name it has here."""
    try:
        yield
    except InputError as error:
        if error.field:
            error.field = error.field.replace("jurisdiction", "place")
        raise


def _check(request: GuideRequest, limits: RequestLimits) -> None:
    """Raises InputError for more than the limits allow."""
    for name in ("form", "field", "label", "section"):
        check_text(name, getattr(request, name), limits.max_question)
    for name in ("options", "place"):
        check_list(name, getattr(request, name), limits.max_limit)
    if sum(map(len, (*request.options, *request.place))) > limits.max_characters:
        most = limits.max_characters
        raise InputError(
            f"选项合计最多 {most} 个字，请减少。The options may hold {most} characters in all; send fewer.", "options"
        )
    if request.question is not None:
        check_question("question", request.question, limits.max_question, request.language)


def _summary(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "name": form.name,
        "name_en": form.name_en,
        "place": list(form.places),
        "source": form.origin.source,
        "checked": form.origin.checked,
    }


def notice(about: FieldHelp, words: Messages) -> str:
    """What the help is, or is not; empty where clauses are given that belong to the field."""
    if about.guessed:
        return words("guidance.guessed")
    if about.clauses:
        return ""
    return words("guidance.no_clause" if about.field else "guidance.nothing_near")


def _guide_out(about: FieldHelp, words: Messages, question: str | None, answer: Answer | None) -> FieldHelpOut:
    tip = about.tip
    return FieldHelpOut(
        form=about.form.id if about.form else None,
        field=about.field.id if about.field else None,
        label=about.field.label_en if about.field and not words.is_chinese else about.asked.label,
        place=list(about.asked.places),
        language="zh" if words.is_chinese else "en",
        guessed=about.guessed,
        notice=notice(about, words),
        tip=TipOut(text=tip.text, source=tip.origin.source, checked=tip.origin.checked) if tip else None,
        example=about.example,
        clauses=[_clause_out(one, words) for one in about.clauses],
        answer=AnswerOut.model_validate(answer) if answer else None,
        answered_here=None if question is None else answer is not None,
    )


def _clause_out(one: ClauseHelp, words: Messages) -> ClauseHelpOut:
    return ClauseHelpOut(
        clause_id=one.clause.id,
        name=one.name,
        plain=one.plain,
        jurisdiction=list(one.clause.jurisdiction),
        places=words.places(one.clause.jurisdiction),
        quotes=[CitationOut.model_validate(quote) for quote in one.quotes],
        not_in_force=one.not_in_force,
    )
