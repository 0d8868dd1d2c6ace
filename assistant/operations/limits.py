"""How much one request may ask for. The sizes come from Settings; each refusal names the field and the way out."""

from assistant.api.schemas import AskRequest, FeedbackRequest, SearchRequest
from assistant.question.limits import check_list, check_text
from assistant.settings import Settings


def check_lists(request: AskRequest | SearchRequest, settings: Settings) -> None:
    """Raises InputError for a history or filter larger than the settings allow.

    A user's turn was once a question and is limited like one; the assistant's own turns only by the body's size.
    The question itself is checked by the assistant, whoever asks.
    """
    check_list("history", request.history, settings.max_history)
    for position, turn in enumerate(request.history):
        if turn.role == "user":
            check_text(f"history[{position}].content", turn.content, settings.max_question)
    check_list("jurisdiction", request.jurisdiction, settings.max_limit)
    check_list("documents", request.documents, settings.max_limit)


def check_feedback(request: FeedbackRequest, settings: Settings) -> None:
    """Raises InputError for a reason or comment longer than a question may be."""
    check_text("reason", request.reason or "", settings.max_question)
    check_text("comment", request.comment or "", settings.max_question)
