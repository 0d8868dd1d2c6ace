"""A phrase as what is compared: characters, and in the place of numbers and words of force what they say.

三十日 and 30天 are one unit, 不得超过八米 and 8米以内 another; 应当, 必须 and 要 are one, 不得 and 禁止 another. Two
phrases say the same where their units are equal, but for words that weigh nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.composition.modality import strict_words
from assistant.phrasing.words import Words, load_words
from corpus.text.characters import fold
from corpus.text.numeral import from_chinese
from index.text.tokenizer import is_word, segment

LIST = "、"
COMMA = ","
_HARD = ("#", "!")  # what the unit of a number, and that of a word of force or a guard, begins with
_UNSEEN = re.compile(r"[“”\"'‘’「」『』()《》\[\]〈〉 \t　]")
_BETWEEN = re.compile(r"(?<=\d)[()\[\] \t]+(?=\d)")  # two numbers, which must not become one
_UNIT = (
    "个?工作日|个月|个百分点|周岁|小时|分钟|平方米|公里|季度|万元|亿元"
    "|[日天号年月岁元%‰倍条款项章个次种类份张家户人名位米亩尾分期批级点套台辆吨步周]"
)
_HAN = "零一二两三四五六七八九十百千万"
_AT_MOST = "不(?:得|能|可以?)?(?:超过|多于|高于|大于|超)|至多|最多|最高|最长"
_AT_LEAST = "不(?:得|能|可以?)?(?:少于|低于|小于)|至少|最少|最低|年?满|达到"
_NUMBER = re.compile(
    rf"(?P<most>{_AT_MOST})?(?P<least>{_AT_LEAST})?(?P<over>超过|高于|多于)?(?P<under>不满|不足|未满|低于|少于)?"
    rf"(?:(?P<percent>百分之)?(?P<ordinal>第)?"
    rf"(?:(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<scale>[亿万千百]?)|(?P<han>[{_HAN}]++)(?=[余多]?(?:{_UNIT}))|(?<=[第之])(?P<bare>[{_HAN}]+)))"
    rf"(?P<about>[余多])?(?P<unit>{_UNIT})?(?P<behind>以内|之内|内|以上|以下|之?前|以前|之?后|以后|起)?"
)
_SCALED = ("万元", "亿元")  # units that begin with a scale
_SCALES = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100}
_SAME_UNIT = {"天": "日", "个工作日": "工作日", "周岁": "岁", "万元": "元", "亿元": "元", "号": "日"}
_BEHIND = {"以内": "≤", "之内": "≤", "内": "≤", "以下": "≤", "以上": "≥"}
_CAN = re.compile(r"(?<![不功智性职效技节可才只未])能够?(?![力源耗效否量动])")
_PARTY_CAN = re.compile(r"(?<=[买卖甲乙双]方)可(?!能)|可(?=根据|自行)")
_CANNOT = re.compile(r"不能")
_WANTS = re.compile(
    r"需要|(?<![对相适响反供回呼答])应(?![急用对付届聘该答收税邀诉激力变当])"
    r"|(?<=[船业房户雇车货股债地]主)要|(?<![主重次纲简首摘紧只不需必])要(?![求素件点么是闻领紧])"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The units of a stretch of text without a comma.

    `optional[i]` are the ends of words that begin at unit i and that weigh nothing, as the words in question have it.
    """

    units: tuple[str, ...]
    optional: tuple[tuple[int, ...], ...]
    is_hard: tuple[bool, ...]  # numbers, words of force, guards

    @property
    def limits(self) -> bool:
        """Whether it denies, forbids or excepts, so that what stands beside it holds less."""
        return any(hard and unit[1:] in _LIMITING for unit, hard in zip(self.units, self.is_hard, strict=True))


_LIMITING = frozenset(("may_not", *"不未无非勿拒除否只但"))


def phrase(text: str, *, of_quote: bool) -> Phrase:
    """A phrase of a quote, or of what is said of it."""
    words = load_words()
    plain = plain_text(text)
    cut = _cuts(plain)
    weightless = words.dropped if of_quote else words.added
    units: list[str] = []
    optional: list[tuple[int, ...]] = []
    hard: list[bool] = []
    for key, written in _parts(plain, words, cut):
        is_hard = key[:1] in _HARD
        ends = () if is_hard else tuple(_light(key, written, weightless, begins=not units))
        for at, unit in enumerate([key] if is_hard else key):
            optional.append(tuple(len(units) + end for end in ends) if at == 0 else ())
            units.append(unit)
            hard.append(is_hard)
    return Phrase(tuple(units), tuple(optional), tuple(hard))


def _light(key: str, written: str, weightless: frozenset[str], *, begins: bool) -> Iterator[int]:
    """How many units of a word weigh nothing: all of them, or the first of 充分发挥; `begins`: it begins its phrase."""
    if written in weightless or (begins and written in load_words().opening):
        yield len(key)
    for length in range(2, len(written) - 1):
        if key == written and written[:length] in weightless and is_word(written[length:]):
            yield length


def plain_text(text: str) -> str:
    """A text folded, without blanks, brackets and quotation marks."""
    return _UNSEEN.sub("", _BETWEEN.sub("|", fold(text)))


def _cuts(plain: str) -> frozenset[int]:
    """Where its words begin and end."""
    at, found = 0, {0}
    for piece in segment(plain).pieces:
        at += len(piece)
        found.add(at)
    return frozenset(found)


def _parts(plain: str, words: Words, cuts: frozenset[int]) -> Iterator[tuple[str, str]]:
    """What the text is made of, in order: a unit with the words that say it, or a word twice."""
    done = 0
    for start, end, key in _hard(plain, words):
        yield from _words(plain, done, start, cuts, words)
        yield key, plain[start:end]
        done = end
    yield from _words(plain, done, len(plain), cuts, words)


def _words(plain: str, start: int, end: int, cuts: frozenset[int], words: Words) -> Iterator[tuple[str, str]]:
    """The words between two places, exchanged for the one that stands for their list."""
    edges = [start, *sorted(cut for cut in cuts if start < cut < end), end]
    for first, last in pairwise(edges):
        word = plain[first:last]
        same = words.same.get(word, word)
        yield LIST if same == "和" else same, word


def _hard(plain: str, words: Words) -> list[tuple[int, int, str]]:
    """Spans of numbers, words of force and guards with what they say, in order; of two that overlap the first kind."""
    taken = bytearray(len(plain))
    found = []
    for start, end, key in _marked(plain, words):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            if key:
                found.append((start, end, key))
    return sorted(found)


def _marked(plain: str, words: Words) -> Iterator[tuple[int, int, str]]:
    for match in words.plain.finditer(plain):
        yield match.start(), match.end(), ""
    for match in _NUMBER.finditer(plain):
        yield match.start(), match.end(), f"#{_number(match)}"
    for pattern, says in ((_CANNOT, "may_not"), (_WANTS, "must"), (_CAN, "may"), (_PARTY_CAN, "may")):
        for match in pattern.finditer(plain):
            yield match.start(), match.end(), f"!{says}"
    for start, end, force in strict_words(plain):
        yield start, end, f"!{force.value}"
    for match in words.guard.finditer(plain):
        yield match.start(), match.end(), f"!{words.guards[match[0]]}"


def _number(match: re.Match[str]) -> str:
    """Value, unit and bound: 30日, ≤8米, 第3条."""
    unit = match["unit"] or ""
    scale = _SCALES.get(match["scale"] or unit[0:1] * (unit in _SCALED), 1)
    han = match["han"] or match["bare"]
    value = _value(han, scale) if han else _in_figures(Decimal(match["digits"].replace(",", "")) * scale)
    side = "≤" if match["most"] else "≥" if match["least"] else ">" if match["over"] else "<" if match["under"] else ""
    behind = match["behind"] or ""
    side, behind = side + _BEHIND.get(behind, ""), "" if behind in _BEHIND else behind.strip("之以")
    unit = "%" if match["percent"] else _SAME_UNIT.get(unit, unit)
    return f"{side}{match['ordinal'] or ''}{value}{(match['about'] and '余') or ''}{unit}{behind}"


def _in_figures(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _value(numeral: str, scale: int) -> str:
    """In figures; a numeral that nobody can read stands for itself."""
    try:
        return _in_figures(Decimal(from_chinese(numeral.replace("两", "二"))) * scale)
    except (KeyError, ValueError):
        return numeral
