"""Which language to answer in, and messages in which nothing can be read."""

import re

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"(?![一二三四五六七八九十第])[\u3400-\u9fffa-z]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_ABOUT_A_WORD = re.compile(
    r"\W*(?:so |and |please )?(?:what(?:'s| is| are| does| do)|(?:the )?meaning of|explain|define)\b", re.I
)
_NUMBER = re.compile(r"^\d{1,4}$|\d\d|\d条")


def language_of(text: str, default: str | None = None) -> str:
    """`zh` when the text holds a Chinese character, else `en`, as for an English question about a Chinese word.

    `default` is the language of the page, for a text that shows none: a number, an abbreviation.
    """
    if _HAN.search(text) and not _ABOUT_A_WORD.match(text):
        return "zh"
    return default if default and len(_LATIN_WORD.findall(text)) < 2 else "en"


def is_readable(text: str) -> bool:
    """Whether a message in normal form holds a letter, a character that is no numeral, or a number to look up."""
    return bool(_LETTER.search(text) or _NUMBER.search(text))
