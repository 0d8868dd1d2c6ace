"""Classes of characters that several packages look for, and the folding of widths."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

HAN = "\u3400-\u9fff\uf900-\ufaff"  # inside a character class
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"  # the same
_HAN = re.compile(f"[{HAN}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# Other writings of what official numbers and document numbers are made of, one character for one. 笫 is a common
# misreading of 第 in scanned texts.
_FOLDED = {
    **dict(zip("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬", "一二二三三四五六六七八九十百千万", strict=True)),
    **dict(zip("○◯〇", "零零零", strict=True)),
    "笫": "第",
    **dict(zip("〔﹝【［〕﹞】］", "[[[[]]]]", strict=True)),
    **dict(zip("．﹒", "..", strict=True)),
}


class _Folding(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        narrow = _narrow(chr(code))
        self[code] = folded = _FOLDED.get(narrow) or _simplified(narrow)
        return folded


_FOLDING = _Folding()


def has_han(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return bool(_HAN.search(text))


def without_invisible(text: str) -> str:
    """The text without characters that show nothing."""
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """The text for comparing numbers and names, character by character, so that offsets stay the same.

    Half width, lower case, plain numerals for 壹贰叁 and ○, simplified characters, one kind of brackets. Idempotent.
    """
    if text.isascii():
        return text.lower()
    return text.translate(_FOLDING)


def _narrow(character: str) -> str:
    if unicodedata.decomposition(character).startswith(("<circle>", "<super>", "<sub>")):  # ① is no 1
        return character
    narrow = unicodedata.normalize("NFKC", character).lower()
    return narrow if len(narrow) == 1 else character


def _simplified(character: str) -> str:
    if not has_han(character):
        return character
    once = _to_simplified().convert(character)
    return once if len(once) == 1 else character


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")
