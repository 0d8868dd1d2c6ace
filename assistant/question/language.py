"""Which language to answer in, and questions that are none: greetings and what cannot be read."""

import re

from assistant.answer import Reason
from assistant.question.intents import intent
from index.text.normalizer import normalize

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"(?![一二三四五六七八九十第])[\u3400-\u9fffa-z]")
_NUMBER = re.compile(r"^\d{1,4}$|\d\d|\d条")


def language_of(text: str) -> str:
    """`zh` when the text holds a Chinese character, else `en`."""
    return "zh" if _HAN.search(text) else "en"


def without_question(text: str) -> Reason | None:
    """GREETING for a greeting or thanks, UNREADABLE when nothing can be read or found in it, else None."""
    plain = normalize(text)
    if intent("greeting").found_in(plain):
        return Reason.GREETING
    if not _LETTER.search(plain) and not _NUMBER.search(plain):
        return Reason.UNREADABLE
    return None
