"""Lines that look like a heading whose number could not be read: 第七 街口的摊位, 七条 街口, 第入条."""

import re
from collections.abc import Iterable

from corpus.numbering import NumberingStyle, match_number
from corpus.text.characters import fold
from corpus.text.numeral import to_chinese

_MOST = 20  # numbers of a jump that are looked for; a longer jump is no slip
_SHOWN = 24  # characters of a line in a message
_UNREADABLE = re.compile(r"[第弟箄]\s?\S{1,4}?\s?[条务]")  # 第入条, 弟七条
_OPENERS = {
    NumberingStyle.ARTICLE: r"(?:第\s?{n}(?![款项章节编部])|[弟箄]?\s?{n}\s?[条务])",
    NumberingStyle.HAN: r"{n}(?:[,:;\s]|(?=[^一二三四五六七八九十百、是要]))",
    NumberingStyle.HAN_BRACKET: r"(?:[({{\[<]\s?{n}|{n}\s?[)}}\]>])",
    NumberingStyle.DIGIT: r"{n}(?:[,:;]|\s)",
}


def find_missed(text: str, style: NumberingStyle, values: Iterable[int]) -> str | None:
    """The first line of a text, its first one aside, that looks like one of these numbers of a style; None for none.

    Lines that begin with a number which can be read are none.
    """
    missed = list(values)
    if not missed or len(missed) > _MOST or style not in _OPENERS:
        return None
    written = [w for value in missed for w in (to_chinese(value), str(value))]
    numbers = "|".join(r"\s?".join(map(re.escape, one)) for one in sorted(written, key=len, reverse=True))
    looks = re.compile(rf"[^\w第(]{{0,3}}{_OPENERS[style].format(n=f'(?:{numbers})')}")
    for line in text.split("\n")[1:]:
        shown = line.strip()
        folded = fold(shown[:_SHOWN])
        unreadable = style is NumberingStyle.ARTICLE and _UNREADABLE.match(folded)
        if not shown or (match_number(shown) and not looks.match(folded)):
            continue
        if looks.match(folded) or (unreadable and match_number(shown) is None):
            return shown[:_SHOWN]
    return None
