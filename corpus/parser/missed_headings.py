"""Lines that look like a heading whose number could not be read: 第七 街口的摊位, 七条 街口, 第入条."""

import re

from corpus.numbering import NumberingStyle, match_number, number_value
from corpus.text.characters import fold
from corpus.text.numeral import ANY_NUMERAL

_MOST = 20  # numbers of a jump that are looked for; a longer jump is no slip
_SHOWN = 24  # characters of a line in a message
_UNREADABLE = re.compile(r"[第弟箄]\s?\S{1,4}?\s?[条务]")  # 第入条, 弟七条
_N = rf"((?>[{ANY_NUMERAL}](?:\s?[{ANY_NUMERAL}]){{0,8}}|\d(?:\s?\d){{0,4}}))"
_OPENERS = {
    style: re.compile(rf"[^\w第(]{{0,3}}(?:{opener})")
    for style, opener in {
        NumberingStyle.ARTICLE: rf"第\s?{_N}(?![款项章节编部])|[弟箄]?\s?{_N}\s?[条务]",
        NumberingStyle.HAN: rf"{_N}(?:[,:;\s]|(?=[^、是要]))",
        NumberingStyle.HAN_BRACKET: rf"[({{\[<]\s?{_N}|{_N}\s?[)}}\]>]",
        NumberingStyle.DIGIT: rf"{_N}(?:[,:;]|\s)",
    }.items()
}


def find_missed(text: str, style: NumberingStyle, values: range) -> str | None:
    """The first line of a text, its first one aside, that looks like one of these numbers of a style; None for none.

    Lines that begin with a number which can be read are none.
    """
    if not 0 < len(values) <= _MOST or style not in _OPENERS:
        return None
    for line in text.split("\n")[1:]:
        shown = line.strip()
        folded = fold(shown[:_SHOWN])
        found = _OPENERS[style].match(folded)
        if found and number_value(next(filter(None, found.groups()))) in values:
            return shown[:_SHOWN]
        if style is NumberingStyle.ARTICLE and _UNREADABLE.match(folded) and match_number(shown) is None:
            return shown[:_SHOWN]
    return None
