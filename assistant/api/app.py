"""The HTTP API: one FastAPI app over one Assistant. Paths and fields are fixed; programs depend on them.

Endpoints that compute are plain functions, which run in threads; those that do not are coroutines, which need none.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, FastAPI, Response
from pydantic import TypeAdapter
from starlette.middleware.cors import CORSMiddleware

from assistant.answer import Answer
from assistant.api.channels import channel_routes
from assistant.api.events import event_routes
from assistant.api.guidance import guidance_routes
from assistant.api.handover import handover_routes
from assistant.api.matching import matching_routes
from assistant.api.problems import install_handlers
from assistant.api.requests import QUESTION_EN, QUESTION_ZH, AskRequest, FeedbackRequest, SearchRequest, TurnIn
from assistant.api.responses import clause_out, document_out, document_text, outline, search_result
from assistant.api.schemas import (
    PROBLEM_RESPONSES,
    AnswerOut,
    ClauseOut,
    DocumentList,
    DocumentText,
    FeedbackStatus,
    Liveness,
    Outline,
    Readiness,
    SearchResponse,
)
from assistant.feedback.store import FeedbackStore
from assistant.operations import metrics as prometheus
from assistant.operations.admission import Admission, Turns
from assistant.operations.body_limit import BodyLimit
from assistant.operations.limits import check_feedback, check_request
from assistant.operations.metrics import Metrics, RequestMetrics
from assistant.operations.redirects import RelativeRedirects
from assistant.phrasing.told import told
from assistant.question.limits import RequestLimits
from assistant.service import Assistant, Turn
from assistant.switches.answers_off import AnswersOff
from assistant.switches.operation import EVERYTHING_ON, Operation

_ABOUT = """政策问答助手：在政策文件中找到回答问题的条款，逐字引用并给出完整出处；文件没有规定时如实说明。

Finds the clause that answers, quotes it verbatim with its full address, and says so when the documents do not answer.
Errors are RFC 9457 problems."""

_ANSWER = TypeAdapter(Answer)
_ASK_EXAMPLES: Any = {
    "中文": {"summary": "中文提问", "value": {"question": QUESTION_ZH}},
    "English": {"summary": "A question in English", "value": {"question": QUESTION_EN}},
    "追问": {
        "summary": "带对话历史并限定地区 · with history and a place",
        "value": {
            "question": "需要什么材料？",
            "history": [{"role": "user", "content": "外籍高端人才怎么办永久居留？"}],
            "jurisdiction": ["合肥"],
        },
    },
}
_SEARCH_EXAMPLES: Any = {
    "中文": {"summary": "检索条款", "value": {"query": "施工许可 告知承诺", "limit": 3, "explain": True}},
    "English": {"summary": "Search clauses", "value": {"query": "export tax payment", "documents": ["anhui-2023-4"]}},
}


def create_app(
    assistant: Assistant,
    *,
    feedback: FeedbackStore,
    metrics: Metrics,
    on_answer: Callable[[Answer, Sequence[Turn]], None],
    turns: Turns,
    limits: RequestLimits,
    cors_origins: Sequence[str] = (),
    computing: Sequence[str] = (),
    operation: Operation = EVERYTHING_ON,
) -> FastAPI:
    """The API over `assistant`.

    `on_answer` is called with every answer that is given and the turns before it; verdicts go to `feedback`, counts to
    `metrics`. Requests that compute wait for one of `turns`: what is posted, and pages at the paths `computing`. Pages
    of `cors_origins` may call it from a browser. `operation` says what is switched off.
    """
    app = FastAPI(
        title="policyqa 政策问答助手",
        version="1",
        description=_ABOUT,
        docs_url=None,  # these two pages load their scripts from a CDN
        redoc_url=None,
        responses=PROBLEM_RESPONSES,
    )
    app.include_router(_questions(assistant, on_answer, limits))
    app.include_router(_documents(assistant))
    app.include_router(guidance_routes(assistant, on_answer, limits))
    app.include_router(matching_routes(assistant, limits))
    app.include_router(event_routes(assistant))
    app.include_router(channel_routes(assistant))
    app.include_router(_feedback(assistant, feedback, limits))
    app.include_router(handover_routes(assistant, feedback, limits))
    app.include_router(_operation(assistant, metrics))
    install_handlers(app)
    app.add_middleware(
        Admission, turns=turns, metrics=metrics, computing=computing
    )  # the last one added is the outermost
    app.add_middleware(AnswersOff, operation=operation)
    app.add_middleware(BodyLimit, limit=limits.max_body, seconds=limits.max_seconds)
    if cors_origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=cors_origins, allow_methods=["GET", "POST"], allow_headers=["Content-Type"]
        )
    app.add_middleware(RelativeRedirects)
    app.add_middleware(RequestMetrics, metrics=metrics)
    return app


def _questions(
    assistant: Assistant, on_answer: Callable[[Answer, Sequence[Turn]], None], limits: RequestLimits
) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["问答 · questions"])

    @router.post("/ask", summary="提问 · Ask", response_model=AnswerOut)
    def ask(request: Annotated[AskRequest, Body(openapi_examples=_ASK_EXAMPLES)]) -> Response:
        """回答一个问题。没有答案是一种状态（`no_answer`），不是错误。

        Answers a question. That the documents do not say is a status (`no_answer`), not an error.
        """
        check_request(request, limits)
        history = _turns(request.history)
        answer = told(
            assistant,
            request.question,
            history=history,
            jurisdiction=request.jurisdiction,
            documents=request.documents,
            limit=request.limit,
            audience=request.audience,
            language=request.language,
            law=request.law,
        )
        on_answer(answer, history)
        # Written as it is: it was checked when it was made, and copying it into the response model takes its time.
        return Response(_ANSWER.dump_json(answer), media_type="application/json")

    @router.post("/search", summary="检索 · Search", response_model_exclude_unset=True)
    def search(request: Annotated[SearchRequest, Body(openapi_examples=_SEARCH_EXAMPLES)]) -> SearchResponse:
        """按相关程度列出条款，不作回答。

        Lists clauses by relevance, without an answer. Scores compare within one response only.
        """
        check_request(request, limits)
        hits = assistant.search(
            request.query,
            history=_turns(request.history),
            jurisdiction=request.jurisdiction,
            documents=request.documents,
            limit=request.limit,
            law=request.law,
        )
        return search_result(assistant, request.query, hits, as_of=request.law.as_of, explain=request.explain)

    return router


def _documents(assistant: Assistant) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["文件 · documents"])

    @router.get("/documents", summary="文件列表 · List documents")
    def documents() -> DocumentList:
        """列出全部文件。Lists all documents."""
        return DocumentList(documents=[document_out(document) for document in assistant.corpus.browsable.documents])

    @router.get("/documents/{document_id}", summary="文件全文 · One document")
    def document(document_id: str) -> DocumentText:
        """文件全文与条款目录。The full text, to which all offsets refer, and its clauses."""
        return document_text(assistant.corpus.document(document_id), assistant.corpus)

    @router.get("/documents/{document_id}/outline", summary="文件目录 · Outline of a document")
    def document_outline(document_id: str) -> Outline:
        """一份文件的标题和条款，按层次排列，附通俗名称。Headings and clauses as a tree, with plain names."""
        return outline(assistant.corpus.document(document_id), assistant.corpus)

    @router.get("/clauses/{clause_id}", summary="条款 · One clause")
    def clause(clause_id: str) -> ClauseOut:
        """按条款或要点的 id 取条款全文。The clause with this id, or the clause that holds the part with this id."""
        return clause_out(clause_id, assistant.corpus, assistant.services)

    return router


def _feedback(assistant: Assistant, store: FeedbackStore, limits: RequestLimits) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["反馈 · feedback"])

    @router.post("/feedback", status_code=201, summary="评价答案 · Judge an answer")
    def feedback(request: FeedbackRequest) -> FeedbackStatus:
        """记录对一个答案的评价，替换此前的评价；个人信息会隐去。服务关闭了反馈存储时不保存（`not_recorded`）。

        Records a verdict on an answer, in place of an earlier one; personal data is masked. With storage switched off
        nothing is kept, and the status says so. 404 for an answer that was not given.
        """
        check_feedback(request, limits)
        given = assistant.proofs.is_answer_id(request.answer_id)
        kept = store.judge(request.answer_id, request.verdict, request.reason, request.comment, given=given)
        return FeedbackStatus(status="recorded" if kept else "not_recorded")

    return router


def _operation(assistant: Assistant, metrics: Metrics) -> APIRouter:
    router = APIRouter(tags=["运行 · operation"])

    @router.get("/healthz", summary="存活 · Liveness")
    async def healthz() -> Liveness:
        """进程在运行。The process runs."""
        return Liveness()

    @router.get("/readyz", summary="就绪 · Readiness")
    def readyz() -> Readiness:
        """索引与编码模型已载入，能够检索。Index and encoder are loaded and a search goes through."""
        assistant.index.search("就绪", limit=1)
        manifest = assistant.published.manifest if assistant.published else None
        return Readiness(
            index_version=assistant.index.version,
            facts_version=manifest.facts_version if manifest else None,
            generation=manifest.number if manifest else None,
            encoder=assistant.index.encoder.name,
            documents=len(assistant.corpus.documents),
            clauses=len(assistant.corpus.clauses),
        )

    @router.get("/metrics", summary="指标 · Prometheus metrics", response_class=Response)
    async def metrics_text() -> Response:
        """Prometheus 文本格式。Prometheus exposition text."""
        return Response(metrics.render(), media_type=prometheus.CONTENT_TYPE)

    return router


def _turns(history: Sequence[TurnIn]) -> list[Turn]:
    return [Turn(turn.role, turn.content, tuple(turn.clause_ids)) for turn in history]
