"""How much may be brought to the assistant, and the words in which more is refused, wherever it arrives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.messages import languages
from corpus.errors import InputError

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """How much one request may bring. The defaults are those of the settings with the same names."""

    max_question: int = 2000  # characters of a question, of an earlier question, of a comment
    max_history: int = 20  # turns
    max_characters: int = 16_000  # of question and history together
    max_limit: int = 100  # hits or related clauses, places, documents
    max_body: int = 65_536  # bytes
    max_seconds: float = 20.0  # in which the body must arrive


DEFAULT_LIMITS = RequestLimits()


def has_lone_surrogates(text: str) -> bool:
    """Whether a text cannot be written as UTF-8. JSON can spell a lone surrogate, which no answer could repeat."""
    return _SURROGATE.search(text) is not None


def check_text(field: str, text: str, most: int) -> None:
    """Raises InputError for more than `most` characters, or for a lone surrogate."""
    if len(text) > most:
        raise InputError(
            f"最多 {most} 个字，现有 {len(text)} 个，请缩短。"
            f"At most {most} characters, got {len(text)}; please shorten it.",
            field,
        )
    if has_lone_surrogates(text):
        raise InputError("含有无法识别的字符，请删去。Contains broken characters; remove them.", field)


def check_question(field: str, text: str, most: int, language: str | None) -> None:
    """Raises InputError for a blank text, one that `check_text` refuses, or a language that nobody speaks here."""
    if not text.strip():
        raise InputError("请输入问题。Please enter a question.", field)
    check_text(field, text, most)
    if language not in (None, *languages()):
        known = "、".join(languages())
        raise InputError(f"没有这种语言，可选 {known}。No such language; choose from {known}.", "language")


def check_limit(limit: int | None, default: int, most: int) -> int:
    """How many hits or related clauses are wanted. Raises InputError for none, or more than `most`."""
    if limit is None:
        return default
    if not 1 <= limit <= most:
        raise InputError(f"请给出 1 到 {most} 之间的数。Give a number from 1 to {most}.", "limit")
    return limit


def check_list(field: str, items: Sequence[object], most: int) -> None:
    """Raises InputError for more than `most` items."""
    if len(items) > most:
        raise InputError(
            f"最多 {most} 项，现有 {len(items)} 项，请减少。At most {most} items, got {len(items)}; please send fewer.",
            field,
        )
