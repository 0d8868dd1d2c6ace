"""What kinds of things a sentence states, as bits: those of `answer_types`, any count, and what may or must be done.

All texts here are in normal form (index/text/normalizer.py).
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cache

from index.text.answer_types import answer_types, any_count, expected_types

_RULE = "rule"
_WHETHER = re.compile(
    r"[能可会要用算该须准让许]不[能可会要用算该须准让许]|能否|可否|是否|是不是|有没有|(?:[吗嘛不]|(?<![什怎这那多要])么)\W*$"
    r"|^(?!.*\b(?:what|how|which|who|whose|where|when|why)\b).*\b(?:can|may|must|do|does|is|are|should)\b"
)
_RULES = re.compile(r"可以|可按|不得|应当|不予|必须|准予|允许|禁止|无需|不需要|免[交缴收除]|予以")


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    kinds = (*answer_types(), any_count())
    return {one.name: one.stated for one in kinds} | {_RULE: _RULES}


@cache
def _bits() -> Mapping[str, int]:
    return {name: 1 << n for n, name in enumerate(_patterns())}


def statements_in(text: str) -> int:
    """The kinds of things that a text states."""
    return sum([bit for pattern, bit in _patterns_with_bits() if pattern.search(text)])


@cache
def _patterns_with_bits() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple(zip(_patterns().values(), _bits().values(), strict=True))


def asked_for(question: str) -> int:
    """The kinds of things that a question asks for; 0 where it asks what, how or whether."""
    return sum(_bits()[name] for name in {one.name for one in expected_types(question)})


def asks_whether(question: str) -> bool:
    """Whether a question wants to know if something may, must or does happen."""
    return bool(_WHETHER.search(question))


def rule_bit() -> int:
    """The bit of a sentence that says what may, must or must not be done."""
    return _bits()[_RULE]


def fingerprint() -> str:
    """Sixteen hexadecimal digits that change with what is told from a text."""
    kinds = [(name, pattern.pattern) for name, pattern in _patterns().items()]
    return hashlib.sha256(repr(kinds).encode()).hexdigest()[:16]
