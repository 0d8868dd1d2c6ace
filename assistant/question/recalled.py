"""Texts no longer in force that a message tells by what they gave: 以前那个补15万的, the 400 yuan of 2018.

A sum that an older text names, and the one that replaced it does not, tells the older one; so does its year. Only a
message that asks whether something still holds, or speaks of earlier times, is read so.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.question.intents import intent
from assistant.question.places import PlaceFilter
from corpus.corpus import Corpus
from corpus.text.numeral import from_chinese
from corpus.validity import Standing
from index.text.normalizer import normalize

_SCALES = {"百": 100.0, "千": 1000.0, "万": 10_000.0, "亿": 100_000_000.0}
_SUM = re.compile(
    r"(\d[\d,]{0,12}(?:\.\d{1,4})?|[一二两三四五六七八九十百千]{1,6})([百千万亿])?(?:多|余)?(?:元|块| ?yuan\b)"
    r"|(\d[\d,]{0,12}(?:\.\d{1,4})?|[一二两三四五六七八九十]{1,4})([千万亿])(?![人户家名件个米平])"
    r"|(?<=[补给发领奖贴减])(\d{2,12})(?!\d|[年月日天号条人户家%周岁])"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Recalled:
    """A text that is no longer in force, and whether a sum told it, not its year alone."""

    document_id: str
    by_sum: bool


def recalled(normal: str, places: PlaceFilter, corpus: Corpus, as_of: date) -> tuple[Recalled, ...]:
    """The replaced texts of the places asked about that a message in normal form tells so."""
    if not intent("recalls").found_in(normal):
        return ()
    found: list[Recalled] = []
    for id_, standing in corpus.validities.set_aside(as_of).items():
        newer = corpus.validities.of(id_, as_of).replaced_by
        older = corpus.document(id_)
        if standing is not Standing.REPEALED or newer is None:
            continue
        if places.covered and places.reachable.isdisjoint(older.jurisdiction):
            continue
        text, later = normalize(older.text), normalize(corpus.document(newer).text)
        if sums_in(normal) & (sums_in(text) - sums_in(later)):
            found.append(Recalled(id_, by_sum=True))
        elif older.issued and str(older.issued.year) in _YEAR.findall(normal):
            found.append(Recalled(id_, by_sum=False))
    return tuple(found)


@lru_cache(256)
def sums_in(text: str) -> frozenset[float]:
    """The sums of money in a text in normal form, in yuan."""
    return frozenset(filter(None, map(_value, _SUM.finditer(text))))


def _value(match: re.Match[str]) -> float:
    number, scale = match[1] or match[3] or match[5], match[2] or match[4]
    value = float(number.replace(",", "")) if number[0].isdecimal() else float(from_chinese(number) or 0)
    return value * _SCALES.get(scale or "", 1.0)
