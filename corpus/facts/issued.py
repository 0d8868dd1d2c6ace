"""When a document was issued."""

import re
from collections.abc import Iterator
from datetime import date

from corpus.facts.dates import PartialDate, find_dates, parse_date
from corpus.facts.fact import Fact
from corpus.facts.layout import Layout, is_note
from corpus.facts.signature import Signature, read_printed
from corpus.facts.title import Title

_YEAR_OF_TITLE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)(?!年[—\-－~至]|年.{0,8}(?:规划|纲要))")
_PUBLISHED = re.compile(r"(?:公布|发布|颁布|令第|印发)")
_APPROVED = re.compile(r"批准")  # what a congress adopts is a text only when the one above it approves
_REVISED = re.compile(r"修订(?!案)")
_YEAR_OF_NUMBER = re.compile(r"[〔\[【（(﹝［]((?:19|20)\d\d)[〕\]】）)﹞］]")
_BEHIND_TITLE = re.compile(r"[（(](?:19|20)\d\d年\d{1,2}月\d{1,2}日[）)]$")
_SOON, _LATER = 31, 366  # days from the day of effect back and on, in which a text is put up when it is issued
_PERIOD = re.compile(r"[—–－\-~至到]\s*(?:19|20)\d\d")


SURE = 0.7  # confidence of a date from which others may be counted


def read_issued(
    layout: Layout, title: Title | None, signature: Signature, number: Fact[str] | None, effective: date | None
) -> Fact[PartialDate] | None:
    """The date of issue, which may lack day or month.

    In order: the signature's, the page's row of when it was signed, the note below the title, the printer's line; the
    day on which the page was put up, where 文号, title or the printed day of effect agree with it, for old texts are
    put up anew; the year of the 文号; and at last the year in the title.
    """
    if found := next(_candidates(layout, title, signature), None):
        return found
    years = _years(title, number)
    for posted in (*_stated(layout, "posted", 0.6), *_behind_source(layout)):
        if _agrees(posted.value, years, effective):
            return posted
    if number and (year := _YEAR_OF_NUMBER.search(number.value)):
        return number.as_value(PartialDate(int(year[1])), 0.8)
    return title.fact.as_value(PartialDate(years[-1]), 0.4) if title and years else None


def _years(title: Title | None, number: Fact[str] | None) -> list[int]:
    """The years that 文号 and title print."""
    found = _YEAR_OF_NUMBER.search(number.value) if number else None
    named = _YEAR_OF_TITLE.search(title.fact.value) if title and not _PERIOD.search(title.fact.value) else None
    return [int(match[1]) for match in (found, named) if match]


def _agrees(posted: PartialDate, years: list[int], effective: date | None) -> bool:
    """Whether a page was put up when its text was issued, by what else is printed."""
    if years:
        return posted.year == years[0]
    day = posted.full
    return day is not None and effective is not None and -_SOON <= (effective - day).days <= _LATER


def _candidates(layout: Layout, title: Title | None, signature: Signature) -> Iterator[Fact[PartialDate]]:
    if signature.date:
        yield signature.date
    yield from _stated(layout, "signed", 0.9)
    yield from _noted(layout)
    if title and (behind := _BEHIND_TITLE.search("".join(title.printed.split()))) and (value := parse_date(behind[0])):
        yield title.fact.as_value(value, 0.85)
    if printed := read_printed(layout):
        yield printed


def _stated(layout: Layout, kind: str, confidence: float) -> Iterator[Fact[PartialDate]]:
    for row in layout.stated(kind):
        if value := parse_date(row.words.value):
            yield row.words.as_value(value, confidence)


def _noted(layout: Layout) -> Iterator[Fact[PartialDate]]:
    """The date in a note below the title; where it tells several, the one of publication."""
    for segment in layout.segments[: layout.far_head]:
        if segment.label or not is_note(segment):
            continue
        dates = [(text, found) for text in _parts(segment.squeezed) for found in list(find_dates(text))[:1]]
        if dates:
            value = _of_issue(dates)
            yield Fact(value, segment.text, segment.start, segment.end, 0.85)


def _of_issue(dates: list[tuple[str, PartialDate]]) -> PartialDate:
    """Of the dates in a note the last revision as a whole, else publication or approval, else the first."""
    revised = [found for text, found in dates if _REVISED.search(text)]
    published = [found for text, found in dates if _PUBLISHED.search(text)]
    approved = [found for text, found in dates[:2] if _APPROVED.search(text)]
    return next(iter((*revised[-1:], *published, *approved)), dates[0][1])


def _parts(text: str) -> list[str]:
    """A note cut before each date."""
    return re.split(r"(?=(?<!\d)(?:19|20)\d\d年\d|[一二][〇○零][〇○零一二三四五六七八九]{2}年)", text)


def _behind_source(layout: Layout) -> Iterator[Fact[PartialDate]]:
    """The date that stands beside the page's source: 来源：某局　2016-04-16."""
    for row in layout.stated("site"):
        if (value := parse_date(row.words.value)) and value.full:
            yield row.words.as_value(value, 0.5)
