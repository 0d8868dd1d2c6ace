"""Numbers that a rule is limited to, held against the numbers of a question: 四层以上 and 三层, 500米以内 and 1.2 km.

Bounds are read from the words around a number with its unit, in digits or Chinese numerals; numbers of a question in
both languages. All texts are in normal form.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.text.numeral import from_chinese

_STRICT = 1e-9  # by which 不满 stays below its number
_HALF = "半"
# Kind of measure, factor to its smallest unit, the unit in Chinese and in English.
_UNITS = (
    ("length", 1000.0, "公里|千米", "km|kilomet(?:er|re)s?"),
    ("area", 1.0, "平方米|平米|㎡", "square met(?:er|re)s?|sqm"),
    ("length", 1.0, "米", "met(?:er|re)s?|m"),
    ("age", 1.0, "周?岁", "years? old|years? of age|year-olds?"),
    ("floor", 1.0, "层", "store?ys?|stories|floors?"),
    ("time", 12.0, "年(?![代级度报检审])", "years?"),
    ("time", 1.0, "个月", "months?"),
    ("time", 7 / 30, "周|星期", "weeks?"),
    ("time", 1 / 30, "工作日|日|天", "days?"),
    ("power", 1.0, "千瓦", "kw|kilowatts?"),
    ("money", 1e4, "万元|万块", "ten thousand yuan"),
    ("money", 1.0, "元|块钱", "yuan|rmb"),
    ("people", 1.0, "人|名", "people|persons|employees|workers|staff"),
)
_NUMERAL = r"\d[\d,]*(?:\.\d+)?|[零一二两三四五六七八九十百千]{1,6}|半"
_ENGLISH = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_ENGLISH |= {"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50}
_NUMBER_ZH = re.compile(
    rf"(?<![\d.])({_NUMERAL})个?(?:" + "|".join(f"(?P<u{n}>{zh})" for n, (_, _, zh, _) in enumerate(_UNITS)) + ")"
)
_NUMBER_EN = re.compile(
    rf"\b(\d[\d,]*(?:\.\d+)?|{'|'.join(_ENGLISH)}|an?)[ -]?(?:"
    + "|".join(f"(?P<u{n}>(?:{en}))" for n, (_, _, _, en) in enumerate(_UNITS))
    + r")\b"
)
_YEAR_ZH = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
_YEAR_EN = re.compile(r"\b(?:in|since|from|of) ((?:19|20)\d\d)\b")
_AGED = re.compile(r"\baged? (\d{1,3})\b")
_AT_MOST = re.compile(r"(?:(不超过|不高于|不多于|不大于|至多|最多|最长)|(不满|未满|不足|小于|低于|少于))[为在]?$")
_AT_LEAST = re.compile(r"(?:(不少于|不低于|不小于|至少|满|达到)|((?<!不)(?:超过|高于|多于|大于)))[了为]?$")
_ABOVE = re.compile(r"[(（]?(?:含|及|或)?(?:以上|之上)")
_BELOW = re.compile(r"[(（]?(?:含|及|或)?(?:以下|之下|以内|之内|内(?!容|部))")
_BEFORE = re.compile(r"[(（]?[含及]?(?:以前|之前|前)")
_AFTER = re.compile(r"[(（]?[含及]?(?:以后|之后|后|起)")
_WITHIN = re.compile(r"(?:以|之)?内")  # of time: a deadline, of which a question is told in other ways
_IN_FORCE = re.compile(r"施行|实施|执行|生效|有效|废止")  # of the rule itself
_VAGUE = re.compile(r"[多来余]|一[^，,。？?层岁]")  # behind a number: 一年多, 一年一续
_PHRASE = re.compile(r"[^，,。；;\n]+")
_ITEM = re.compile(r"^\s*[（(][一二三四五六七八九十\d]{1,3}[)）]")


@dataclass(frozen=True, slots=True)
class Bound:
    """From and to which number something holds, with the words that say so."""

    kind: str
    low: float
    high: float
    words: str

    def distance(self, value: float) -> float:
        """How far a number lies outside; 0 inside."""
        return max(self.low - value, value - self.high, 0.0)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a question with its unit, as written there."""

    kind: str
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A number of a question that lies outside what a text says."""

    bound: Bound
    amount: Amount


def outside(question: str, sentences: Sequence[Sequence[str]]) -> Outside | None:
    """A number of the question that no bound of its kind takes in, in the first of some sentences that has any.

    A sentence is given in its parts, between semicolons, the nearest to the question first. Where that has no such
    bound, or another without one gives as much of something, it holds for the others too, and there is none.
    """
    for amount in amounts_in(question):
        for parts in sentences:
            here = [[one for one in bounds_in(part) if one.kind == amount.kind] for part in parts]
            found = [one for part in here for one in part]
            if found and not _ITEM.search(parts[0]) and (not here[0] or _has_general_case(parts, here)):
                break
            if found:
                nearest = min(found, key=lambda one: one.distance(amount.value))
                if nearest.distance(amount.value) > 0:
                    return Outside(nearest, amount)
                break
    return None


def takes_in(question: str, text: str) -> bool:
    """Whether a text leaves no number of a question out: it has no bound of its kind, or one that takes it in."""
    bounds = bounds_in(text)
    for amount in amounts_in(question) if bounds else ():
        here = [one.distance(amount.value) for one in bounds if one.kind == amount.kind]
        if here and min(here) > 0:
            return False
    return True


def _has_general_case(parts: Sequence[str], bounds: Sequence[Sequence[Bound]]) -> bool:
    """Whether a part without bounds gives what one with bounds gives too: 每台20万元;七层以上的,24万元."""
    given = [
        {amount.kind for _, _, amount in _numbers_zh(part)} - {one.kind for one in here}
        for part, here in zip(parts, bounds, strict=True)
    ]
    special = set().union(*(kinds for kinds, here in zip(given, bounds, strict=True) if here))
    return any(special & kinds for kinds, here in zip(given, bounds, strict=True) if not here)


def bounds_in(text: str) -> list[Bound]:
    """The bounds of a text; two of one phrase that meet are one: 六十周岁以上不满七十周岁."""
    found: list[Bound] = []
    for phrase in _PHRASE.findall(text):
        here: list[Bound] = []
        for one in _bounds_of(phrase):
            last = here[-1] if here else None
            if last and last.kind == one.kind and max(last.low, one.low) <= min(last.high, one.high):
                words = phrase[phrase.index(last.words) : phrase.index(one.words) + len(one.words)]
                here[-1] = Bound(one.kind, max(last.low, one.low), min(last.high, one.high), words)
            else:
                here.append(one)
        found += here
    return found


def _bounds_of(phrase: str) -> Iterator[Bound]:
    for start, end, amount in _numbers_zh(phrase):
        before, after = phrase[:start], phrase[end:]
        most, least = _AT_MOST.search(before), _AT_LEAST.search(before)
        behind = _ABOVE.match(after) or _BELOW.match(after)
        if amount.kind == "year":
            behind = _BEFORE.match(after) or _AFTER.match(after)
        if (amount.kind == "time" and _WITHIN.match(after)) or (amount.kind == "year" and _IN_FORCE.search(after)):
            continue
        words = phrase[most.start() if most else least.start() if least else start : end]
        words += behind.group().strip("(（") if behind else ""
        if most:
            yield Bound(amount.kind, -math.inf, amount.value - (_STRICT if most.group(2) else 0), words)
        elif behind and (behind.re in (_BELOW, _BEFORE)):
            yield Bound(amount.kind, -math.inf, amount.value, words)
        elif behind or least:
            yield Bound(amount.kind, amount.value + (_STRICT if least and least.group(2) else 0), math.inf, words)


def amounts_in(question: str) -> list[Amount]:
    """The numbers with units of a question that are not bounds themselves."""
    bounded = [(one.kind, one.words) for one in bounds_in(question)]
    found = [amount for _, end, amount in _numbers_zh(question) if not _VAGUE.match(question, end)]
    found += [Amount("age", float(match.group(1)), match.group()) for match in _AGED.finditer(question)]
    found += [Amount("year", float(match.group(1)), match.group(1)) for match in _YEAR_EN.finditer(question)]
    for match in _NUMBER_EN.finditer(question):
        value = _ENGLISH.get(match.group(1)) or (1 if match.group(1) in ("a", "an") else _digits(match.group(1)))
        found.append(_amount(match, float(value)))
    return [one for one in found if not any(one.kind == kind and one.words in words for kind, words in bounded)]


def _numbers_zh(text: str) -> Iterator[tuple[int, int, Amount]]:
    for match in _YEAR_ZH.finditer(text):
        first_day = match.group(2) in ("1", "01") and match.group(3) in ("1", "01")
        yield match.start(), match.end(), Amount("year", float(match.group(1)) - first_day, match.group())
    for match in _NUMBER_ZH.finditer(text):
        numeral = match.group(1)
        if _YEAR_ZH.match(text, match.start()):
            continue
        value = 0.5 if numeral == _HALF else _digits(numeral) if numeral[0].isdigit() else _chinese(numeral)
        yield match.start(), match.end(), _amount(match, value)


def _amount(match: re.Match[str], value: float) -> Amount:
    kind, factor = next(_UNITS[n][:2] for n in range(len(_UNITS)) if match.group(f"u{n}"))
    return Amount(kind, value * factor, match.group())


def _digits(numeral: str) -> float:
    return float(numeral.replace(",", ""))


def _chinese(numeral: str) -> float:
    return float(from_chinese(numeral.replace("两", "二")))
