"""Identity numbers, bank cards and telephone numbers in folded text, however their digits are grouped.

A number is a row of groups of digits; a candidate begins and ends where groups do. What holds is decided by length,
form and check digits, and by the words around it (context.py): behind 身份证号 the check digit may be wrong, behind
受理号 the number stays whatever it looks like.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.privacy import context
from assistant.privacy.check_digits import is_bank_card, is_identity_number, is_old_identity_number
from assistant.privacy.folding import SEPARATOR

IDENTITY, CARD, MOBILE, LANDLINE = "〔身份证号〕", "〔银行卡号〕", "〔手机号〕", "〔电话号〕"

_RUN = re.compile(rf"\d+(?:{SEPARATOR}{{1,4}}\d+)*", re.ASCII)
_GROUP = re.compile(r"\d+", re.ASCII)
_LAST_X = re.compile(rf"{SEPARATOR}{{0,4}}[X×](?!\d)")
_X_BEFORE_MOBILE = re.compile(r"X(?=1\d{10}(?!\d))", re.ASCII)  # 身份证号手机号, copied from a table
_SHORTEST, _LONGEST = 11, 19  # digits
_DECIMALS = re.compile(r"(?:\d{3}|[¥$]\d{1,2})\.$", re.ASCII)  # 128.14159265358; but 1. and 2. count items of a list
_MOBILE = re.compile(r"(?:0086|086|86|0)?(1(?:[35-9]\d|4[5-9])\d{8})", re.ASCII)  # 3.14159265358 is no list number
_POSSIBLE = re.compile(  # what is worth a look where no word before it says what it is
    r"(?:0086|086|86|0)?1[3-9]\d{9}|[1-8]\d{14}|\d{6}(?:18|19|20)\d{9,10}|(?!20)[2-9]\d{15,18}", re.ASCII
)
_USUAL = {(3, 4, 4), (3, 3, 5), (4, 3, 4), (3, 8), (7, 4), (11,)}  # how mobile numbers are grouped
_USUAL_CARD = re.compile(r"(?:4,4,4,4(?:,[123])?|6,1[0-3]|4,6,[5-9]|1[6-9])")
_ISSUER = re.compile(r"4|5[1-5]|2[2-7]|35|6[02]|9")  # the networks, and the banks' own cards
_NO_CARD = re.compile(r"[01]|20")  # what begins with 20 is a date and a running number
_EXTENSION = r"(?:[ ,，]{0,2}(?:转|分机|EXT\.?|-)[ :：]{0,2}\d{1,6}(?!\d))?"
_EIGHT = rf"(?:[2-9]\d{{2,3}}{SEPARATOR}{{0,3}}\d{{4}}|[2-9]\d{SEPARATOR}\d\d{SEPARATOR}\d\d{SEPARATOR}\d\d)(?!\d)"
_WITH_AREA = re.compile(  # 010, 02x, 0xxx; from abroad without the 0
    rf"(?:[+]?(?:00)?86{SEPARATOR}{{0,3}})?[(（]?0?(?:10|2\d|[3-9]\d\d)[)）]?{SEPARATOR}{{0,3}}{_EIGHT}{_EXTENSION}",
    re.ASCII,
)
_LOCAL = re.compile(rf"{_EIGHT}{_EXTENSION}", re.ASCII)
_AREA = re.compile(r"[(（]?0|[+]?(?:00)?86", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data at `[start, end)`, and the label that takes its place."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Groups of digits in a row, and what stands between them."""

    text: str
    groups: Sequence[re.Match[str]]
    signs: Sequence[str]  # one fewer; blanks beside a sign, or instead of one, do not count
    digits: str
    leads: bool  # whether a word can stand before it, and not another group

    @property
    def start(self) -> int:
        return self.groups[0].start()

    @property
    def end(self) -> int:
        return self.groups[-1].end()

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(len(group[0]) for group in self.groups)

    @property
    def has_one_sign(self) -> bool:
        """Whether the same sign stands between all groups."""
        return len(set(self.signs)) <= 1

    @property
    def is_even(self) -> bool:
        """Whether, besides, the groups are single digits or none of them is."""
        return self.has_one_sign and (min(self.lengths) > 1 or max(self.lengths) == 1)

    @property
    def is_network_address(self) -> bool:
        """Whether it is four short groups with dots between, as 192.168.10.255 is."""
        return set(self.signs) == {"."} and len(self.groups) == 4 and max(self.lengths) <= 3

    def follows(self, words: Callable[[str, int], bool]) -> bool:
        """Whether what stands before it says what `words` of context.py look for."""
        return self.leads and words(self.text, self.start)


def find_numbers(folded: str) -> Iterator[Found]:
    """Identity, card and mobile numbers, from left to right; none overlaps another."""
    for run in _RUN.finditer(folded):
        groups = [one for group in _GROUP.finditer(folded, run.start(), run.end()) for one in _apart(folded, group)]
        signs = [folded[one.end() : next_.start()].strip(" \r\n") for one, next_ in pairwise(groups)]
        first = _of_another_kind(groups) if context.says_other_number(folded, run.start()) else 0
        while first < len(groups):
            count, found = _longest_that_holds(folded, groups, signs, first)
            if found:
                yield found
            first += count


def _apart(folded: str, group: re.Match[str]) -> Iterator[re.Match[str]]:
    """The groups that digits are which nothing separates: an identity number and what stands beside it in a table."""
    start, end = group.span()
    length = end - start
    if length in {29, 36} and is_identity_number(folded[start : start + 18]):
        cut = start + 18
    elif length == 29 and is_identity_number(folded[end - 18 : end]):
        cut = start + 11
    else:
        yield group
        return
    yield from (part for part in (_GROUP.match(folded, start, cut), _GROUP.match(folded, cut, end)) if part)


def find_landlines(folded: str) -> Iterator[Found]:
    """Fixed-line numbers: with area code unless they are an office's, without only where they are called one's own."""
    for run in _RUN.finditer(folded):
        start = run.start() - (folded[run.start() - 1 : run.start()] in {"(", "（", "+"})
        own = context.says_own_phone(folded, start)
        number = _WITH_AREA.match(folded, start) if own or _AREA.match(folded, start) else None
        number = number or (_LOCAL.match(folded, start) if own else None)
        if number and (own or not _is_no_home_line(folded, number)):
            yield Found(number.start(), number.end(), LANDLINE)


def _is_no_home_line(folded: str, number: re.Match[str]) -> bool:
    """Whether it is an office's, an amount or a number of another kind."""
    start, end = number.span()
    return (
        context.is_public_phone(folded, start, end)
        or context.says_other_number(folded, start)
        or context.is_amount(folded, start, end)
    )


def _of_another_kind(groups: Sequence[re.Match[str]]) -> int:
    """How many groups the number of a case or a paper takes: those up to one that is long enough by itself."""
    return next((place for place, group in enumerate(groups[1:], 1) if len(group[0]) >= 11), len(groups))


def _longest_that_holds(
    folded: str, groups: Sequence[re.Match[str]], signs: Sequence[str], first: int
) -> tuple[int, Found | None]:
    """What begins with group `first`, and how many groups it takes; one group and None where nothing does."""
    candidates = []
    digits = ""
    for last in range(first, min(len(groups), first + _LONGEST)):
        digits += groups[last][0]
        if len(digits) > _LONGEST:
            break
        if len(digits) >= _SHORTEST and (first == 0 or _POSSIBLE.fullmatch(digits)):
            part = groups[first : last + 1]
            candidates.append(_Candidate(folded, part, signs[first:last], digits, leads=first == 0))
    for candidate in reversed(candidates):
        if found := _identity(candidate) or _card(candidate) or _mobile(candidate):
            return len(candidate.groups), found
    return 1, None


def _identity(candidate: _Candidate) -> Found | None:
    digits, end = candidate.digits, candidate.end
    last = _LAST_X.match(candidate.text, end) or _X_BEFORE_MOBILE.match(candidate.text, end)
    if len(digits) == 17 and last:
        digits, end = f"{digits}X", last.end()
    if len(digits) == 18:
        holds = is_identity_number(digits) or candidate.follows(context.says_identity)
    elif len(digits) == 15:
        holds = (is_old_identity_number(digits) and candidate.is_even) or candidate.follows(context.says_identity)
    else:
        return None
    return Found(candidate.start, end, IDENTITY) if holds else None


def _card(candidate: _Candidate) -> Found | None:
    digits = candidate.digits
    if not 16 <= len(digits) <= 19:
        return None
    holds = is_bank_card(digits) and not _NO_CARD.match(digits) and _is_grouped_like_a_card(candidate)
    if holds or candidate.follows(context.says_card):
        return Found(candidate.start, candidate.end, CARD)
    return None


def _is_grouped_like_a_card(candidate: _Candidate) -> bool:
    """As on cards; or evenly, where the first digits are those of a network."""
    usual = candidate.has_one_sign and _USUAL_CARD.fullmatch(",".join(map(str, candidate.lengths)))
    return bool(usual) or (candidate.is_even and _ISSUER.match(candidate.digits) is not None)


def _mobile(candidate: _Candidate) -> Found | None:
    number = _MOBILE.fullmatch(candidate.digits)
    text, start, end = candidate.text, candidate.start, candidate.end
    if not number or _DECIMALS.search(text, max(0, start - 4), start) or context.is_amount(text, start, end):
        return None
    lengths = _without(candidate.lengths, len(candidate.digits) - 11)
    even = candidate.is_even and _is_plausible(lengths) and not candidate.is_network_address
    grouped = lengths in _USUAL or even
    if grouped or candidate.follows(context.says_phone):
        return Found(start - (text[start - 1 : start] == "+"), end, MOBILE)
    return None


def _is_plausible(lengths: tuple[int, ...]) -> bool:
    """A few groups that do not begin like a date, or every digit by itself: no row of figures."""
    return len(lengths) == 11 or (len(lengths) <= 4 and not (lengths[0] == 4 and lengths[1] <= 2))


def _without(lengths: tuple[int, ...], prefix: int) -> tuple[int, ...]:
    """Lengths of the groups of a number without the first `prefix` digits."""
    first, *rest = lengths
    if prefix >= first:
        return _without(tuple(rest), prefix - first)
    return (first - prefix, *rest)
