"""Clauses by the heading above them and their number there: 省清单第九项, 合肥自选事项（三）."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.addresses.names import squeeze
from corpus.clause import Clause
from corpus.numbering import HAN_NUMERAL, match_number, number_value

_LEAST, _LEAST_INSIDE = 3, 4  # characters of a heading by which it is named: its first ones, or others
_LOOK_BACK = 30
_COUNT = re.compile(r"\([^()]{1,12}\)$")  # 省清单事项(10项)
_N = rf"(?:\d{{1,3}}|{HAN_NUMERAL})"
_NUMBER = re.compile(
    rf"第\s?\(?\s?({_N})\s?\)?\s?(?:([项个件])(?:典型)?(?:案例|事项|措施|举措|任务)?|(条))|\(\s?({_N})\s?\)"
)
_JOINING = re.compile(r"[的里中之内,:、\s]")


@dataclass(frozen=True, slots=True)
class _Group:
    """The words of a heading, squeezed, without its number, and the clauses that stand directly under it."""

    words: str
    clauses: tuple[Clause, ...]


class Groups:
    """The groups of clauses of a corpus."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        found: dict[tuple[str, tuple[str, ...]], list[Clause]] = {}
        for clause in clauses:
            if clause.path and clause.numbers:
                found.setdefault((clause.document_id, clause.path), []).append(clause)
        self._groups = [_Group(_words(path[-1]), tuple(own)) for (_, path), own in found.items()]
        self._ends = frozenset(character for group in self._groups for character in group.words)

    def read(self, text: str, at: int) -> tuple[list[Clause], int, int] | None:
        """The clauses that a number here may mean by the heading named before it, and where both begin and end."""
        number = _NUMBER.match(text, at)
        before = _JOINING.sub("", text[max(0, at - _LOOK_BACK) : at]) if number else ""
        if number is None or not before or before[-1] not in self._ends:
            return None
        value = number_value(number[1] or number[4])
        length, groups = self._named(before)
        found = [clause for group in groups if (clause := _numbered(group, value, in_order=bool(number[2])))]
        return (found, _start(text, at, length), number.end()) if found else None

    def _named(self, before: str) -> tuple[int, list[_Group]]:
        """The groups of whose headings most stands at the end of the text before a number, and how much that is."""
        lengths = [(_shared(group.words, before), group) for group in self._groups]
        most = max((length for length, _ in lengths), default=0)
        return (most, [group for length, group in lengths if length == most]) if most else (0, [])


def _words(heading: str) -> str:
    number = match_number(heading)
    return _COUNT.sub("", squeeze(heading[number.length if number else 0 :]))


def _shared(words: str, before: str) -> int:
    """How many characters at the end of `before` are of the heading; 0 where they are too few to name it."""
    for length in range(min(len(words), len(before)), _LEAST - 1, -1):
        end = before[-length:]
        if words.startswith(end) or (length >= _LEAST_INSIDE and end in words):
            return length
    return 0


def _numbered(group: _Group, value: int, *, in_order: bool) -> Clause | None:
    """The clause of this number within the group; where none prints it and 第三个 is said, the one in this order."""
    printed = [clause for clause in group.clauses if clause.numbers[-1].value == value]
    if len(printed) == 1:
        return printed[0]
    return group.clauses[value - 1] if in_order and not printed and 0 < value <= len(group.clauses) else None


def _start(text: str, at: int, length: int) -> int:
    """Where so many characters begin before a number, those between that only join not counted."""
    while at and length:
        at -= 1
        length -= not _JOINING.match(text[at])
    return at
