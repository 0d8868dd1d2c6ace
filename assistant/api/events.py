"""Life events (一件事) over HTTP: what people set out to do, in steps, each with the clauses that help."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from assistant.api.schemas import ValidityOut
from assistant.messages import messages
from assistant.replies.validity import cited_validity, mark
from assistant.service import Assistant
from corpus.corpus import Corpus
from corpus.label import label
from corpus.records.events import Event, Step
from corpus.validity import today


class EventSummary(BaseModel):
    id: str = Field(examples=["start-a-company"])
    name: str = Field(description="办哪件事 · what people set out to do")
    name_en: str
    who: str = Field(description="适合谁 · whom it is for")
    who_en: str


class EventList(BaseModel):
    events: list[EventSummary]


class EventClauseOut(BaseModel):
    id: str
    label: str = Field(description="完整出处，可整行复制 · full address, to copy as one line")
    name: str | None = Field(description="通俗名称 · what people call the matter; null without a plain-language record")
    name_en: str | None = Field(description="英文名称 · the same in English")
    jurisdiction: list[str] = Field(description="适用地区 · where it applies")
    validity: ValidityOut = Field(description="所在文件今天的效力 · validity of its document today")


class EventStepOut(BaseModel):
    number: int = Field(description="第几步，从 1 起 · its place in the order, from 1")
    name: str
    name_en: str
    clauses: list[EventClauseOut]


class EventOut(EventSummary):
    ordered: bool = Field(
        description="各步是否有先后；false 为几种情形 · whether one step follows the other; else cases"
    )
    steps: list[EventStepOut] = Field(description="按办事的先后 · in the order in which people do them")


def event_routes(assistant: Assistant) -> APIRouter:
    """The routes `/v1/events` and `/v1/events/{event_id}`."""
    router = APIRouter(prefix="/v1", tags=["一件事 · life events"])

    @router.get("/events", summary="一件事列表 · List life events")
    def events() -> EventList:
        """列出全部一件事；文件旁没有这类记录时为空。Lists all life events; empty where no records hold any."""
        return EventList(events=[EventSummary(**_summary(event)) for event in assistant.services.events])

    @router.get("/events/{event_id}", summary="一件事 · One life event")
    def event(event_id: str) -> EventOut:
        """一件事的各步和每一步的条款。The steps of a life event in order, each with its clauses."""
        found = assistant.services.event(event_id)
        steps = [_step_out(number, step, assistant.corpus) for number, step in enumerate(found.steps, 1)]
        return EventOut(**_summary(found), ordered=found.ordered, steps=steps)

    return router


def _summary(event: Event) -> dict[str, str]:
    return {key: getattr(event, key) for key in EventSummary.model_fields}


def _step_out(number: int, step: Step, corpus: Corpus) -> EventStepOut:
    clauses = [_clause_out(id_, corpus) for id_ in step.clauses]
    return EventStepOut(number=number, name=step.name, name_en=step.name_en, clauses=clauses)


def _clause_out(id_: str, corpus: Corpus) -> EventClauseOut:
    clause, record, day = corpus.clause(id_), corpus.plain.get(id_), today()
    return EventClauseOut(
        id=id_,
        label=label(corpus.document(clause.document_id), clause)
        + mark(clause.document_id, day, corpus, messages("zh")),
        name=record.name if record else None,
        name_en=record.title_en if record else None,
        jurisdiction=list(clause.jurisdiction),
        validity=ValidityOut.model_validate(cited_validity(corpus.validities.of(clause.document_id, day))),
    )
