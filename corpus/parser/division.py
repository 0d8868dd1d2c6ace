"""From numbered items to sections, clauses and parts.

Where there are articles (第X条) each is a clause and whatever is below it a part; elsewhere the clauses are the
innermost numbered items, except that an enumeration in one sentence (…；…；…。) is made of parts.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.guides import field_nodes, guide_nodes, holds_lists, is_guide
from corpus.parser.inline_parts import find_inline_parts
from corpus.parser.lines import Line, paragraphs, wraps
from corpus.parser.node import Kind, Node
from corpus.parser.numbered_items import NumberedItem, ends_with_semicolon, number_lines
from corpus.parser.questions import find_questions, question_pairs
from corpus.parser.rows import RowCount, by_table

_SENTENCE_INSIDE = re.compile(r"[。；;！？!?](?=.)")
_ANY_PAUSE = re.compile(r"[，,。；;：:！？!?]")
_NAME = re.compile(r"【[^】]{1,30}】|[（(][^）)]{1,30}[）)]")  # 第三条（适用范围）
_FIRST_SENTENCE = re.compile(r"(?:[^。“《]|“[^”]*”?|《[^》]*》?)+。?")
Units = tuple[NumberingStyle, ...]
_ARTICLES: Units = (NumberingStyle.ARTICLE, NumberingStyle.MEASURE)
_LEAST_UNITS = 8  # numbers that run on through a text
_LEAST_LEAD = 16  # characters of a sentence that leads in to a list, and is no heading
_LONGEST_LEAD = 800  # characters below a heading without a number that are one clause
_LONGEST_LEAD_IN = 120  # characters of a paragraph that only leads in to a list
_BRIEF = 240  # characters of an item of such a list


def division_nodes(text: str, lines: Sequence[Line]) -> list[Node]:
    """The nodes of one body of text: a document's own, or an attachment's."""
    rows = RowCount()
    if asked := find_questions(lines):
        return _answered(text, lines, asked)
    if holds_lists(lines) and (nodes := guide_nodes(lines, lambda own: _lists(text, own))):
        return nodes
    numbered = number_lines(lines)
    if not numbered.items:
        return _plain_nodes(text, numbered.lead, rows)
    lead: list[Node] = []
    for stretch in by_table(numbered.lead):
        tabled = stretch[0].in_table
        lead += rows.nodes(stretch) if tabled else [_plain(Kind.PREAMBLE, group) for group in paragraphs(stretch)]
    writer = _Writer(text, _units(numbered.items), is_guide(lines))
    return lead + [writer.node(item) for item in numbered.items] + _plain_nodes(text, numbered.closing, rows)


def _lists(text: str, lines: Sequence[Line]) -> list[Node]:
    """The numbered parts among the lines of a field."""
    writer = _Writer(text, (), guide=False)
    return [writer.part(item) for item in number_lines(lines).items]


def _plain_nodes(text: str, lines: Sequence[Line], rows: RowCount) -> list[Node]:
    """Clauses of lines without numbers: the rows of tables, the items of a guide, questions, paragraphs."""
    nodes: list[Node] = []
    for stretch in by_table(lines):
        if stretch[0].in_table:
            nodes += rows.nodes(stretch)
        else:
            nodes += guide_nodes(stretch) or [_unnumbered(text, group) for group in question_pairs(paragraphs(stretch))]
    return nodes


def _units(items: Sequence[NumberedItem]) -> Units:
    """The styles of numbering that people cite whatever stands below: articles, else one that runs on from heading to
    heading; none where every heading begins again.
    """
    if any(_holds(item, _ARTICLES) for item in items):
        return _ARTICLES
    groups: dict[NumberingStyle, list[Sequence[int]]] = {}
    level = [list(items)]
    while level:
        for group in level:
            for style, same in groupby(group, key=lambda item: item.marker.style):
                groups.setdefault(style, []).append([item.marker.value for item in same])
        level = [item.children for group in level for item in group if item.children]
    return tuple(style for style, runs in groups.items() if _runs_on(runs))[:1]


def _runs_on(runs: Sequence[Sequence[int]]) -> bool:
    """Whether the numbers of groups go on from one to the next, often enough to be what people cite."""
    joined = all(below[0] == above[-1] + 1 for above, below in pairwise(runs))
    return len(runs) > 1 and joined and runs[0][0] == 1 and runs[-1][-1] >= _LEAST_UNITS


def _holds(item: NumberedItem, styles: Units) -> bool:
    return item.marker.style in styles or any(_holds(child, styles) for child in item.children)


def _leads_in(item: NumberedItem) -> bool:
    """Whether the item is a sentence that its short children complete: …的，按下列规定办理：（1）….（2）…."""
    lead = item.lines[-1].text
    whole = sum(len(line.text) for line in item.lines)
    brief = all(not child.children and sum(len(line.text) for line in child.lines) <= _BRIEF for child in item.children)
    return lead.endswith(("：", ":")) and whole - item.marker.length > _LEAST_LEAD and brief


def _plain(kind: Kind, lines: Sequence[Line]) -> Node:
    return Node(kind, lines[0].start, lines[-1].end)


def _unnumbered(text: str, lines: Sequence[Line]) -> Node:
    return Node(Kind.CLAUSE, lines[0].start, lines[-1].end, None, tuple(find_inline_parts(text, [lines])))


def _answered(text: str, lines: Sequence[Line], asked: Sequence[int]) -> list[Node]:
    """A clause for each question with all that answers it; lists are its parts."""
    rows = RowCount()
    nodes = _plain_nodes(text, lines[: asked[0]], rows)
    for begin, end in zip(asked, [*asked[1:], len(lines)], strict=True):
        own = lines[begin:end]
        parts = _lists(text, own) or find_inline_parts(text, paragraphs(own))
        nodes.append(Node(Kind.CLAUSE, own[0].start, own[-1].end, None, tuple(parts)))
    return nodes


def _segments(
    lines: Sequence[Line], children: Sequence[NumberedItem]
) -> Iterator[tuple[list[Line], list[NumberedItem]]]:
    """Stretches of an item's own lines, each with the items that follow it."""
    stops = [child.start for child in children]
    before = 0
    own: list[Line] = []
    for line in lines:
        count = bisect_left(stops, line.start)
        if count > before:
            yield own, list(children[before:count])
            own, before = [], count
        own.append(line)
    yield own, list(children[before:])


def _heading_line(item: NumberedItem) -> bool:
    """Whether the item's first line only names it, and what it says stands below."""
    first, rest = item.lines[0], item.lines[1:]
    if not rest and not item.children:
        return False
    content = first.text[item.marker.length :].strip()
    article = item.marker.style in _ARTICLES
    if _NAME.fullmatch(content):
        return True
    if article and (first.finished or _NAME.match(content)):
        return False
    if len(content) > 60 or _SENTENCE_INSIDE.search(content) or content.endswith(("：", ":", "；", ";")):
        return False
    if not rest or not wraps(rest[0], first):
        return True
    return len(content) <= (15 if article else 30) and not (_ANY_PAUSE.search(content) or _full(item.lines))


def _full(lines: Sequence[Line]) -> bool:
    """Whether the first line is as long as the one below it, which runs on too: a hard-wrapped paragraph."""
    if len(lines) < 3 or not wraps(lines[2], lines[1]):
        return False
    return len(lines[0].text) >= 18 and abs(len(lines[0].text) - len(lines[1].text)) <= 4


class _Writer:
    def __init__(self, text: str, units: Units, guide: bool) -> None:
        self._text = text
        self._units = units
        self._guide = guide

    def node(self, item: NumberedItem) -> Node:
        return self._clause(item) if self._is_clause(item) else self._section(item)

    def _is_clause(self, item: NumberedItem) -> bool:
        if _holds(item, self._units):
            return item.marker.style in self._units
        if item.marker.style is NumberingStyle.BARE or any(line.in_table for line in item.lines):
            return False
        children = item.children
        if any(child.marker.style is NumberingStyle.FIELD for child in children):
            return True
        one_sentence = len(children) > 1 and all(map(ends_with_semicolon, children[:-1]))
        return not children or one_sentence or _leads_in(item)

    def _section(self, item: NumberedItem) -> Node:
        first = paragraphs(item.lines)[0]
        start, end = item.start, item.lines[0].end
        rows = RowCount()
        if not (item.marker.style is NumberingStyle.BARE or _heading_line(item)):
            sentence = _FIRST_SENTENCE.match(self._text, start + item.marker.length, first[-1].end)
            end = sentence.end() if sentence else first[-1].end
            points = find_inline_parts(self._text, paragraphs(item.lines))
            if points and points[0].start < end:
                end = start + len(self._text[start : points[0].start].rstrip())
        children = [Node(Kind.HEADING, start, end)]
        rest = [line for line in item.lines if line.end > end]
        for own, below in _segments(rest, item.children):
            for stretch in by_table(own):
                if stretch[0].in_table:
                    children += rows.nodes(stretch)
                elif item.marker.style is NumberingStyle.BARE and stretch[-1].end - stretch[0].start > _LONGEST_LEAD:
                    children += [node for group in paragraphs(stretch) for node in self._lead(group, end)]
                else:
                    children += self._lead(stretch, end)
            children += map(self.node, below)
        return Node(Kind.SECTION, start, item.last_line.end, item.marker, tuple(children))

    def _lead(self, lines: Sequence[Line], heading_end: int) -> list[Node]:
        """What stands under a heading itself: a clause, or one sentence that leads in to the items."""
        if not lines:
            return []
        start, end = max(lines[0].start, heading_end), lines[-1].end
        start = end - len(self._text[start:end].lstrip())
        *above, last = paragraphs(lines)
        if self._text[end - 1] in "：:" and end - max(start, last[0].start) <= _LONGEST_LEAD_IN:
            lead_in = Node(Kind.PREAMBLE, max(start, last[0].start), end)
            return [*self._lead([line for group in above for line in group], heading_end), lead_in]
        return [Node(Kind.CLAUSE, start, end, None, tuple(find_inline_parts(self._text, paragraphs(lines), start)))]

    def _clause(self, item: NumberedItem) -> Node:
        children: list[Node] = []
        own = item.lines
        if _heading_line(item):
            children.append(_plain(Kind.HEADING, own[:1]))
            own = own[1:]
        if self._guide and (fields := field_nodes(own)):
            children += fields
        elif item.marker.style in _ARTICLES:
            children += self._article_parts(own, item)
        else:
            children += self._parts(own, item.children, RowCount(Kind.PART))
        return Node(Kind.CLAUSE, item.start, item.last_line.end, item.marker, tuple(children))

    def _parts(self, own: Sequence[Line], below: Sequence[NumberedItem], rows: RowCount) -> list[Node]:
        parts: list[Node] = []
        for lines, items in _segments(own, below):
            for stretch in by_table(lines):
                tabled = stretch[0].in_table
                parts += rows.nodes(stretch) if tabled else find_inline_parts(self._text, paragraphs(stretch))
            parts += map(self.part, items)
        return parts

    def part(self, item: NumberedItem) -> Node:
        children = self._parts(item.lines, item.children, RowCount(Kind.PART))
        return Node(Kind.PART, item.start, item.last_line.end, item.marker, tuple(children))

    def _article_parts(self, own: Sequence[Line], item: NumberedItem) -> list[Node]:
        """The 款 of an article where it has several, each with its 项; else the 项 themselves."""
        rows = RowCount(Kind.PART)
        written = [line for line in own if not line.in_table]
        points = {point.start for point in find_inline_parts(self._text, paragraphs(written))}
        groups: list[list[Line]] = []
        for paragraph in paragraphs(written):
            if groups and paragraph[0].start in points:
                groups[-1] += paragraph
            else:
                groups.append(list(paragraph))
        if len(groups) < 2:
            return self._parts(own, item.children, rows)
        starts = [group[0].start for group in groups] + [item.last_line.end + 1]
        rowed = [line for line in own if line.in_table]
        items, lines = [child.start for child in item.children], [line.start for line in rowed]
        parts: list[Node] = []
        for value, (group, stop) in enumerate(zip(groups, starts[1:], strict=True), 1):
            begin = group[0].start
            below = item.children[bisect_right(items, begin) : bisect_left(items, stop)]
            tabled = rowed[bisect_right(lines, begin) : bisect_left(lines, stop)]
            end = max([group[-1].end, *(line.end for line in tabled), *(child.last_line.end for child in below)])
            marker = HeadingNumber(NumberingStyle.PARAGRAPH, value)
            inside = self._parts(sorted([*group, *tabled], key=lambda line: line.start), below, RowCount(Kind.PART))
            parts.append(Node(Kind.PART, group[0].start, end, marker, tuple(inside)))
        return parts
