"""Lines that hold several headings, cut where each begins: 第一条 …。第二条 …, 第一章 总则 第一条 …, 第二条（一）….

A number counts inside a line only where it is the next one of its kind, a sentence ends before it, and no line of its
own begins with it.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from corpus.numbering import HeadingNumber, NumberingStyle, match_folded, match_number
from corpus.parser.heading import is_reference
from corpus.parser.lines import Line
from corpus.text.characters import fold
from corpus.text.numeral import to_chinese

_S = NumberingStyle
_INSIDE = re.compile(
    r"(?<=[。；;！？!?…”）)》 ])(?:第|[(][一二三四五六七八九十]{1,3}[)]|[一二三四五六七八九十]{1,3}、)"
)
_ENDED = re.compile(r"[。；;！？!?…][”’」』）)》]?\s*$")
_CUT = (_S.ARTICLE, _S.HAN, _S.HAN_BRACKET)
_LOOKED_AT = 80  # characters before and from a number that tell whether it is a heading
_TITLE = 30  # characters of a chapter's title that an article may follow on the same line


def cut_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of a text, each with at most one heading, and that at its beginning."""
    own = _own_numbers(lines)
    latest: dict[NumberingStyle, int] = {}
    pieces: list[Line] = []
    for index, line in enumerate(lines):
        for piece in _cut(line, _starts(line, index, own, latest)):
            pieces += _cut_items(piece)
    return pieces


def _own_numbers(lines: Sequence[Line]) -> dict[tuple[NumberingStyle, int], list[int]]:
    """The lines that begin with each number."""
    own: dict[tuple[NumberingStyle, int], list[int]] = {}
    for index, line in enumerate(lines):
        if number := line.number_at_start:
            own.setdefault((number.style, number.value), []).append(index)
    return own


def _starts(
    line: Line,
    index: int,
    own: dict[tuple[NumberingStyle, int], list[int]],
    latest: dict[NumberingStyle, int],
) -> list[int]:
    """Where in the line headings begin, its beginning aside; notes the numbers that it holds in `latest`."""
    first = line.number_at_start
    if first:
        latest[first.style] = first.value
    if line.in_table or len(line.text) < 4:
        return []
    folded = fold(line.text)
    starts: list[int] = []
    for found in _INSIDE.finditer(folded, 1):
        number = match_folded(folded, found.start())
        if number is None or number.style not in _CUT or number.value != latest.get(number.style, 0) + 1:
            continue
        titled = number.style is _S.ARTICLE and not starts and _is_title(first, line.text, found.start())
        before = line.text[max(starts[-1] if starts else 0, found.start() - _LOOKED_AT) : found.start()]
        if not (titled or (number.value > 1 and _ENDED.search(before))):
            continue
        if number.style is _S.HAN_BRACKET and not (first and first.style is number.style):
            continue
        elsewhere = own.get((number.style, number.value), [])
        later = bisect(elsewhere, index) < len(elsewhere)
        if later or is_reference(number, line.text[found.start() : found.start() + _LOOKED_AT], None, expected=True):
            continue
        latest[number.style] = number.value
        starts.append(found.start())
    return starts


def _is_title(first: HeadingNumber | None, text: str, end: int) -> bool:
    """Whether a line so far, up to `end`, is nothing but a chapter's number and title."""
    chapter = first is not None and first.style < _S.ARTICLE
    return chapter and end <= _TITLE and not re.search(r"[，,。；;：:]", text[:end])


def _cut(line: Line, starts: Sequence[int]) -> list[Line]:
    if not starts:
        return [line]
    stops = [*starts, len(line.text)]
    return [_piece(line, start, stop) for start, stop in zip([0, *starts], stops, strict=True)]


def _piece(line: Line, start: int, stop: int) -> Line:
    text = line.text[start:stop].rstrip()
    blank = line.after_blank and not start
    decimal = True if start else line.decimal
    end = line.start + start + len(text)
    return replace(line, start=line.start + start, end=end, text=text, after_blank=blank, decimal=decimal)


def _cut_items(line: Line) -> list[Line]:
    """The line, or where an article begins with its first item (第二条（一）…；（二）…) the pieces by their numbers."""
    article = line.number_at_start
    if article is None or article.style is not _S.ARTICLE:
        return [line]
    starts: list[int] = []
    place = len(line.text) - len(line.text[article.length :].lstrip())
    while (
        (item := match_number(line.text[place:]))
        and item.style is _S.HAN_BRACKET
        and item.value == len(starts) + 1
        and not is_reference(item, line.text[place:], None, expected=True)
    ):
        starts.append(place)
        following = re.compile(rf"[；;。]\s*(?=[（(]{to_chinese(len(starts) + 1)}[）)])").search(line.text, place)
        place = following.end() if following else len(line.text)
    return _cut(line, starts)
