"""The JSON of the profile and of what matches it."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from assistant.api.requests import Places
from assistant.matching.verdict import Applicability
from corpus.records.condition import Test

_TEXTS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
# Checked against the profile, which says what each question takes; here it is only described.
AnswerIn = Annotated[
    Any,
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, _TEXTS, {"type": "number"}, {"type": "boolean"}],
            "description": "选项的 value；可多选的用列表；数字题用数字；是否题也可用 true、false · "
            "a value, a list of values, or a number; true or false, too, for 是 and 否",
        }
    ),
]


class MatchRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    answers: dict[str, AnswerIn] = Field(
        description="各问题的回答；没有回答的是“不知道”，不是“否” · what is not answered is unknown, never no",
        examples=[{"kind": "个体工商户", "years_registered": 2}],
    )
    jurisdiction: Places = []
    as_of: date | None = Field(
        default=None, strict=False, description="按哪一天的效力，不填为今天 · the day whose law counts; absent: today"
    )


class ProfileChoiceOut(BaseModel):
    value: str = Field(description="回答时照写 · as answers write it")
    en: str


class RangeOut(BaseModel):
    least: float
    most: float
    unit: str
    unit_en: str


class ProfileQuestionOut(BaseModel):
    key: str
    question: str
    question_en: str
    choices: list[ProfileChoiceOut]
    several: bool = Field(description="可以多选 · more than one may be chosen")
    number: RangeOut | None = Field(description="数字题的范围 · what the number may be; null where there are choices")
    when: dict[str, list[str]] = Field(description="只问这样回答的人 · asked only of who answers so elsewhere")
    help: str
    help_en: str


class ProfileOut(BaseModel):
    questions: list[ProfileQuestionOut]
    places: list[str] = Field(description="收录的地方 · places of the documents")
    records: int = Field(description="写明给谁用的条款和要点数 · clauses and points that say who they are for")


class MatchQuoteOut(BaseModel):
    text: str = Field(description="原文，一字不改 · verbatim words of the document")
    start: int = Field(description="在文件全文中的起点（字符）· offset in the document's text, in characters")
    end: int = Field(description="终点，不含 · end offset, exclusive")


class ConditionOut(BaseModel):
    quote: MatchQuoteOut
    ask: str | None = Field(description="问题的 key；由办理机构认定的为 null · null where an office decides")
    test: Test = Field(description="is、not、at_least、at_most；judged 由机构认定 · judged: an office decides")
    values: list[str]
    bound: float | None
    answer: list[str] | float | None = Field(description="您的回答，没有回答为 null · what was answered")
    next: str | None = Field(description="还要回答的问题，没有为 null · the question that is still to be answered")
    excluded_by: str | None = Field(description="因为这一题的回答而不问 · because of whose answer it is not asked")


class EntryOut(BaseModel):
    id: str = Field(description="条款或要点的 id · of the clause or part")
    clause_id: str
    part_id: str | None
    label: str
    title: str
    name: str | None = Field(description="通俗名称 · plain name; null without a plain-language record")
    name_en: str | None
    document_id: str
    document_title: str
    jurisdiction: list[str]
    verdict: Applicability
    in_place: bool | None = Field(description="在所选地方是否适用，null 为说不准 · null: it depends on where exactly")
    settled: bool = Field(description="再多回答也不会变 · no further answer changes it")
    reasons: list[ConditionOut] = Field(description="起决定作用的条件 · the conditions that decide")
    met: list[ConditionOut] = Field(description="已符合的条件 · conditions that are met")
    one_away: list[ConditionOut] = Field(description="只差其中一个条件 · of which one alone is missing or open")
    gives: MatchQuoteOut | None = Field(description="能得到什么，照原文 · what one gets, in the text's words")


class NextOut(BaseModel):
    question: ProfileQuestionOut
    settles: float = Field(description="预计能确定几条 · entries it is expected to settle")
    open: int = Field(description="还没确定的条数 · entries that are open")


Count = Literal["applies", "may", "of_which_office", "not", "one_away", "not_in_force"]


class MatchOut(BaseModel):
    entries: list[EntryOut]
    counts: dict[Count, int] = Field(
        description="各类条数；of_which_office 是 may 中只等机构认定的，not_in_force 不在施行、没有列出 · "
        "of_which_office: of `may`, where an office alone decides; not_in_force: left out"
    )
    next: NextOut | None = Field(description="下一个最该问的；null 为不必再问 · null: nothing more to ask")
    settled: bool
    as_of: date


class ChangeOut(EntryOut):
    change_id: str = Field(description="这次变化的编号，不变 · stable")
    since: date = Field(description="从哪一天起 · the day from which it counts")


class ChangesOut(BaseModel):
    changes: list[ChangeOut]
    since: date
    as_of: date
