"""What one request may ask for, checked before any work; each refusal names the field and the way out."""

from assistant.api.requests import AskRequest, FeedbackRequest, SearchRequest
from assistant.question.limits import RequestLimits, check_list, check_text
from corpus.errors import InputError


def check_request(request: AskRequest | SearchRequest, limits: RequestLimits) -> None:
    """Raises InputError for a question, a history or a filter larger than the limits.

    A user's turn was once a question and is limited like one; an assistant's turn only by the total.
    """
    check_list("history", request.history, limits.max_history)
    for position, turn in enumerate(request.history):
        if turn.role == "user":
            check_text(f"history[{position}].content", turn.content, limits.max_question)
        check_list(f"history[{position}].clause_ids", turn.clause_ids, limits.max_limit)
    field, text = ("question", request.question) if isinstance(request, AskRequest) else ("query", request.query)
    check_text(field, text, limits.max_question)
    total = len(text) + sum(len(turn.content) for turn in request.history)
    if total > limits.max_characters:
        raise InputError(
            f"问题和对话历史合计最多 {limits.max_characters} 个字，现有 {total} 个，请去掉较早的对话。"
            f"Question and history may hold {limits.max_characters} characters in all, got {total}; "
            "drop the earliest turns.",
            "history",
        )
    check_list("jurisdiction", request.jurisdiction, limits.max_limit)
    check_list("documents", request.documents, limits.max_limit)


def check_feedback(request: FeedbackRequest, limits: RequestLimits) -> None:
    """Raises InputError for a reason or comment longer than a question may be."""
    check_text("reason", request.reason or "", limits.max_question)
    check_text("comment", request.comment or "", limits.max_question)
