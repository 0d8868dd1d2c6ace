"""One writing for the many in which people type numbers and addresses, one character for one.

So that a place in the folded text is the same place in the text.
"""

import re
import unicodedata

DASHES = "-‐‑‒–—−﹣－~～_"
SEPARATOR = r"[ \n\r.·•・*/|\\-]"  # what people put between groups of digits; commas separate numbers

_DASHES = frozenset(DASHES)
_BLANK_CATEGORIES = frozenset({"Zs", "Cf"})  # spaces, and what has no width
_DIGITS = "〇零○一幺二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖"
_CHINESE_DIGITS = str.maketrans(_DIGITS, "0001123456789122334566789")
_SPELLED = re.compile(  # from 11 on: no other text has so many in a row
    rf"[{_DIGITS}](?:{SEPARATOR}{{0,3}}[{_DIGITS}]){{10,}}"
)
_BASIC_PLANE = 0xFFFF  # the last code of it


class _Folding(dict[int, str]):
    """For str.translate: a character → its folded one, remembered from when it is first met.

    Rare ones beyond the basic plane are worked out each time: there are a million, and a stranger may send them all.
    """

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if code <= _BASIC_PLANE:
            self[code] = folded
        return folded


def _fold(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if character in _DASHES:
        return "-"
    if category in _BLANK_CATEGORIES or character in "\t\v\f":
        return " "
    wide = unicodedata.normalize("NFKC", character).upper()
    return character if len(wide) != 1 or wide.isdigit() else wide  # ① is no digit of a number


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Digits of every script and long rows of Chinese ones as 0–9, letters as capitals, blanks and dashes as one."""
    folded = text.translate(_FOLDING)
    return _SPELLED.sub(lambda spelled: spelled[0].translate(_CHINESE_DIGITS), folded)
