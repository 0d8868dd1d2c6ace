"""The JSON that the HTTP API answers with. The types behind it live in answer.py and clause.py."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema

from assistant.answer import BlockKind, Reason, Status
from assistant.api.guides import GuideOut
from assistant.api.problems import MEDIA_TYPE


class _Response(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ValidityOut(_Response):
    status: str = Field(
        description="现行、未施行、已修改、废止、到期、未注明、征求意见稿 · in force, not yet, amended, repealed, "
        "expired, not stated, draft"
    )
    effective: date | None = Field(description="施行日期 · the first day in force")
    expires: date | None = Field(description="有效期至 · the last day in force")
    replaced_by: str | None = Field(description="废止它的文件的编号 · id of the document that repeals it")
    replaces: list[str] | None = Field(description="它废止的文件，照原文 · what it repeals, as printed")


class CitationOut(_Response):
    number: int = Field(description="正文中的标号，从 1 起 · the [n] in the text, from 1")
    clause_id: str = Field(examples=["anhui-2023-4:1.3"])
    part_id: str | None = Field(examples=["anhui-2023-4:1.3.3"])
    label: str = Field(description="完整出处，可整行复制 · full address, to copy as one line")
    document_title: str
    jurisdiction: list[str]
    quote: str = Field(description="原文，一字不改 · verbatim words of the document")
    start: int = Field(description="在文件全文中的起点（字符）· offset in the document's text, in characters")
    end: int = Field(description="终点，不含 · end offset, exclusive")
    score: float
    places_in_quote: list[str] = Field(description="引文里写到的地名 · places that the quoted words name")
    validity: ValidityOut | None = Field(description="所引文件当天的效力 · validity of the document on that day")


class ChoiceOut(_Response):
    label: str = Field(description="显示的文字 · what is shown")
    question: str = Field(description="可以照样再问的问题 · the question to ask as it stands")
    jurisdiction: list[str]


class RelatedOut(_Response):
    clause_id: str
    label: str
    score: float


class UnderstoodOut(_Response):
    query: str = Field(description="实际检索的内容 · what was searched")
    jurisdiction: list[str]
    clause_reference: str | None
    rewritten_from_history: bool


class BlockOut(_Response):
    kind: BlockKind = Field(description="这一块是什么 · what this piece of the answer is")
    text: str
    citations: list[int] = Field(description="依据的标号 · numbers of the citations that bear it out")


class AnswerOut(_Response):
    id: str
    question: str
    language: Literal["zh", "en"]
    status: Status = Field(
        description="answered 有答案；no_answer 文件未作规定 · the documents do not say; clarify 反问 · a question back"
    )
    reason: Reason | None = Field(description="没有答案的原因 · why there is no answer")
    text: str = Field(description="答案，[n] 指向引用 · the answer; [n] points to a citation")
    citations: list[CitationOut]
    related: list[RelatedOut] = Field(description="相关条款，不一定回答了问题 · near the question")
    confidence: float = Field(ge=0, le=1)
    understood: UnderstoodOut
    index_version: str
    blocks: list[BlockOut] = Field(description="答案的各块，按阅读顺序 · the answer piece by piece, in reading order")
    choices: list[ChoiceOut] = Field(description="反问时的选项 · the choices of a question back")
    unanswered: list[str] = Field(description="这次没有回答的问题 · questions of the message that are left")
    as_of: date = Field(description="按哪一天的效力 · the day whose law counts")
    phrased_by: str | None = Field(
        description="改写 kind 为 phrased 的句子的语言模型；没有为 null · the language model that blocks of kind "
        "phrased are from; null: there are none"
    )
    timings_ms: dict[str, float]


class LegOut(_Response):
    rank: int = Field(description="名次，从 1 起 · rank, from 1")
    score: float = Field(description="原始得分，越大越好 · raw score, higher is better")


class HitOut(_Response):
    clause_id: str
    label: str
    title: str
    text: str
    score: float
    highlights: list[tuple[int, int]] = Field(
        description="text 中与问题相同的字词 [起, 止) · spans of `text` that share words with the query, end exclusive"
    )
    validity: ValidityOut = Field(description="所在文件当天的效力 · validity of its document on that day")
    legs: dict[str, LegOut] | None = Field(default=None, description="仅当 explain 为 true · only with explain")


class SearchResponse(_Response):
    hits: list[HitOut]
    index_version: str


class DocumentOut(_Response):
    """Facts the source does not state are null, never guessed."""

    id: str
    title: str
    number: str | None = Field(description="文号 · document number")
    issuer: str | None = Field(description="发文机关 · issuer")
    jurisdiction: list[str]
    issued: date | None = Field(description="发文日期 · date of issue")
    status: str | None = Field(description="效力 · validity")
    source: str | None


class DocumentList(_Response):
    documents: list[DocumentOut]


class PartOut(_Response):
    id: str
    number: str = Field(description="原文序号，如 一是 · as printed")
    text: str
    start: int
    end: int


class ClauseSummary(_Response):
    id: str
    label: str
    number: str
    title: str


class ClauseOut(ClauseSummary):
    document_id: str
    document_title: str
    path: list[str] = Field(description="上级标题，由外到内 · headings above it, outermost first")
    jurisdiction: list[str]
    text: str
    start: int
    end: int
    parts: list[PartOut]
    part_id: str | None = Field(default=None, description="所查的要点，如按要点查询 · the part that was asked for")
    guide: GuideOut | None = Field(
        default=None, description="办理机构提供的办事指南 · the office's guide, if there is one"
    )


class OutlineClause(ClauseSummary):
    kind: Literal["clause"] = "clause"
    name: str | None = Field(description="通俗名称 · what people call the matter; null without a plain-language record")
    name_en: str | None = Field(description="英文名称 · the same in English")
    jurisdiction: list[str]


class OutlineHeading(_Response):
    kind: Literal["heading"] = "heading"
    heading: str = Field(description="标题原文 · as printed")
    entries: list["OutlineEntry"] = Field(description="下一级标题和条款，按原文顺序 · what stands below it, in order")


OutlineEntry = Annotated[OutlineHeading | OutlineClause, Field(discriminator="kind")]


class Outline(_Response):
    document_id: str
    document_title: str
    entries: list[OutlineEntry]


class DocumentText(DocumentOut):
    text: str
    clauses: list[ClauseSummary]


class FeedbackStatus(_Response):
    status: Literal["recorded", "not_recorded"] = Field(
        description="recorded 已保存；not_recorded 未保存，因为反馈存储已关闭 · not kept: storage is switched off"
    )


class Liveness(_Response):
    status: Literal["alive"] = "alive"


class Readiness(_Response):
    status: Literal["ready"] = "ready"
    index_version: str
    facts_version: str | None = Field(description="效力、日期等事实 · of status and days; null before publication")
    generation: int | None = Field(description="文件库的版本号 · of the library; null before publication")
    encoder: str
    documents: int
    clauses: int


class WrongField(_Response):
    field: str
    message: str


class Problem(_Response):
    """RFC 9457."""

    type: str = Field(examples=["urn:policyqa:problem:invalid-input"])
    title: str
    status: int
    detail: str = Field(description="出了什么问题，怎样改正 · what is wrong and how to fix it")
    errors: list[WrongField] | None = Field(default=None, description="有误的各项 · wrong fields")


_REF = "#/components/schemas/{model}"
_PROBLEM: Any = {
    "description": "问题说明 · Problem",
    "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model=Problem.__name__)}}},
}
PROBLEM_RESPONSES: dict[int | str, Any] = {"4XX": _PROBLEM, "5XX": _PROBLEM}  # of every route that answers in JSON


def with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """An OpenAPI document with the schemas that those responses name: FastAPI adds only what it knows as a model."""
    _, defined = models_json_schema([(Problem, "serialization")], ref_template=_REF)
    document.setdefault("components", {}).setdefault("schemas", {}).update(defined["$defs"])
    return document


class HandoverOut(_Response):
    code: str = Field(description="接手码，六位数字，报给接线员 · six digits, to be read out", examples=["048213"])
    expires: datetime = Field(description="接手码有效到什么时候 · until when the code is good")
    ticket: str = Field(
        description="更新时带上，接手码不变 · send it again to add to the same hand-over; keep it private"
    )
    phone: str | None = Field(description="留下的号码，分组写 · the number that was left, grouped")
    call_back: date | None = Field(description="哪一天回拨 · the day on which it is called")
    deleted: date | None = Field(description="号码最迟哪一天删去 · by when the number is deleted at the latest")


class HandoverTurn(_Response):
    role: Literal["user", "assistant"]
    content: str = Field(
        description="个人信息已隐去；空的是随文件删去的 · masked; empty where its document was removed"
    )
    clause_ids: list[str]


class HandoverClause(_Response):
    id: str
    label: str = Field(description="完整出处 · full address")
    url: str = Field(description="条款页面 · the page of the clause")


class ReadHandover(_Response):
    code: str
    created: datetime
    expires: datetime
    place: str | None = Field(description="所选的地区 · the place that was chosen")
    wanted: str | None = Field(description="想办什么事 · what is to be done, in the asker's words")
    turns: list[HandoverTurn]
    clauses: list[HandoverClause] = Field(description="对话引用的条款 · what the conversation cites")
    unanswered: list[str] = Field(description="还没有答上的问题 · questions that no clause answered")
    readings: int = Field(description="此前打开过几次 · how often it was opened before")
    read: datetime | None = Field(description="上一次打开的时间 · when last")
    call_back: date | None = Field(description="约好哪一天回拨 · the day on which a call is owed")
