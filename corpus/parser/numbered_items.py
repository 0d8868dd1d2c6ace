"""From lines to a tree of numbered items, by the rank of their numbering.

A document may skip levels. Where it nests against the usual order (1. above （一）), the numbers show it: the outer
numbering goes on after the inner one, while an inner one begins again.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.guides import listed_styles, listing_fields
from corpus.parser.heading import is_reference
from corpus.parser.joined_lines import cut_lines
from corpus.parser.lines import Line, continues
from corpus.parser.unnumbered_headings import find_headings

_CLOSING = re.compile(
    r"本[^，,。]{1,12}(?:(?:自|从)[^，,。]{1,24}(?:施行|试行|执行|实施|生效)|由[^，,。]{2,40}解释|有效期)|"
    r"(?:以上|上述)(?:政策|措施|条款|事项|规定)|注\s*[：:]"
)
_DEEPEST = 24  # items one inside the other; more than there are styles


@dataclass(slots=True)
class NumberedItem:
    """A numbered line with the unnumbered lines that belong to it and the items below it."""

    marker: HeadingNumber
    lines: list[Line]
    children: list["NumberedItem"] = field(default_factory=list)
    rank: float | None = None  # among the styles, where its own does not say what it contains

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def last_line(self) -> Line:
        last = self.children[-1].last_line if self.children else self.lines[-1]
        return max(last, self.lines[-1], key=lambda line: line.start)


@dataclass(slots=True)
class NumberedLines:
    """A stretch of lines: those before the first number, the items, and closing lines that belong to none."""

    lead: list[Line] = field(default_factory=list)
    items: list[NumberedItem] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)


def number_lines(lines: Sequence[Line]) -> NumberedLines:
    """The numbered items of `lines`, nested."""
    lines = cut_lines(lines)
    builder = _Builder(lines)
    for index, line in enumerate(lines):
        builder.take(index, line)
    result = builder.result
    if result.items and NumberingStyle.ARTICLE not in builder.latest:
        result.closing = _take_closing(result.items[-1])
    return result


class _Builder:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.result = NumberedLines()
        self.latest: dict[NumberingStyle, int] = {}
        self._lines = lines
        self._markers = [line.number_at_start for line in lines]
        self._places: dict[NumberingStyle, list[int]] = {}  # the lines that begin with a number of each style
        for index, marker in enumerate(self._markers):
            if marker:
                self._places.setdefault(marker.style, []).append(index)
        self._headings = find_headings(lines)
        self._decimals = _rank_of_decimals(self._markers)
        self._listed = listed_styles(lines)  # below the labels of a guide
        self._fields = listing_fields(lines)
        self._stack: list[NumberedItem] = []
        self._inverted: set[tuple[NumberingStyle, NumberingStyle]] = set()

    def take(self, index: int, line: Line) -> None:
        marker, rank = self._markers[index], self._headings.ranks.get(index)
        if marker and marker.style is NumberingStyle.DECIMAL:
            rank = self._decimals + marker.word.count(".") / 100
        if bare := self._headings.bare.get(index):
            self._open(NumberedItem(bare, [line], rank=rank), index)
        elif marker and not self._refers(marker, index):
            self._open(NumberedItem(marker, [line], rank=rank), index)
        elif self._stack and (label := self._fields.get(index)):
            self._open_field(label, line, index)
        elif self._stack:
            self._owner(line, index).lines.append(line)
        else:
            self.result.lead.append(line)

    def _open_field(self, label: str, line: Line, index: int) -> None:
        """Begins a field of a guide's item, behind its other fields and the lists below them."""
        while self._stack and self._is_below_label(self._stack[-1]):
            self._stack.pop()
        siblings = self._stack[-1].children if self._stack else self.result.items
        fields = (item.marker.value for item in reversed(siblings) if item.marker.style is NumberingStyle.FIELD)
        self._open(NumberedItem(HeadingNumber(NumberingStyle.FIELD, next(fields, 0) + 1, 0, label), [line]), index)

    def _is_below_label(self, item: NumberedItem) -> bool:
        return item.marker.style in self._listed or item.marker.style is NumberingStyle.FIELD

    def _refers(self, marker: HeadingNumber, index: int) -> bool:
        if marker.style is NumberingStyle.DECIMAL:
            return False
        line = self._lines[index]
        above = self._lines[index - 1] if index else None
        before = above.text if above and continues(line, above) else None
        following = marker.value == self.latest.get(marker.style, 0) + (0 if marker.sub else 1)
        sibling = any(
            item.marker.style is marker.style and item.marker.value + 1 == marker.value for item in self._stack
        )
        if marker.style is NumberingStyle.ARTICLE and self._quoted(marker):
            return True
        first = marker.value == 1 and (
            marker.style is not NumberingStyle.ARTICLE or NumberingStyle.ARTICLE not in self.latest
        )
        return is_reference(marker, line.text, before, expected=following or sibling or first)

    def _quoted(self, marker: HeadingNumber) -> bool:
        """Whether an article is another law's, quoted below 一、: the text has none so far, and this is not 第一条."""
        below = bool(self._stack) and self._stack[0].marker.style > NumberingStyle.ARTICLE
        return below and NumberingStyle.ARTICLE not in self.latest and marker.value != 1

    def _open(self, item: NumberedItem, index: int) -> None:
        style = item.marker.style
        while self._stack and (len(self._stack) >= _DEEPEST or not self._contains(self._stack[-1], item, index)):
            self._stack.pop()
        (self._stack[-1].children if self._stack else self.result.items).append(item)
        self._stack.append(item)
        self.latest[style] = item.marker.value

    def _contains(self, outer: NumberedItem, inner: NumberedItem, index: int) -> bool:
        pair = (outer.marker.style, inner.marker.style)
        if NumberingStyle.FIELD in pair:
            return pair[1] in self._listed if pair[0] is NumberingStyle.FIELD else pair[0] not in self._listed
        ranks = [item.marker.style if item.rank is None else item.rank for item in (outer, inner)]
        if outer.rank is not None or inner.rank is not None:
            return ranks[0] < ranks[1]
        if pair in self._inverted or pair[::-1] in self._inverted or pair[0] == pair[1]:
            return pair in self._inverted
        if pair[0] < pair[1]:
            return True
        if pair[1] > NumberingStyle.MEASURE and inner.marker.value == 1 and self._goes_on(outer.marker, index):
            self._inverted.add(pair)
            return True
        return False

    def _goes_on(self, marker: HeadingNumber, index: int) -> bool:
        """Whether the next number of this style after line `index` is the next one."""
        places = self._places.get(marker.style, [])
        later = bisect(places, index)
        following = self._markers[places[later]] if later < len(places) else None
        return following is not None and following.value == marker.value + 1

    def _owner(self, line: Line, index: int) -> NumberedItem:
        """The item an unnumbered line belongs to: the innermost one, unless an enumeration has just ended there."""
        above = self._stack[-1].lines[-1]
        if not line.in_table and not continues(line, above):
            while len(self._stack) > 1 and self._ended(index):
                self._stack.pop()
        return self._stack[-1]

    def _ended(self, index: int) -> bool:
        item, parent = self._stack[-1], self._stack[-2]
        if item.marker.style <= NumberingStyle.ARTICLE or item.rank is not None or self._goes_on(item.marker, index):
            return False
        if any(open_item.marker.style is NumberingStyle.ARTICLE for open_item in self._stack[:-1]):
            return True
        siblings = parent.children
        return len(siblings) > 1 and ends_with_semicolon(siblings[-2]) and item.last_line.text.endswith(("。", "."))


def _rank_of_decimals(markers: Sequence[HeadingNumber | None]) -> float:
    """The rank of 1, below that of 1.1: they stand directly below what is numbered otherwise above the first."""
    numbers = [marker for marker in markers if marker]
    first = next((i for i, number in enumerate(numbers) if number.style is NumberingStyle.DECIMAL), 0)
    return (numbers[first - 1].style if first else NumberingStyle.ARTICLE) + 0.5


def ends_with_semicolon(item: NumberedItem) -> bool:
    """Whether the item ends as one that others follow in the same sentence: with a semicolon."""
    return bool(re.search(r"[；;](?:以及|和|或者?)?$", item.last_line.text))


def _take_closing(item: NumberedItem) -> list[Line]:
    """Removes from the last item, and gives, the lines that end the whole document (「本措施自…起施行」)."""
    chain = [item]
    while chain[-1].children:
        chain.append(chain[-1].children[-1])
    for one in reversed(chain):
        for above, line in pairwise(one.lines):
            if line.start > chain[-1].start and not continues(line, above) and _CLOSING.match(line.text):
                return _cut(chain, line.start)
    return []


def _cut(chain: Sequence[NumberedItem], start: int) -> list[Line]:
    """Removes from the items, and gives, their lines from offset `start` on."""
    cut = sorted((line for item in chain for line in item.lines if line.start >= start), key=lambda line: line.start)
    for item in chain:
        item.lines = [line for line in item.lines if line.start < start]
    return cut
