"""Which language to answer in, and messages in which nothing can be read."""

import re

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"(?![一二三四五六七八九十第])[\u3400-\u9fffa-z]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_ABOUT_A_WORD = re.compile(
    r"\W*(?:so |and |please )?(?:what(?:'s| is| are| does| do)|(?:the )?meaning of|explain|define)\b", re.I
)
# The words that hold a sentence together, in either language; what stands between them may be of the other.
_ENGLISH_FRAME = re.compile(
    r"\b(?:can|could|do|does|did|is|are|was|how|what|where|when|which|who|why|my|the|an?|for|to|in|of|and|get|need|i|we)\b",
    re.I,
)
_CHINESE_FRAME = re.compile(r"[吗呢吧的了是在我你能要不怎么什哪谁几多]|可以|如何|应该|需要|想问|请问")
_FRAMING = 3  # such words that make an English sentence
_NUMBER = re.compile(r"^\d{1,4}$|\d\d|\d条")


def language_of(text: str, default: str | None = None) -> str:
    """`zh` when the text holds a Chinese character, else `en`, as for an English question about Chinese words.

    `default` is the language of the page, for a text that shows none: a number, an abbreviation.
    """
    if _HAN.search(text) and not _ABOUT_A_WORD.match(text) and not _is_english_about_chinese(text):
        return "zh"
    return default if default and len(_LATIN_WORD.findall(text)) < 2 else "en"


def _is_english_about_chinese(text: str) -> bool:
    """Whether English words hold the sentence together and Chinese ones only name what it is about."""
    return len(_ENGLISH_FRAME.findall(text)) >= _FRAMING and not _CHINESE_FRAME.search(text)


def is_readable(text: str) -> bool:
    """Whether a message in normal form holds a letter, a character that is no numeral, or a number to look up."""
    return bool(_LETTER.search(text) or _NUMBER.search(text))
