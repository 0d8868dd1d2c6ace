"""Identity, card and mobile numbers whose groups commas part: 138,1234,5678.

Commas part thousands and the items of lists as well. So a row counts only as a whole, in groups that no thousands have,
where no unit follows; and a card of sixteen digits, as lists of four figures are, only behind the word for one.
"""

import re
from collections.abc import Iterator

from assistant.privacy import context
from assistant.privacy.check_digits import is_bank_card, is_identity_number, is_old_identity_number
from assistant.privacy.numbers import CARD, IDENTITY, MOBILE, Found

_ROW = re.compile(r"(?<![\d.,])\d{1,18}(?:,\d{1,18}){1,10}(?:,?[X×](?![A-Z\d]))?(?![\d.]|,\d)", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII)
_COUNTED = re.compile(r"[ ]?(?:[户人家个件份名项次岁年天月平亩辆套栋条篇日时分]|公[里斤顷]|号(?!码))")
_LISTED = re.compile(r"(?:分别|依次|各|第)[^。;\n]{0,10}$")
_MOBILE = re.compile(r"(?:86)?1(?:[35-9]\d|4[5-9])\d{8}", re.ASCII)
_MOBILE_GROUPS = ([3, 4, 4], [3, 3, 5], [4, 3, 4], [3, 8], [7, 4])
_UNION_PAY = re.compile(r"62\d{2}(?:,\d{4}){3},\d{3}|62\d{4},\d{13}", re.ASCII)  # as no list of figures is
_REACH = 20  # characters before a row that are looked at


def find_with_commas(folded: str) -> Iterator[Found]:
    """From left to right."""
    for row in _ROW.finditer(folded):
        if not _is_figures(folded, row) and (label := _label(folded, row)):
            yield Found(row.start(), row.end(), label)


def _is_figures(folded: str, row: re.Match[str]) -> bool:
    """Whether it is one figure in thousands, or several, or the number of something else."""
    start, end = row.span()
    return (
        _THOUSANDS.fullmatch(row[0]) is not None
        or _COUNTED.match(folded, end) is not None
        or _LISTED.search(folded[max(0, start - _REACH) : start]) is not None
        or context.is_amount(folded, start, end)
        or context.says_other_number(folded, start)
    )


def _label(folded: str, row: re.Match[str]) -> str | None:
    digits, start = re.sub(r"[,×]", lambda sign: "X" if sign[0] == "×" else "", row[0]), row.start()
    if len(digits) == 18 and (is_identity_number(digits) or context.says_identity(folded, start)):
        return IDENTITY
    if len(digits) == 15 and (is_old_identity_number(digits) or context.says_identity(folded, start)):
        return IDENTITY
    if not digits.isdigit():
        return None
    if 16 <= len(digits) <= 19 and is_bank_card(digits):
        return CARD if context.says_card(folded, start) or _UNION_PAY.fullmatch(row[0]) else None
    groups = [len(group) for group in row[0].split(",")]
    if groups[0] == 2:  # 86
        groups = groups[1:]
    return MOBILE if _MOBILE.fullmatch(digits) and groups in _MOBILE_GROUPS else None
