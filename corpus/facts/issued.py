"""When a document was issued."""

import re
from collections.abc import Iterator

from corpus.facts.dates import PartialDate, find_dates, parse_date
from corpus.facts.fact import Fact
from corpus.facts.layout import Layout, is_note
from corpus.facts.signature import Signature, read_printed
from corpus.facts.title import Title

_YEAR_OF_TITLE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)(?!年[—\-－~至]|年.{0,8}(?:规划|纲要))")
_PUBLISHED = re.compile(r"(?:公布|发布|颁布|令第|印发)")
_REVISED = re.compile(r"修订(?!案)")
_PERIOD = re.compile(r"[—–－\-~至到]\s*(?:19|20)\d\d")


def read_issued(layout: Layout, title: Title | None, signature: Signature) -> Fact[PartialDate] | None:
    """The date of issue, which may lack day or month.

    In order: the signature's, the page's row of when it was signed, the note below the title, the printer's line, the
    page's date of publication, and at last the year in the title.
    """
    return next(_candidates(layout, title, signature), None)


def _candidates(layout: Layout, title: Title | None, signature: Signature) -> Iterator[Fact[PartialDate]]:
    if signature.date:
        yield signature.date
    yield from _stated(layout, "signed", 0.9)
    yield from _noted(layout)
    if printed := read_printed(layout):
        yield printed
    yield from _stated(layout, "posted", 0.6)
    yield from _behind_source(layout)
    if title and not _PERIOD.search(title.fact.value) and (year := _YEAR_OF_TITLE.search(title.fact.value)):
        yield title.fact.as_value(PartialDate(int(year[1])), 0.4)


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
    """Of the dates in a note that of the last revision as a whole, else that of publication, else the first."""
    revised = [found for text, found in dates if _REVISED.search(text)]
    published = [found for text, found in dates if _PUBLISHED.search(text)]
    return revised[-1] if revised else published[0] if published else dates[0][1]


def _parts(text: str) -> list[str]:
    """A note cut before each date."""
    return re.split(r"(?=(?<!\d)(?:19|20)\d\d年\d|[一二][〇○零][〇○零一二三四五六七八九]{2}年)", text)


def _behind_source(layout: Layout) -> Iterator[Fact[PartialDate]]:
    """The date that stands beside the page's source: 来源：某局　2016-04-16."""
    for row in layout.stated("site"):
        if (value := parse_date(row.words.value)) and value.full:
            yield row.words.as_value(value, 0.5)
