"""Who signed, and when: the organs and the date at the end of a notice, above the text that it encloses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.facts.dates import IN_FIGURES, PARTIAL_DATE, PartialDate, parse_date
from corpus.facts.fact import Fact
from corpus.facts.layout import Layout
from corpus.facts.organs import organs_in, signers_in
from corpus.facts.segments import Segment
from corpus.numbering import NumberingStyle, match_number
from corpus.parser.backmatter import is_remark_text
from corpus.parser.site import site_kind_of

_DATED = re.compile(rf"(?P<organs>[^（(\d]*?)[（(]?(?P<date>{PARTIAL_DATE}|{IN_FIGURES})[）)]?")
_PRINTED = re.compile(rf"(?:(?P<organ>\D{{2,40}}?))?(?P<date>{PARTIAL_DATE})印?发?")
_ORGANS_ABOVE = 10  # segments over a date in which organs stand
_BELOW = 8  # segments that may stand below a date without organs, where the text ends with it


@dataclass(frozen=True, slots=True)
class Signature:
    """The organs in the order they are printed, and the date; either may be missing."""

    organs: Fact[tuple[str, ...]] | None
    date: Fact[PartialDate] | None


def read_signature(layout: Layout, begin: int, end: int) -> Signature:
    """The signature among the segments from `begin` to `end`: the first date with organs above it, else the last date.

    A date without an organ counts only where next to nothing stands below it.
    """
    segments = layout.segments[begin:end]
    dates = [(i, match) for i, s in enumerate(segments) if not s.row and not s.label and (match := _date_at(s))]
    for index, match in dates:
        organs = _organs_above(layout, segments, index, match["organs"])
        if organs:
            return Signature(organs, _date(layout, segments[index], match["date"]))
    for index, match in reversed(dates):
        below = segments[index + 1 :]
        if not match["organs"] and (_ends_text(below) or _begins_text(below)):
            return Signature(None, _date(layout, segments[index], match["date"]))
    return Signature(_undated(segments), None)


def read_printed(layout: Layout) -> Fact[PartialDate] | None:
    """The date in the line that says who printed it: 某市人民政府办公室 2016年1月16日印发."""
    for segment in reversed(layout.segments):
        text = segment.squeezed
        if text.endswith(("印发", "印")) and len(text) < 70 and (match := _PRINTED.fullmatch(text)):
            return _date(layout, segment, match["date"], 0.7)
    return None


def _date_at(segment: Segment) -> re.Match[str] | None:
    match = _DATED.fullmatch(segment.squeezed) if len(segment.squeezed) < 90 else None
    if match is None or match["date"].endswith("年"):
        return None
    return match if not match["organs"] or organs_in(segment.text[: _digits_begin(segment.text)]) else None


def _digits_begin(text: str) -> int:
    found = re.search(r"[（(]?\s*[\d一二]\s*[\d〇○零ОO0o一二三四五六七八九]", text)
    return found.start() if found else len(text)


def _date(layout: Layout, segment: Segment, text: str, confidence: float = 0.95) -> Fact[PartialDate] | None:
    value = parse_date(text)
    words = layout.source.text[segment.start : segment.end]
    return Fact(value, words, segment.start, segment.end, confidence) if value else None


def _organs_above(layout: Layout, segments: Sequence[Segment], index: int, beside: str) -> Fact[tuple[str, ...]] | None:
    """The organs of a dated line itself, or of the lines above it."""
    if beside:
        segment = segments[index]
        names = organs_in(segment.text[: _digits_begin(segment.text)])
        return Fact(tuple(names), layout.source.text[segment.start : segment.end], segment.start, segment.end, 0.95)
    names = []
    first = index
    while first > 0 and index - first < _ORGANS_ABOVE and (found := _organs(segments[first - 1])):
        names = [*found, *names]
        first -= 1
    if not names:
        return None
    start, end = segments[first].start, segments[index - 1].end
    return Fact(tuple(names), layout.source.text[start:end], start, end, 0.95)


def _organs(segment: Segment) -> list[str]:
    return [] if segment.row or segment.label or len(segment.squeezed) > 80 else signers_in(segment.text)


def _ends_text(below: Sequence[Segment]) -> bool:
    rest = [s for s in below if not (s.label or site_kind_of(s.text) or is_remark_text(s.text))]
    return len(rest) <= _BELOW and not any(len(s.squeezed) > 60 for s in rest[1:])


def _begins_text(below: Sequence[Segment]) -> bool:
    """Whether the text of a decree begins below its date: 第一条, perhaps under its title."""
    for segment in below[:3]:
        number = match_number(segment.text)
        if number:
            return number.value == 1 and number.style in (NumberingStyle.CHAPTER, NumberingStyle.ARTICLE)
    return False


def _undated(segments: Sequence[Segment]) -> Fact[tuple[str, ...]] | None:
    """Organs in the very last lines, without a date."""
    count = len(segments)
    while count and (site_kind_of(segments[count - 1].text) or is_remark_text(segments[count - 1].text)):
        count -= 1
    if not count or not (names := _organs(segments[count - 1])) or not segments[count - 1].apart:
        return None
    segment = segments[count - 1]
    return Fact(tuple(names), segment.text, segment.start, segment.end, 0.7)
