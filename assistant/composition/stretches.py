"""From the units of a clause that answer to the stretches that are quoted: each unit with what belongs to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from corpus.clause import Clause, Part
from index.quotable import Unit

LEAD = 160  # characters up to which the words that a unit stands under are quoted with it
GAP = 60  # characters between two sentences that are quoted, up to which they are quoted too
_SEQUENCE = re.compile(
    r"第一步|步骤[一1]|首先|(?:按照?|经过?|履行)(?:以下|下列|如下)[^，,。；;]{0,6}(?:程序|流程|步骤)|(?:程序|流程|步骤)(?:如下|为)?[:：]"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a document (依据): `document.text[start:end]`, inside its clause."""

    clause: Clause
    part: Part | None  # the innermost point that holds all of it
    start: int
    end: int


def is_sequence(text: str) -> bool:
    """Whether a text says that what it lists comes one after the other."""
    return bool(_SEQUENCE.search(text))


def nearest_first(found: Sequence[Evidence], best: Unit) -> list[Evidence]:
    """Of points that are quoted each for itself the one that holds the best unit, then the others as they stand.

    What is quoted with words above it, and what comes one after the other, stays in the order of the text.
    """
    are_points = all(one.part and (one.part.start, one.part.end) == (one.start, one.end) for one in found)
    if not are_points or is_sequence(found[0].clause.text):
        return list(found)
    return sorted(found, key=lambda one: not one.start <= best.start < one.end)


def items_of(units: Sequence[Unit], lead: int) -> list[int]:
    """The numbers of the units that stand under this one."""
    return [number for number, unit in enumerate(units) if lead in unit.under]


def joined(clause: Clause, units: Sequence[Unit], best_first: Iterable[int], limit: int) -> list[Evidence]:
    """As many of these units as `limit` stretches hold, the best in any case; in the order of the text.

    Points are quoted each for itself, sentences of one point or of none in one stretch where little lies between.
    """
    kept: list[tuple[int, int]] = []
    chosen: set[int] = set()
    for number in best_first:
        more = chosen | {number, *_belonging(units, number)}
        stretches = _stretches(units, more)
        if not kept:
            chosen, kept = more, _fewer(stretches, number, limit)
        elif len(stretches) <= limit:
            chosen, kept = more, stretches
    return [Evidence(clause, units[one].part, units[one].start, units[two].end) for one, two in kept]


def _belonging(units: Sequence[Unit], number: int) -> set[int]:
    """The units above it, and the exceptions behind it or behind the list in which it stands."""
    under = units[number].under
    found = {lead for lead in under if units[lead].end - units[lead].start <= LEAD}
    for last in (number, *(items_of(units, lead)[-1] for lead in under)):
        found |= set(takewhile(lambda behind: units[behind].excepts, range(last + 1, len(units))))
    return found


def _stretches(units: Sequence[Unit], chosen: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last unit of each stretch."""
    found: list[tuple[int, int]] = []
    for number in sorted(chosen):
        if found and _together(units[found[-1][1]], units[number]):
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _together(one: Unit, two: Unit) -> bool:
    same = one.part == two.part and not one.is_part and not two.is_part
    return same and two.start - one.end <= GAP


def _fewer(stretches: list[tuple[int, int]], number: int, limit: int) -> list[tuple[int, int]]:
    """At most `limit` of the stretches: those nearest to that of a unit."""
    nearest = sorted(stretches, key=lambda one: max(one[0] - number, number - one[1], 0))[:limit]
    return sorted(nearest)
