"""What of a question and its answer is recorded, as columns of table.py: nothing but masked words."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from assistant.answer import Answer
from assistant.privacy.masking import mask
from assistant.question.history import Turn, user_messages
from assistant.question.talk import is_about_a_matter
from index.text.normalizer import normalize


class Channel(StrEnum):
    """By what way a question came."""

    CHAT = "chat"
    API = "api"
    CONSOLE = "console"  # what agents mark
    WECHAT = "wechat"


class Verdict(StrEnum):
    """What a user may say of an answer; the last three say what is wrong with it."""

    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    WRONG = "wrong"
    OUTDATED = "outdated"
    MISSING = "missing"


def answer_columns(answer: Answer, history: Sequence[Turn], channel: Channel | None) -> dict[str, Any]:
    """An answer, and the question before it where it was understood from that one."""
    cited = dict.fromkeys(citation.clause_id for citation in answer.citations)
    followed = next(_matters(history), None) if answer.understood.rewritten_from_history else None
    return {
        "answer_id": answer.id,
        **question_columns(answer.question),
        "language": answer.language,
        "status": answer.status,
        "reason": answer.reason,
        "clauses": " ".join(cited) or None,
        "index_version": answer.index_version,
        "confidence": answer.confidence,
        "places": " ".join(answer.understood.jurisdiction) or None,
        "follows": followed and kept(followed),
        "follows_topic": followed and topic_of(followed),
        "channel": channel,
    }


def question_columns(question: str) -> dict[str, str | None]:
    """A question as it is kept, and its topic."""
    return {"question": kept(question), "topic": topic_of(question)}


def topic_of(question: str) -> str | None:
    """What is left of a question as it is kept when marks and blanks do not count; None where nothing is."""
    return "".join(character for character in normalize(kept(question)) if character.isalnum()) or None


def kept(text: str) -> str:
    """As it is kept: masked, and without what no database takes: NUL and lone surrogates."""
    return mask(text).replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _matters(history: Sequence[Turn]) -> Iterator[str]:
    """The questions before, the latest first; neither thanks nor other talk about the talk."""
    return (message for message in user_messages(history) if is_about_a_matter(normalize(message)))
