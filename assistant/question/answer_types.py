"""What kind of thing a question asks for, and whether a clause holds a thing of that kind.

「首贷的利率是多少」 shares every word with the clause on first loans, which states no rate. Each kind is told by how
people ask for it and by what a text that holds one looks like; `answer_types.toml` is about language,
not about any document.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from index.text.normalizer import normalize

_TERSE = 12  # characters up to which a question is all question
_PHRASE = re.compile(r"[^，,。.;；!?！？]+[，,。.;；!?！？]*")
_ASKS = re.compile(
    r"[?？吗呢啥谁]|什么|怎么|咋|多少|(?<![十好])几(?![十百千万])|哪|多[久长大高]|是否|是不是|能不能|可不可以|有没有|会不会|要不要"
    r"|\b(?:what|how|which|who|where|when|can|could|is|are|do|does|will)\b"
)
_NUMERAL = r"[\d一二两三四五六七八九十百千]"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing, as a question asks for it and as a text states it."""

    name: str
    chinese: str  # what it is called in an answer
    english: str
    asked: re.Pattern[str]
    stated: re.Pattern[str]


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of `answer_types.toml`."""
    table = tomllib.loads(
        resources.files("assistant.question").joinpath("answer_types.toml").read_text(encoding="utf-8")
    )
    return tuple(
        Kind(name, row["chinese"], row["english"], _pattern(row["asked"]), _pattern(row["stated"]))
        for name, row in table.items()
    )


def _pattern(alternatives: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(alternatives).replace("NUM", _NUMERAL))


_UNIT = "(千瓦|平方米|公里|个|名|家|项|条|类|位|次|米|人|户|门|种|步|套|张|份|笔)"
_COUNT = re.compile(rf"多少{_UNIT}|(?<![哪好])几{_UNIT}(?=[?？]|$)")
_LIST = "(?:[^、。；;,，]{1,16}、){2}"  # what is listed can be counted
_HOW_MANY = re.compile(r"how many (?!days|hours|weeks|months|working)")


def _count(unit: str) -> Kind:
    stated = rf"{_NUMERAL}+(?:余|多)?(?:{unit})" if unit else _NUMERAL
    return Kind("count", "数目", "a number", _COUNT, re.compile(rf"{stated}|{_LIST}"))


@lru_cache(maxsize=1024)
def asked_kinds(question: str) -> tuple[Kind, ...]:
    """The kinds of things that a question asks for; none for a question that asks what, how or whether."""
    text = _question_in(normalize(question))
    found = [kind for kind in kinds() if kind.asked.search(text)]
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


def lacking(question: str, text: str) -> list[Kind]:
    """The kinds of things that the question asks for and the text does not hold."""
    return [kind for kind in asked_kinds(question) if not states(kind, text)]


def states(kind: Kind, text: str) -> bool:
    """Whether a text holds a thing of this kind."""
    return bool(kind.stated.search(normalize(text)))
