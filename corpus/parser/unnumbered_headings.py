"""Headings that print no number, and numbered ones that stand above articles.

申请材料            a heading, for 一、 begins again below it and below the next one
一、身份证；
一、政策支持         a heading above articles, though 一、 is otherwise the smaller unit
第1条 设立资金。
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.backmatter import is_date
from corpus.parser.lines import Line, continues

_S = NumberingStyle
_LONGEST = 30  # characters
DEEPEST = 3  # headings one below the other
_NO_HEADING = re.compile(r"[，,。；;！？!?…]|^附\s*件|^[（(]?(?:注|备注|说明)\s*[：:]|下列|以下|如下|包括|应当")
_ABOVE_ARTICLES = (_S.FORMAL, _S.HAN, _S.HAN_BRACKET, _S.DIGIT)
_FULL = 0.7  # of the width of a text: how long a line is at least that may run on in the next


@dataclass(frozen=True, slots=True)
class Headings:
    """By line: the rank of numbered headings above articles, and the number and rank of headings without a number.

    A rank stands among the styles of numbering, lower for what contains more.
    """

    ranks: dict[int, float] = field(default_factory=dict)
    bare: dict[int, HeadingNumber] = field(default_factory=dict)


def find_headings(lines: Sequence[Line]) -> Headings:
    """The headings among the lines of one body of text that their numbers alone do not show."""
    numbers = [line.number_at_start for line in lines]
    ranks: dict[int, float] = {}
    for index in _above_articles(lines, numbers):
        number = numbers[index]
        ranks[index] = _S.SECTION + (number.style if number else 0) / 100
    bare = _styled(lines, numbers) | _bare(lines, numbers)
    ordered = sorted(bare)
    named = {
        index: HeadingNumber(_S.BARE, place, 0, lines[index].text.rstrip("：: "))
        for place, index in enumerate(ordered, 1)
    }
    return Headings(ranks | bare, named)


def _above_articles(lines: Sequence[Line], numbers: Sequence[HeadingNumber | None]) -> set[int]:
    """The lines such as 一、… and （一）… directly above an article, or above a heading that is."""
    above: set[int] = set()
    for index in range(len(lines) - 2, -1, -1):
        number, below = numbers[index], numbers[index + 1]
        if number is None or below is None or number.style not in _ABOVE_ARTICLES or not _is_short(lines[index]):
            continue
        if below.style is _S.ARTICLE or (index + 1 in above and below.style > number.style):
            above.add(index)
    kept: dict[NumberingStyle, int] = {}  # the last of each style
    heads: set[int] = set()
    for index, number in enumerate(numbers):
        if number is None:
            continue
        begins = number.value == 1 or kept.get(number.style, -1) == number.value - 1
        if index in above and begins:
            heads.add(index)
            kept = {style: value for style, value in kept.items() if style < number.style} | {
                number.style: number.value
            }
        elif number.style in _ABOVE_ARTICLES and index not in above:
            kept.pop(number.style, None)
    return heads


def _is_short(line: Line) -> bool:
    return len(line.text) <= _LONGEST + 10 and not line.finished and not re.search(r"[。；;]", line.text)


def _styled(lines: Sequence[Line], numbers: Sequence[HeadingNumber | None]) -> dict[int, float]:
    """The rank of each line that its format makes a heading: that of numbered ones of its level, or next to it."""
    ranks: dict[int, float] = {}  # by level
    for line, number in zip(lines, numbers, strict=True):
        if line.level and number:
            ranks.setdefault(line.level, number.style)
    found: dict[int, float] = {}
    for index, line in enumerate(lines):
        if line.level and not numbers[index] and _is_short(line) and not line.in_table:
            above = max((level for level in ranks if level < line.level), default=0)
            below = min((level for level in ranks if level > line.level), default=0)
            beside = ranks[above] + line.level / 10 if above else ranks[below] - 1 + line.level / 10 if below else 0
            found[index] = ranks.get(line.level, beside or line.level / 10 - 1)
    return found


def _bare(lines: Sequence[Line], numbers: Sequence[HeadingNumber | None]) -> dict[int, float]:
    """The rank of each line that is a heading without a number."""
    width = max((len(line.text) for line in lines), default=0)
    plain = [_is_plain(lines, numbers, index, width) for index in range(len(lines))]
    found: dict[int, float] = {}
    for style, begins in _runs(numbers):
        stacks = [_stack(plain, index) for index in begins]
        deepest = max((len(stack) for stack in stacks[1:]), default=0)
        if sum(map(bool, stacks)) < 2:
            continue
        for stack in stacks:
            for level, index in enumerate(reversed(stack[-deepest:] if deepest else [])):
                found.setdefault(index, style - 0.5 - level / 10)
    return found


def _is_plain(lines: Sequence[Line], numbers: Sequence[HeadingNumber | None], index: int, width: int) -> bool:
    """Whether the line may be a heading: short, no sentence, not the rest of the line above."""
    line = lines[index]
    if numbers[index] or line.in_table or len(line.text) > _LONGEST or _NO_HEADING.search(line.text) or is_date(line):
        return False
    if line.text.endswith(("：", ":")) and len(line.text) > 12:
        return False
    above = lines[index - 1] if index else None
    return above is None or not continues(line, above) or len(above.text) < _FULL * width


def _runs(numbers: Sequence[HeadingNumber | None]) -> list[tuple[NumberingStyle, list[int]]]:
    """For each style, where its numbers begin again from one though nothing greater stands between; articles wherever
    they stand, for these do not begin again.
    """
    runs: dict[tuple[NumberingStyle, int], list[int]] = {}
    latest: dict[NumberingStyle, int] = {}  # the line of the last number of each style
    for index, number in enumerate(numbers):
        if number is None or number.style is _S.DECIMAL:
            continue
        latest[number.style] = index
        if number.style is _S.ARTICLE:
            parent = max((line for style, line in latest.items() if style < _S.ARTICLE), default=-1)
            runs.setdefault((number.style, parent), []).append(index)
        elif number.value == 1 and number.style > _S.ARTICLE:
            parent = max((line for style, line in latest.items() if style < number.style), default=-1)
            runs.setdefault((number.style, parent), []).append(index)
    return [(style, begins) for (style, _), begins in runs.items() if len(begins) > 1]


def _stack(plain: Sequence[bool], index: int) -> list[int]:
    """The headings directly above a line, outermost first."""
    begin = index
    while begin > 0 and plain[begin - 1] and index - begin < DEEPEST:
        begin -= 1
    return list(range(begin, index))
