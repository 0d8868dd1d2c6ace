"""How much one request may ask for. The sizes come from Settings; each refusal names the field and the way out."""

from collections.abc import Sequence

from assistant.http.schemas import AskRequest, FeedbackRequest, SearchRequest
from assistant.settings import Settings
from corpus.errors import InputError


def check_lists(request: AskRequest | SearchRequest, settings: Settings) -> None:
    """Raises InputError for a history or filter larger than the settings allow.

    A user's turn was once a question and is limited like one; the assistant's own turns only by the body's size.
    The question itself is checked by the assistant, whoever asks.
    """
    _no_more("history", request.history, settings.max_history)
    for position, turn in enumerate(request.history):
        if turn.role == "user":
            _no_longer(f"history[{position}].content", turn.content, settings.max_question)
    _no_more("jurisdiction", request.jurisdiction, settings.max_limit)
    _no_more("documents", request.documents, settings.max_limit)


def check_feedback(request: FeedbackRequest, settings: Settings) -> None:
    """Raises InputError for a reason or comment longer than a question may be."""
    _no_longer("reason", request.reason or "", settings.max_question)
    _no_longer("comment", request.comment or "", settings.max_question)


def _no_longer(field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise InputError(
            f"最多 {most} 个字，现有 {len(text)} 个，请缩短。"
            f"At most {most} characters, got {len(text)}; please shorten it.",
            field,
        )


def _no_more(field: str, items: Sequence[object], most: int) -> None:
    if len(items) > most:
        raise InputError(
            f"最多 {most} 项，现有 {len(items)} 项，请减少。At most {most} items, got {len(items)}; please send fewer.",
            field,
        )
