"""From when to when a text is in force: 本办法自2017年1月1日起施行，有效期五年."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from corpus.facts.dates import DATE, MONTH_AND_DAY, PartialDate, month_and_day, parse_date
from corpus.facts.fact import Fact
from corpus.facts.flat import Flat
from corpus.facts.layout import Layout
from corpus.facts.segments import Segment
from corpus.text.numeral import from_chinese

_N = r"[\d一二两三四五六七八九十]{1,3}"
_SELF = r"(?:现予以?(?:公布|发布)|(?:本|该)(?!法第|条例第)(?:[\u4e00-\u9fff（）()]{0,14}))"
_ACT = r"(?:正式|开始|组织)?(?:施行|实施|执行|试行|生效|实行|试运行)"
_ISSUE = r"(?:印发|发布|公布|颁布|下发|发文|签发|公告|批准|发文)之?日"
_BEGINS = re.compile(
    rf"{_SELF}(?:[^。；\n第]{{0,40}}?[，,])?(?:拟|均|统一|将)?(?:自|从|于|由)"
    rf"(?:(?P<date>{DATE})|(?P<days>{MONTH_AND_DAY})|(?P<issue>{_ISSUE}))"
    rf"(?:起|开始)*(?:(?:满)?(?P<n>{_N})(?P<unit>个?工作日|日|天|个?月)(?:后|之后)(?:起)?)?(?:起|开始)*{_ACT}"
)
_BARE_BEGINS = re.compile(rf"(?:^|[\n。，,（(])自(?P<date>{DATE})起{_ACT}")
_AFTER = 90  # characters behind (and before) the date of effect in which its end stands
_BEFORE = 40
_UNTIL = re.compile(
    rf"有效期(?:限)?(?:暂定)?(?:至|到|截至|截止到|截止|截止至|为?至)(?P<date>{DATE})|(?:施行|实施|执行|试行|有效)(?:期)?(?:至|到)(?P<to>{DATE})|"
    rf"[，,。至]至?(?P<stop>{DATE})(?:止|废止|失效|自行失效|自行废止|停止执行|自动失效|终止)"
)
_LASTING = re.compile(
    rf"(?<![》证卡照])有效期(?:限)?(?:为|暂定为?|是|定为)?(?P<n>{_N})(?P<unit>年|个月)|试行(?:期)?(?:限)?(?:为|暂定为?|限)?(?P<n2>{_N})(?P<unit2>年|个月)|"
    rf"暂定(?:为)?(?P<n3>{_N})(?P<unit3>年|个月)|(?:执行|实施|施行)期(?:限)?(?:为|暂定为?)?(?P<n4>{_N})(?P<unit4>年|个月)"
)


def read_effective(layout: Layout, cited: Sequence[Flat], issued: PartialDate | None) -> Fact[date] | None:
    """The first day in force, from the closing words of the text, the page's row, or the note below the title.

    `cited`: what people cite, then the notice around it. Counted from the day of issue where the words do so.
    """
    for flat in cited:
        for match in reversed(list(_BEGINS.finditer(flat.text))):
            if day := _day(match, issued):
                words = flat.words(match.start(), match.end())
                return words.as_value(day, 0.95 if match["date"] else 0.85)
    for row in layout.stated("effective"):
        if (value := parse_date(row.words.value)) and value.full:
            return row.words.as_value(value.full, 0.9)
    return _in_note(layout.segments[: layout.far_head])


def read_expires(layout: Layout, cited: Sequence[Flat], effective: Fact[date] | None) -> Fact[date] | None:
    """The last day in force: printed, or counted from the first one (有效期五年)."""
    for flat in cited:
        for match in reversed(list(_BEGINS.finditer(flat.text))):
            begin = max(
                flat.text.rfind("\n", 0, match.start()),
                flat.text.rfind("。", 0, match.start()),
                match.start() - _BEFORE,
            )
            window = (max(begin, 0), match.end() + _AFTER)
            if found := _end_in(flat, window, effective.value if effective else None):
                return found
    for row in layout.stated("expires"):
        if (value := parse_date(row.words.value)) and value.full:
            return row.words.as_value(value.full, 0.9)
    return None


def _day(match: re.Match[str], issued: PartialDate | None) -> date | None:
    start: date | None = None
    if match["date"]:
        parsed = parse_date(match["date"])
        start = parsed.full if parsed else None
    elif match["days"] and issued and issued.month:
        month, day = month_and_day(match["days"])
        start = _safe(issued.year + (month < issued.month), month, day)
    elif match["issue"] and issued:
        start = issued.full
    if start is None or not match["n"]:
        return start
    count = _count(match["n"])
    if match["unit"].endswith("工作日"):
        return None  # depends on holidays
    return _months_on(start, count) if match["unit"].endswith("月") else start + timedelta(days=count)


def _end_in(flat: Flat, window: tuple[int, int], effective: date | None) -> Fact[date] | None:
    begin, end = window
    if match := _UNTIL.search(flat.text, begin, end):
        parsed = parse_date(match["date"] or match["to"] or match["stop"])
        if parsed and parsed.full:
            return flat.words(match.start(), match.end()).as_value(parsed.full, 0.95)
    match = _LASTING.search(flat.text, begin, end)
    if match is None or effective is None:
        return None
    number = next(filter(None, (match["n"], match["n2"], match["n3"], match["n4"])))
    unit = next(filter(None, (match["unit"], match["unit2"], match["unit3"], match["unit4"])))
    last = _months_on(effective, _count(number) * (12 if unit == "年" else 1))
    words = flat.words(match.start(), match.end())
    return words.as_value(last - timedelta(days=1), 0.85) if last else None


def _in_note(head: Sequence[Segment]) -> Fact[date] | None:
    for segment in head:
        match = _BARE_BEGINS.search(segment.squeezed) if not segment.label else None
        if match and (parsed := parse_date(match["date"])) and parsed.full:
            return Fact(parsed.full, segment.text, segment.start, segment.end, 0.85)
    return None


def _months_on(start: date, months: int) -> date | None:
    years, month = divmod(start.month - 1 + months, 12)
    for day in range(start.day, start.day - 4, -1):
        if found := _safe(start.year + years, month + 1, day):
            return found
    return None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _count(text: str) -> int:
    return int(text) if text.isdigit() else from_chinese(text.replace("两", "二"))
