"""Ids and the numbers people cite, from the number path of a clause.

A level whose numbering runs through the whole text is named by its own number alone (26, 第二十六条); one that begins
again under each heading takes the heading's number before it (1.3, 一、（三）); a printed 2.1.1 is its own name. What
stands directly under a heading that has clauses below it takes `.0`. An attachment's clauses begin with `a1.` or
`a1-2.`, those of a text issued without an 附件 mark with `e1.`. A number that repeats keeps its id and gets `~2`, `~3`,
… in order of the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.node import Kind, Node
from corpus.parser.sequence import is_counted, running_styles
from corpus.text.numeral import to_chinese

COVER = "0."  # what the keys of a notice begin with, where the text that it transmits is what people cite


@dataclass(frozen=True, slots=True)
class Address:
    """Where a clause stands: its id without the document's, and its number as people cite it."""

    key: str
    number: str
    numbers: tuple[HeadingNumber, ...] = ()  # the number path as cited


@dataclass(slots=True)
class UniqueIds:
    """Gives unique keys: the first of a name keeps it, the k-th gets `~k`."""

    _seen: dict[str, int] = field(default_factory=dict)

    def unique(self, key: str) -> str:
        count = self._seen[key] = self._seen.get(key, 0) + 1
        return self.unique(f"{key}~{count}") if count > 1 else key


class BodyNumbering:
    """The numbering of one body of text: a document's own, or an attachment's."""

    def __init__(self, node: Node, key_prefix: str, name: str) -> None:
        self.name = name  # stands before the number: 典型案例, 附件1
        self.marker = node.marker  # of an attachment or enclosed text
        self._running = running_styles(node)
        self._above = _styles_above(node, self._running)
        self._key_prefix = key_prefix
        self._paragraphs = self._closed = 0
        self._closing = _closing_paragraphs(node)
        self._numbered = any(map(is_counted, node.children))

    def address(self, clause: Node, sections: Sequence[HeadingNumber], *, closing: bool = False) -> Address:
        """The address of a clause below `sections`, outermost first; `closing` for one after the numbered text."""
        if clause.marker is None and not sections:
            self._paragraphs += 1
            number = self._last() if closing else f"第{to_chinese(self._paragraphs)}段"
            counted = self._key_prefix == COVER and not self._numbered  # a covering notice without numbers: 0.1, 0.2
            return self._prefixed(f"{'' if counted else 'p'}{self._paragraphs}", number)
        path = [*sections, clause.marker] if clause.marker else list(sections)
        directly = clause.marker is None or clause.marker.style in self._above
        named = self._named(path)
        key = ".".join(marker.key for marker in named) + (".0" if directly else "")
        return self._prefixed(key, _cited(named, self._running), named)

    def _last(self) -> str:
        """末段, or 末段 1, 末段 2, … where several close the text."""
        self._closed += 1
        return f"末段 {self._closed}" if self._closing > 1 else "末段"

    def _named(self, path: Sequence[HeadingNumber]) -> Sequence[HeadingNumber]:
        """The end of the path from its innermost level on that runs, or that names those above it as 2.1.1 does."""
        begin = max((i for i, marker in enumerate(path) if self._stands_alone(marker)), default=0)
        return path[begin:]

    def _stands_alone(self, marker: HeadingNumber) -> bool:
        return marker.style in self._running or marker.style is NumberingStyle.DECIMAL

    def _prefixed(self, key: str, number: str, numbers: Sequence[HeadingNumber] = ()) -> Address:
        return Address(self._key_prefix + key, f"{self.name} {number}".strip(), tuple(numbers))


def _closing_paragraphs(division: Node) -> int:
    numbered = [index for index, child in enumerate(division.children) if is_counted(child)]
    below = division.children[numbered[0] :] if numbered else ()
    return sum(child.kind is Kind.CLAUSE and child.marker is None for child in below)


def _styles_above(division: Node, running: frozenset[NumberingStyle]) -> frozenset[NumberingStyle]:
    """The styles of headings that have a running level below them, whose own numbers would be taken for it."""
    found: set[NumberingStyle] = set()

    def visit(node: Node, above: frozenset[NumberingStyle]) -> None:
        for child in node.children:
            if child.marker and is_counted(child):
                if child.marker.style in running:
                    found.update(above)
                visit(child, above | {child.marker.style})
            elif child.kind is Kind.SECTION:
                visit(child, above)

    visit(division, frozenset())
    return frozenset(found)


def _cited(path: Sequence[HeadingNumber], running: frozenset[NumberingStyle]) -> str:
    """A number path as people cite it: 第二章 第三条, 一、（三）, and 第二十六条 for a running 26."""
    written = ""
    for index, marker in enumerate(path):
        article = index == 0 and marker.style is NumberingStyle.DIGIT and marker.style in running
        label = f"第{to_chinese(marker.value)}条" if article else marker.label
        apart = label.startswith("第") or written.endswith(("部分", "编", "章", "节"))
        spaced = written and (apart or (written[-1].isdigit() and label[0].isdigit()))
        written += f" {label}" if spaced else label
    return written
