"""Dates as documents print them: 2015年12月18日, 二〇一五年十二月十八日, 2015-12-18, 2015年12月, 20151218."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.text.numeral import from_chinese

_ZEROS = "〇○零ОO0o"  # what stands for a zero in 二〇一五; scanned texts print letters
_YEAR = rf"(?:(?:19|20)\d\d|[一二][{_ZEROS}一二三四五六七八九]{{3}})"
_UP_TO_31 = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[廿卅][一二三四五六七八九]?|[一二三四五六七八九])"
DATE = rf"{_YEAR}年{_UP_TO_31}月{_UP_TO_31}日"  # of a text without blanks
PARTIAL_DATE = rf"{_YEAR}年(?:{_UP_TO_31}月(?:{_UP_TO_31}日)?)?"
MONTH_AND_DAY = rf"{_UP_TO_31}月{_UP_TO_31}日"
IN_FIGURES = r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
_PARTS = re.compile(rf"(?P<year>{_YEAR})年(?:(?P<month>{_UP_TO_31})月(?:(?P<day>{_UP_TO_31})日)?)?")
_ALONE = re.compile(
    rf"[（(]?(?:{_YEAR}年{_UP_TO_31}月(?:{_UP_TO_31}日)?|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:\d{{2}}:\d{{2}}(?::\d{{2}})?)?)[）)]?"
)
_FIGURES = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-/.]?)(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the day, or month and day, may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def full(self) -> date | None:
        """The day, where it is known."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    def isoformat(self) -> str:
        """2015-12-18, 2015-12 or 2015."""
        return "-".join(f"{part:02d}" for part in (self.year, self.month, self.day) if part is not None)

    __str__ = isoformat


def parse_date(text: str) -> PartialDate | None:
    """The first date in a text, whatever blanks are in it, or None. 2015年 is one only where nothing follows."""
    return next(find_dates(text), None)


def find_dates(text: str) -> Iterator[PartialDate]:
    """All dates in a text, those in words before those in figures."""
    text = text.translate({ord("０") + i: str(i) for i in range(10)})
    squeezed = "".join(text.split())
    for match in _PARTS.finditer(squeezed):
        if match["month"] is None and match.end() < len(squeezed):
            continue  # 2016年小学招生
        if found := _checked(match["year"], match["month"], match["day"]):
            yield found
    for match in _FIGURES.finditer(text.strip()):
        if (match["sep"] or len(match[0]) == 8) and (found := _checked(match["year"], match["month"], match["day"])):
            yield found


def is_date_alone(text: str) -> bool:
    """Whether a text without blanks is a date and nothing else, perhaps in brackets."""
    return bool(_ALONE.fullmatch(text))


def month_and_day(text: str) -> tuple[int, int]:
    """Month and day of 3月1日, where no year is printed."""
    month, _, day = text.rstrip("日").partition("月")
    return _number(month), _number(day)


def _checked(year: str, month: str | None, day: str | None) -> PartialDate | None:
    found = PartialDate(_year(year), _number(month) if month else None, _number(day) if day else None)
    try:
        date(found.year, found.month or 1, found.day or 1)
    except ValueError:
        return None
    return found


def _year(text: str) -> int:
    return int(text) if text.isdigit() else from_chinese(re.sub(f"[{_ZEROS}]", "〇", text))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else from_chinese(text)
