"""The tools that agents call: what each takes and gives, in the types of the HTTP API. All of them only read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.answer import Answer
from assistant.api.asking import OnAnswer, ask, search
from assistant.api.problems import told, wrong_fields
from assistant.api.requests import AskRequest, SearchRequest, Text
from assistant.api.responses import clause_out, document_list
from assistant.api.schemas import AnswerOut, ClauseOut, DocumentList, SearchResponse
from assistant.question.limits import RequestLimits
from assistant.service import Assistant

_ANSWER = TypeAdapter(Answer)
_OFF = (
    "运维人员暂停了这里的自动回答；search、clause、documents 照常可用，请稍后再试。"
    "The operator has switched answers off here; search, clause and documents stay available. Try again later."
)
_OTHERWISE = "格式不正确，请对照这个工具的 inputSchema。Invalid format; see the inputSchema of this tool."


class ClauseRequest(BaseModel):
    """Which clause."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: Text = Field(
        description="条款或要点的编号，取自答案或检索结果 · id of a clause or part, from an answer or a search",
        examples=["harbin-66:26", "anhui-2023-4:1.3.4"],
    )


class DocumentsRequest(BaseModel):
    """All documents: nothing to say."""

    model_config = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True, slots=True)
class Served:
    """What the tools work on. `on_answer` is told of every answer; `is_off`: whether answers are switched off."""

    assistant: Assistant
    limits: RequestLimits
    on_answer: OnAnswer = lambda _answer, _history: None
    is_off: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call gives: a value by the tool's output schema, or what is wrong, in words."""

    value: dict[str, Any] | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: its words, the types of what it takes and gives, and what does its work."""

    name: str
    title: str
    description: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    work: Callable[[Served, Any], dict[str, Any]]

    @property
    def input_schema(self) -> dict[str, Any]:
        """JSON Schema of the arguments."""
        return self.takes.model_json_schema()

    @property
    def output_schema(self) -> dict[str, Any]:
        """JSON Schema of the value."""
        return self.gives.model_json_schema()

    def call(self, served: Served, arguments: Mapping[str, Any]) -> Outcome:
        """Do the work in this thread. Raises nothing: what goes wrong is told, without anything of the server."""
        try:
            return Outcome(self.work(served, self.takes.model_validate(dict(arguments))))
        except ValidationError as error:
            found = [{**one, "loc": (self.name, *one["loc"])} for one in error.errors()]
            detail, errors = wrong_fields(found, _OTHERWISE)
            return Outcome(error="\n".join([detail, *(f"{one['field']}：{one['message']}" for one in errors)]))
        except _SwitchedOffError:
            return Outcome(error=_OFF)
        except Exception as error:
            kind, detail = told(error)
            return Outcome(error=f"{kind.title}\n{detail}")


class _SwitchedOffError(Exception):
    """The operator has switched answers off."""


def _ask(served: Served, request: AskRequest) -> dict[str, Any]:
    if served.is_off():
        raise _SwitchedOffError
    answer = ask(served.assistant, request, served.limits, served.on_answer)
    value: dict[str, Any] = _ANSWER.dump_python(answer, mode="json")
    return value


def _search(served: Served, request: SearchRequest) -> dict[str, Any]:
    return search(served.assistant, request, served.limits).model_dump(mode="json", exclude_unset=True)


def _clause(served: Served, request: ClauseRequest) -> dict[str, Any]:
    return clause_out(request.id, served.assistant.corpus, served.assistant.services).model_dump(mode="json")


def _documents(served: Served, _request: DocumentsRequest) -> dict[str, Any]:
    return document_list(served.assistant.corpus).model_dump(mode="json")


TOOLS = (
    Tool(
        "ask",
        "提问 · Ask",
        "回答关于政策文件的一个问题：找到条款，逐字引用，注明出处。status 为 no_answer 表示文件没有写明，请照实转告，"
        "不要自行补充；clarify 表示要先问清楚，choices 是可选的问法。转述时请保留引文（quote）和出处（label）。\n"
        "Answers one question from policy documents: finds the clause, quotes it verbatim with its address. Status "
        "no_answer means that the documents do not say: pass that on, add nothing. Status clarify is a question back; "
        "choices hold what can be asked instead. Keep quote and label when you pass an answer on.",
        AskRequest,
        AnswerOut,
        _ask,
    ),
    Tool(
        "search",
        "检索 · Search",
        "按相关程度列出条款，不作回答；得分只在同一次结果里可比。\n"
        "Lists clauses by relevance, without an answer. Scores compare within one result only.",
        SearchRequest,
        SearchResponse,
        _search,
    ),
    Tool(
        "clause",
        "条款 · One clause",
        "按编号取一个条款的全文、出处和要点。\nThe full text of one clause by its id, with its address and its parts.",
        ClauseRequest,
        ClauseOut,
        _clause,
    ),
    Tool(
        "documents",
        "文件列表 · List documents",
        "列出收录的文件：标题、文号、发文机关、地区、效力。\n"
        "Lists the documents that are searched: title, number, issuer, places, validity.",
        DocumentsRequest,
        DocumentList,
        _documents,
    ),
)
