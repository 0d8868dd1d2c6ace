"""One normal form for everything that is compared: clause texts at build time and questions at search time.

`normalize` is idempotent and never used for display; quotes always come from `Document.text`.
"""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from corpus.text.numeral import NUMERAL, from_chinese

VERSION = "1"

# A numeral is rewritten only where it counts or orders something that is also written in digits.
# Numerals are taken whole (possessive), so that each is read once, however long.
_ORDINAL = re.compile(rf"第([{NUMERAL}]++)(?=[编章节条款项点号期批步个次])")
_COUNTED = re.compile(rf"(?<![{NUMERAL}])([{NUMERAL}]++)(?=[条项个种类家天日月年号小元])")
_UNITS = re.compile("[十百千]")  # a numeral without one may be a year, digit by digit
_LONGEST_NUMERAL = 9  # characters: 九千九百九十九 has seven
_BRACKETS = str.maketrans({"〔": "[", "〕": "]", "【": "[", "】": "]", "﹝": "[", "﹞": "]"})
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]")
_SPACE = re.compile(r"\s+")
_BEYOND_LATIN = re.compile(r"[^\x00-\x7f]")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def _digits(match: re.Match[str]) -> str:
    numeral = match.group(1)
    return (
        match.group(0).replace(numeral, str(from_chinese(numeral)), 1) if len(numeral) <= _LONGEST_NUMERAL else match[0]
    )


def _counted(match: re.Match[str]) -> str:
    return _digits(match) if _UNITS.search(match[1]) else match[0]


class Normal(str):
    """A text in normal form; what holds one need not normalise it again."""

    __slots__ = ()


def normalize(text: str) -> Normal:
    """NFKC, simplified characters, lower case, digits for numerals, single spaces, nothing invisible.

    A text that is known to be in normal form comes back as it is.
    """
    if isinstance(text, Normal):
        return text
    text = unicodedata.normalize("NFKC", text).lower()
    if _BEYOND_LATIN.search(text):
        text = _to_simplified().convert(_INVISIBLE.sub("", text).translate(_BRACKETS))
        text = unicodedata.normalize("NFKC", text).lower()
        text = _COUNTED.sub(_counted, _ORDINAL.sub(_digits, text))
    return Normal(_SPACE.sub(" ", text).strip())
