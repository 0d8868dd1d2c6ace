"""Numbers with points in them: headings of a text numbered 1, 1.1, 2.1.1, and decimals that are no numbers at all.

Which of the two a line begins with is told from the numbers around it: a heading goes on from the one before it. What
is left, such as 1.5米 or 12.30, opens an item only where its first digits are the next number of a list.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.numbering import DECIMAL_PATH, HeadingNumber, NumberingStyle
from corpus.parser.lines import Line, continues
from corpus.text.characters import fold

Path = tuple[int, ...]
_UNIT = (
    r"\s?(?:[%‰℃°]|[百千]?[万亿]|[元角]|(?:平方|立方|海)?(?:公里|千米|厘米|毫米|分米|米|里)|公?[斤顷]|克|吨|亩|升|倍|度|"
    r"千[伏瓦克]|兆|个百分点|[a-zA-Zμ]{1,3}(?![a-zA-Z]))"
)
_NUMBERED = re.compile(rf"({DECIMAL_PATH})[.、]?(?![\d.%‰])(?=(\s?))")
_PLAIN = re.compile(r"(\d{1,2})(?=(\s)|[.、])[.、]?(?!\d)")
_SPACED_UNIT = re.compile(r"\s?(?:[%‰℃]|[万亿]?元|[万亿]|公里|米[以的]|倍)")
_UNITED = re.compile(_UNIT)
_DECIMAL = re.compile(rf"\d{{1,2}}(?!\d)|\d{{1,4}}(?={_UNIT})")
_LOOKED_AT = 32  # characters at the start of a line
_LONGEST_JUMP = 3  # numbers left out between two headings
_LEAST = 2  # headings with a point by which a text is known to be numbered so
_WRAPS = 20  # characters of a line that may run on in the next


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int  # of its line
    path: Path
    length: int  # characters it takes
    dotted: bool = False  # a single number that a point follows, as the items of a list have


def mark_decimals(lines: Sequence[Line]) -> list[Line]:
    """The lines, each with the number that the lines around it show it to begin with."""
    marked = list(lines)
    candidates = [found for index, line in enumerate(lines) if (found := _candidate(lines, index, line))]
    for chain in _chains(candidates):
        for one in chain:
            prefix = "".join(f"{value}." for value in one.path[:-1])
            number = HeadingNumber(NumberingStyle.DECIMAL, one.path[-1], 0, prefix, one.length)
            marked[one.index] = replace(lines[one.index], decimal=number)
    return _without_loose(marked)


def _candidate(lines: Sequence[Line], index: int, line: Line) -> _Candidate | None:
    if line.in_table or not line.text[0].isdigit():
        return None
    above = lines[index - 1] if index else None
    if above and continues(line, above) and len(above.text) >= _WRAPS and above.text.endswith(("，", "、", ",")):
        return None
    folded = fold(line.text[:_LOOKED_AT])
    if found := _NUMBERED.match(folded):
        united = (_SPACED_UNIT if found[2] else _UNITED).match(folded, found.end())
        return None if united else _Candidate(index, tuple(map(int, found[1].split("."))), found.end())
    if (found := _PLAIN.match(folded)) and len(folded) > found.end():
        return _Candidate(index, (int(found[1]),), found.end(), dotted=not found[2])
    return None


def _chains(candidates: Sequence[_Candidate]) -> Iterator[list[_Candidate]]:
    """The runs of headings that go on one from the other; one that begins anew begins another run."""
    following = _following(candidates)
    chain: list[_Candidate] = []
    listed = 0  # the last item of a list below the last heading
    for place, one in enumerate(candidates):
        below = following[place]
        heads = len(one.path) > 1 or (one.path[0] != listed + 1 if listed else True)
        if chain and _follows(one.path, chain[-1].path) and heads and _may_head(one, chain, below):
            chain.append(one)
        elif set(one.path) == {1} and _may_begin(one, chain, below, candidates[place + 1 : place + 2]):
            yield from _valid(chain)
            chain = [one]
        else:
            listed = one.path[0] if len(one.path) == 1 else listed
            continue
        listed = 0
    yield from _valid(chain)


def _following(candidates: Sequence[_Candidate]) -> list[_Candidate | None]:
    """For each candidate the next below it with a point inside."""
    found: list[_Candidate | None] = []
    below: _Candidate | None = None
    for one in reversed(candidates):
        found.append(below)
        below = one if len(one.path) > 1 else below
    return found[::-1]


def _may_begin(
    one: _Candidate, chain: Sequence[_Candidate], below: _Candidate | None, next_: Sequence[_Candidate]
) -> bool:
    """Whether another run begins, and no list inside the one that has begun."""
    if len(one.path) > 1 or below is None:
        return len(one.path) > 1
    if not one.dotted and next_ and not next_[0].dotted and _follows(next_[0].path, one.path):
        return True
    return below.path[:2] == (1, 1) or all(len(other.path) == 1 for other in chain)


def _may_head(one: _Candidate, chain: Sequence[_Candidate], below: _Candidate | None) -> bool:
    """Whether a number without a point stands as the first one of the run does, and above no number that is lower."""
    if len(one.path) > 1:
        return True
    alike = len(chain[0].path) > 1 or chain[0].dotted == one.dotted
    return alike and (below is None or below.path[0] >= one.path[0] or set(below.path) == {1})


def _follows(path: Path, before: Path) -> bool:
    """Whether the number goes on from the one before it: 2.1 or 3 behind 2, 2.2 or 3.1 behind 2.1.4."""
    if path[: len(before)] == before:
        below = path[len(before) :]
        return set(below) == {1} or (len(below) == 1 and below[0] <= _LONGEST_JUMP)
    level = next((i for i, (value, other) in enumerate(zip(path, before, strict=False)) if value != other), None)
    if level is None:
        return False
    return 0 < path[level] - before[level] <= _LONGEST_JUMP and set(path[level + 1 :]) <= {1}


def _valid(chain: list[_Candidate]) -> Iterator[list[_Candidate]]:
    """The run, where it is long enough to be no chance."""
    inside = sum(len(one.path) > 1 for one in chain)
    spaced = bool(chain) and len(chain[0].path) == 1 and not chain[0].dotted
    if inside >= _LEAST or (inside and spaced and len(chain) > _LEAST):
        yield chain


def _without_loose(lines: list[Line]) -> list[Line]:
    """The lines without the numbers that are the first digits of a decimal."""
    places = [
        index
        for index, line in enumerate(lines)
        if line.number_at_start and line.number_at_start.style is NumberingStyle.DIGIT
    ]
    kept = -1  # the line of the last number that is one
    for order, index in enumerate(places):
        below = places[order + 1] if order + 1 < len(places) else -1
        if _is_decimal(lines[index]) and not _is_item(lines, index, kept, below):
            lines[index] = replace(lines[index], decimal=False)
        else:
            kept = index
    return lines


def _is_decimal(line: Line) -> bool:
    number = line.number_at_start
    return bool(number and _mark(line) == "." and _DECIMAL.match(fold(line.text[:_LOOKED_AT]), number.length))


def _mark(line: Line) -> str:
    """What stands behind the number: a point or 、."""
    number = line.number_at_start
    return fold(line.text[number.length - 1]) if number and number.length else ""


def _is_item(lines: Sequence[Line], index: int, above: int, below: int) -> bool:
    """Whether the digits before the point are the number of an item, by the items above and below it."""
    number = lines[index].number_at_start
    value = number.value if number else 0
    next_ = below >= 0 and _value(lines[below]) == value + 1 and _mark(lines[below]) == "."
    if value == 1:
        return next_
    if above < 0 or _value(lines[above]) != value - 1 or _mark(lines[above]) != ".":
        return False
    length = number.length if number else 0
    behind = fold(lines[index].text[length : length + _LOOKED_AT])
    united = _UNITED.match(behind.lstrip("0123456789"))
    return next_ or not united or lines[index - 1].number_at_start is not None


def _value(line: Line) -> int:
    return line.number_at_start.value if line.number_at_start else 0
