"""Numbers of documents as people write them, in folded text: 文号 of any spelling, orders, what English makes of them.

国办发〔2023〕4号 · 国办发2023年4号文 · 国务院令第722号 · Anhui Notice No. 4 of 2023 · State Council Order 722
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.addresses.grammar import words
from corpus.numbering import number_value
from corpus.text.characters import HAN
from corpus.text.numeral import NUMERAL

AGENCY = 20  # characters of an issuer's short name before 〔2023〕
_YEAR = r"(?:19|20)\d\d"
_HAN_DIGIT = "[零一二三四五六七八九]"
_COUNT = rf"(\d{{1,5}}|[{NUMERAL}]{{1,7}})"
YEARLY = re.compile(rf"[\[(<{{]?({_YEAR}|[一二]{_HAN_DIGIT}{{3}})[\])>}}]?年?第?{_COUNT}号文?")
_ORDER = re.compile(rf"(?:(?:令|公告)第?{_COUNT}号|第?{_COUNT}号(?:令|公告))")
_ORGAN = tuple("院府部委局厅署会办行席省市区县州")  # what the issuer of an order ends with
_AGENCY = re.compile(rf"[{HAN}]{{0,{AGENCY}}}$")
_NOT_AGENCY = re.compile(
    r".*(?:根据|按照|依据|参照|依照|请问|关于|对于|执行|落实|知道|看看|说说|讲讲|[按据查看问在和与及跟照、])"
)
_KIND_EN = "notice|document|doc|order|decree|circular|announcement|file"
_NUMBER_EN = re.compile(
    rf"\b({_KIND_EN})\.? (?:(?P<no>no\.? ?|number |#))?(?P<n>\d{{1,5}})\b"
    rf"(?:,? ?(?:of |\(|/)(?P<year>{_YEAR})\b\)?)?"
)
_BEFORE_EN = re.compile(r"(?:[a-z][a-z'.]{0,24} ){1,6}$")


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number as written: where it stands, half open, and what it says. An `agency` in English is its words."""

    start: int
    end: int
    agency: str
    value: int
    year: int | None = None
    sure: bool = False  # whether it can be nothing else, held or not
    english: bool = False


def numbers_in(bare: str) -> Iterator[WrittenNumber]:
    """The Chinese ones in a folded text without blanks and quotation marks."""
    for match in YEARLY.finditer(bare):
        agency = _agency(bare, match.start())
        year, value = number_value(match[1]), number_value(match[2])
        yield WrittenNumber(match.start(), match.end(), agency, value, year, sure=match[0][0] in "[(<{")
    for match in _ORDER.finditer(bare):
        agency = _agency(bare, match.start())
        if agency.endswith(_ORGAN):
            value = number_value(match[1] or match[2])
            yield WrittenNumber(match.start(), match.end(), agency, value, sure=True)


def own_number(printed: str) -> WrittenNumber | None:
    """A document's own number, read as those of questions are; `printed` is folded, without blanks."""
    return next(numbers_in(printed), None)


def agency_alone(agency: str) -> str:
    """The name of an issuer without the words before it: 请问国办发 → 国办发."""
    return _NOT_AGENCY.sub("", agency)


def numbers_in_english(text: str) -> Iterator[WrittenNumber]:
    """The English ones in a folded text: a kind of document with a number and a year, or an order with a number."""
    for match in _NUMBER_EN.finditer(text):
        before = _BEFORE_EN.search(text, max(0, match.start() - 80), match.start())
        named = before[0].split() if before else []
        kept = next((i for i in range(len(named), 0, -1) if named[i - 1] in words("before_name_en")), 0)
        agency = " ".join(named[kept:])
        order = match[1] in ("order", "decree")
        if (agency and (match["year"] or match["no"] or order)) or (match["year"] and match["no"]):
            year = int(match["year"]) if match["year"] else None
            start = match.start() - (len(agency) + 1 if agency else 0)
            yield WrittenNumber(start, match.end(), agency, int(match["n"]), year, sure=True, english=True)


def _agency(bare: str, start: int) -> str:
    written = _AGENCY.search(bare, max(0, start - AGENCY), start)
    return written[0] if written else ""
