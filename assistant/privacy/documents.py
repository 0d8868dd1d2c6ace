"""Passports, permits for Hong Kong, Macao and Taiwan, and licence plates in folded text."""

import re
from collections.abc import Iterator

from assistant.privacy import context
from assistant.privacy.numbers import Found

PAPER, PLATE = "〔证件号〕", "〔车牌号〕"

# Numbers that only Chinese passports have; all others are known by the word before them.
_PASSPORT = re.compile(r"(?<![0-9A-Z])(?:[EG] ?\d{8}|E[A-HJ-NP-Z] ?\d{7})(?![0-9A-Z])", re.ASCII)
_TRAVEL = re.compile(r"(?<![0-9A-Z])(?:[A-Z]{1,2}[ -]?\d{6,10}|[A-Z]{3} ?\d{12}|\d{8,10})(?![0-9A-Z])", re.ASCII)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][ ]?[A-HJ-NP-Z][ ·•.・-]{0,3}(?=[A-Z]{0,2}\d)"
    r"(?:[A-HJ-NP-Z0-9]\d{4}[A-HJ-NP-Z]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9学警港澳挂]|[A-HJ-NP-Z]{1,2}\d{4,5})(?![0-9A-Z])",
    re.ASCII,
)


def find_documents(folded: str) -> Iterator[Found]:
    """Passports and permits; one by form alone only where nobody else writes numbers like it."""
    for number in _TRAVEL.finditer(folded):
        if context.says_travel_document(folded, number.start()):
            yield Found(number.start(), number.end(), PAPER)
    for number in _PASSPORT.finditer(folded):
        if not context.says_other_number(folded, number.start()):
            yield Found(number.start(), number.end(), PAPER)


def find_plates(folded: str) -> Iterator[Found]:
    """京A·12345, and those of new energy with six signs."""
    for number in _PLATE.finditer(folded):
        if not context.says_other_number(folded, number.start()):
            yield Found(number.start(), number.end(), PLATE)
