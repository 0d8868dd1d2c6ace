"""What one request may ask for, checked before any work; each refusal names the field and the way out."""

from collections.abc import Sequence

from assistant.api.requests import AskRequest, FeedbackRequest, HandoverRequest, SearchRequest, TurnIn
from assistant.question.limits import RequestLimits, check_list, check_text
from corpus.errors import InputError

_SHORT = 100  # characters of what is no text of its own


def check_request(request: AskRequest | SearchRequest, limits: RequestLimits) -> None:
    """Raises InputError for a question, a history or a filter larger than the limits.

    A user's turn was once a question and is limited like one; an assistant's turn only by the total.
    """
    _check_turns(request.history, limits)
    field, text = ("question", request.question) if isinstance(request, AskRequest) else ("query", request.query)
    check_text(field, text, limits.max_question)
    _check_total(len(text), request.history, limits)
    check_list("jurisdiction", request.jurisdiction, limits.max_limit)
    check_list("documents", request.documents, limits.max_limit)


def check_handover(request: HandoverRequest, limits: RequestLimits) -> None:
    """Raises InputError for a conversation larger than one that a question may bring, or for none at all.

    A number is withdrawn without one: the tab may have lost what was said.
    """
    _check_turns(request.history, limits)
    check_text("wanted", request.wanted or "", limits.max_question)
    for field, text in (("place", request.place), ("phone", request.phone), ("ticket", request.ticket)):
        check_text(field, text or "", _SHORT)
    _check_total(len(request.wanted or ""), request.history, limits)
    withdraws = request.ticket and request.phone is not None and not request.phone.strip()
    said = any(text.strip() for text in (request.wanted or "", *(turn.content for turn in request.history)))
    if not said and not withdraws:
        raise InputError(
            "还没有对话可以转交：请先问一个问题，或在 wanted 里写下想办什么事。"
            "There is nothing to hand over yet: ask a question first, or say in `wanted` what is to be done.",
            "history",
        )


def _check_turns(history: Sequence[TurnIn], limits: RequestLimits) -> None:
    check_list("history", history, limits.max_history)
    for position, turn in enumerate(history):
        if turn.role == "user":
            check_text(f"history[{position}].content", turn.content, limits.max_question)
        check_list(f"history[{position}].clause_ids", turn.clause_ids, limits.max_limit)


def _check_total(beside: int, history: Sequence[TurnIn], limits: RequestLimits) -> None:
    total = beside + sum(len(turn.content) for turn in history)
    if total > limits.max_characters:
        raise InputError(
            f"问题和对话历史合计最多 {limits.max_characters} 个字，现有 {total} 个，请去掉较早的对话。"
            f"Question and history may hold {limits.max_characters} characters in all, got {total}; "
            "drop the earliest turns.",
            "history",
        )


def check_feedback(request: FeedbackRequest, limits: RequestLimits) -> None:
    """Raises InputError for a reason or comment longer than a question may be."""
    check_text("reason", request.reason or "", limits.max_question)
    check_text("comment", request.comment or "", limits.max_question)
