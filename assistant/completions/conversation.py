"""The messages of a chat completion as a question with its history."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.completions.request import ChatMessage
from assistant.question.history import USER, Turn, latest
from assistant.question.limits import RequestLimits, check_question
from corpus.errors import InputError

_SPEAKERS = ("user", "assistant")  # whoever else writes instructs a language model, and there is none


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is asked, and what was said before, oldest first."""

    question: str
    history: tuple[Turn, ...]


def conversation(messages: Sequence[ChatMessage], limits: RequestLimits) -> Conversation:
    """The question that the last message is; of a long history the latest turns count, as on the chat page.

    Raises InputError for messages without a question at their end, or with one larger than the limits.
    """
    said = [(at, message) for at, message in enumerate(messages) if message.role in _SPEAKERS]
    if not said or said[-1][1].role != USER:
        raise InputError(
            "最后一条请用 role 为 user 的消息写问题。Let the last message be the question, of role user.",
            f"messages[{said[-1][0]}].role" if said else "messages",
        )
    at, last = said[-1]
    check_question(f"messages[{at}].content", last.text, limits.max_question, None)
    turns = [Turn(message.role, message.text) for _, message in said[:-1] if message.text.strip()]
    return Conversation(last.text, tuple(latest(turns, limits, room=limits.max_characters - len(last.text))))
