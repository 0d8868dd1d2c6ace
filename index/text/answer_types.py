"""The expected answer type: what kind of thing a question asks for, and whether a text holds a thing of that kind.

「首贷的利率是多少」 shares every word with the clause on first loans, which states no rate. Each type is told by how
people ask for it and by what a text that holds one looks like; `answer_types.toml` is about language, not about any
document. All texts here are in normal form (index/text/normalizer.py).
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_TERSE = 12  # characters up to which a question has no room for a story beside what it asks
_PHRASE = re.compile(r"[^，,。.;；!?！？]+[，,。.;；!?！？]*")
_ASKS = re.compile(
    r"[?？吗呢啥谁]|什么|怎么|咋|多少|(?<![十好])几(?![十百千万])|哪|多[久长大高]|是否|是不是|能不能|可不可以|有没有|会不会|要不要"
    r"|\b(?:what|how|which|who|where|when|can|could|is|are|do|does|will)\b"
)
_NUMERAL = r"[\d一二两三四五六七八九十百千]"


@dataclass(frozen=True, slots=True)
class AnswerType:
    """A kind of thing, as a question asks for it and as a text states it.

    What people call it is the message `answer_type.{name}`.
    """

    name: str
    asked: re.Pattern[str]
    stated: re.Pattern[str]


@cache
def answer_types() -> tuple[AnswerType, ...]:
    """The types of `answer_types.toml`."""
    text = resources.files("index.text").joinpath("answer_types.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return tuple(AnswerType(name, _pattern(row["asked"]), _pattern(row["stated"])) for name, row in table.items())


def _pattern(alternatives: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(alternatives).replace("NUM", _NUMERAL))


_UNIT = "(千瓦|平方米|公里|个|名|家|项|条|类|位|次|米|人|户|门|种|步|套|张|份|笔)"
_COUNT = re.compile(rf"多少{_UNIT}|(?<![哪好])几{_UNIT}(?=[?？]|$)")
_COUNT_HEAD = rf"(?:数量?|频次|名额|频率)(?:\([^()]{{1,8}}\))?:{_NUMERAL}"  # of a table: 检查人数:30
_LIST = "(?:[^、。；;,，]{1,16}、){2}"  # what is listed can be counted
_HOW_MANY = re.compile(r"how many (?!days|hours|weeks|months|working)")


@cache  # by unit, of which there are few
def _count(unit: str) -> AnswerType:
    stated = rf"{_NUMERAL}+(?:余|多)?(?:{unit})" if unit else _NUMERAL
    return AnswerType("count", _COUNT, re.compile(rf"{stated}|{_LIST}|{_COUNT_HEAD}"))


@lru_cache(64)  # the reading of a question asks it, and each of its searches
def expected_types(question: str) -> tuple[AnswerType, ...]:
    """The types of things that a question in normal form asks for; none where it asks what, how or whether."""
    text = _question_in(question)
    found = [one for one in answer_types() if one.asked.search(text)]
    if match := _COUNT.search(text):
        found.append(_count(match.group(1) or match.group(2)))
    elif _HOW_MANY.search(text):
        found.append(_count(""))
    return tuple(found)


def _question_in(text: str) -> str:
    """The phrases that ask: what the rest of a story mentions (a fine, a sum, next year) is not asked for."""
    if len(text) <= _TERSE:
        return text
    asking = [phrase for phrase in _PHRASE.findall(text) if _ASKS.search(phrase)]
    return " ".join(asking) or text


def missing_types(expected: Sequence[AnswerType], text: str) -> tuple[AnswerType, ...]:
    """Those of the expected types of which a text in normal form holds nothing."""
    return tuple(one for one in expected if not contains(one, text))


def contains(answer_type: AnswerType, text: str) -> bool:
    """Whether a text in normal form holds a thing of this type."""
    return bool(answer_type.stated.search(text))


def any_count() -> AnswerType:
    """A count of whatever."""
    return _count("")
