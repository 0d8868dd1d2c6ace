"""A question and a search as programs send them, answered: one way for the HTTP API and the Model Context Protocol."""

from collections.abc import Callable, Sequence

from assistant.answer import Answer
from assistant.api.requests import AskRequest, SearchRequest, TurnIn
from assistant.api.responses import search_result
from assistant.api.schemas import SearchResponse
from assistant.operations.limits import check_request
from assistant.phrasing.told import told
from assistant.question.limits import RequestLimits
from assistant.service import Assistant, Turn

OnAnswer = Callable[[Answer, Sequence[Turn]], None]  # told of an answer that is given, and of the turns before it


def ask(assistant: Assistant, request: AskRequest, limits: RequestLimits, on_answer: OnAnswer) -> Answer:
    """The answer to what was asked. Raises InputError."""
    check_request(request, limits)
    history = turns(request.history)
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
    return answer


def search(assistant: Assistant, request: SearchRequest, limits: RequestLimits) -> SearchResponse:
    """The clauses that were searched for. Raises InputError."""
    check_request(request, limits)

    def searched() -> SearchResponse:
        hits = assistant.search(
            request.query,
            history=turns(request.history),
            jurisdiction=request.jurisdiction,
            documents=request.documents,
            limit=request.limit,
            law=request.law,
        )
        return search_result(assistant, request.query, hits, as_of=request.law.as_of, explain=request.explain)

    return searched() if request.history else assistant.recent.found(request.model_dump_json(), searched)


def turns(history: Sequence[TurnIn]) -> list[Turn]:
    """Earlier turns as the assistant reads them."""
    return [Turn(turn.role, turn.content, tuple(turn.clause_ids)) for turn in history]
