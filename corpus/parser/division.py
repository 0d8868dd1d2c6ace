"""From numbered items to sections, clauses and parts.

Where there are articles (第X条) each is a clause and whatever is below it a part; elsewhere the clauses are the
innermost numbered items, except that an enumeration in one sentence (…；…；…。) is made of parts.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.inline_parts import find_inline_parts
from corpus.parser.lines import Line, paragraphs, wraps
from corpus.parser.node import Kind, Node
from corpus.parser.numbered_items import NumberedItem, ends_with_semicolon, number_lines

_SENTENCE_INSIDE = re.compile(r"[。；;！？!?](?=.)")
_ANY_PAUSE = re.compile(r"[，,。；;：:！？!?]")
_NAME = re.compile(r"【[^】]{1,30}】|[（(][^）)]{1,30}[）)]")  # 第三条（适用范围）
_FIRST_SENTENCE = re.compile(r"(?:[^。“《]|“[^”]*”?|《[^》]*》?)+。?")
QUESTION = re.compile(r"(?:问|Q\d{0,3})\s*[：:]")
_ARTICLES = (NumberingStyle.ARTICLE, NumberingStyle.MEASURE)


def division_nodes(text: str, lines: Sequence[Line]) -> list[Node]:
    """The nodes of one body of text: a document's own, or an attachment's."""
    numbered = number_lines(lines)
    if not numbered.items:
        return [_unnumbered(text, group) for group in _pairs(paragraphs(numbered.lead))]
    lead = [_plain(Kind.PREAMBLE, group) for group in paragraphs(numbered.lead)]
    writer = _Writer(text, any(_has_article(item) for item in numbered.items))
    closing = [_unnumbered(text, group) for group in paragraphs(numbered.closing)]
    return lead + [writer.node(item) for item in numbered.items] + closing


def _has_article(item: NumberedItem) -> bool:
    return item.marker.style in _ARTICLES or any(map(_has_article, item.children))


def _plain(kind: Kind, lines: Sequence[Line]) -> Node:
    return Node(kind, lines[0].start, lines[-1].end)


def _unnumbered(text: str, lines: Sequence[Line]) -> Node:
    return Node(Kind.CLAUSE, lines[0].start, lines[-1].end, None, tuple(find_inline_parts(text, [lines])))


def _pairs(groups: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """The paragraphs, each question (问：…) with all that answers it."""
    pairs: list[Sequence[Line]] = []
    for group in groups:
        if pairs and QUESTION.match(pairs[-1][0].text) and not QUESTION.match(group[0].text):
            pairs[-1] = [*pairs[-1], *group]
        else:
            pairs.append(group)
    return pairs


def _segments(
    lines: Sequence[Line], children: Sequence[NumberedItem]
) -> Iterator[tuple[list[Line], list[NumberedItem]]]:
    """Stretches of an item's own lines, each with the items that follow it."""
    stops = [child.start for child in children]
    before = 0
    own: list[Line] = []
    for line in lines:
        count = sum(stop < line.start for stop in stops)
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
    def __init__(self, text: str, articles: bool) -> None:
        self._text = text
        self._articles = articles

    def node(self, item: NumberedItem) -> Node:
        return self._clause(item) if self._is_clause(item) else self._section(item)

    def _is_clause(self, item: NumberedItem) -> bool:
        if self._articles and (item.marker.style in _ARTICLES or _has_article(item)):
            return item.marker.style in _ARTICLES
        children = item.children
        return not children or (len(children) > 1 and all(map(ends_with_semicolon, children[:-1])))

    def _section(self, item: NumberedItem) -> Node:
        first = paragraphs(item.lines)[0]
        start, end = item.start, item.lines[0].end
        if not _heading_line(item):
            sentence = _FIRST_SENTENCE.match(self._text, start + item.marker.length, first[-1].end)
            end = sentence.end() if sentence else first[-1].end
            points = find_inline_parts(self._text, paragraphs(item.lines))
            if points and points[0].start < end:
                end = start + len(self._text[start : points[0].start].rstrip())
        children = [Node(Kind.HEADING, start, end)]
        rest = [line for line in item.lines if line.end > end]
        for own, below in _segments(rest, item.children):
            children += [*self._lead(own, end), *map(self.node, below)]
        return Node(Kind.SECTION, start, item.last_line.end, item.marker, tuple(children))

    def _lead(self, lines: Sequence[Line], heading_end: int) -> list[Node]:
        """What stands under a heading itself: a clause, or one sentence that leads in to the items."""
        if not lines:
            return []
        start, end = max(lines[0].start, heading_end), lines[-1].end
        start = end - len(self._text[start:end].lstrip())
        if self._text[end - 1] in "：:":
            return [Node(Kind.PREAMBLE, start, end)]
        return [Node(Kind.CLAUSE, start, end, None, tuple(find_inline_parts(self._text, paragraphs(lines), start)))]

    def _clause(self, item: NumberedItem) -> Node:
        children: list[Node] = []
        own = item.lines
        if _heading_line(item):
            children.append(_plain(Kind.HEADING, own[:1]))
            own = own[1:]
        children += (
            self._article_parts(own, item) if item.marker.style in _ARTICLES else self._parts(own, item.children)
        )
        return Node(Kind.CLAUSE, item.start, item.last_line.end, item.marker, tuple(children))

    def _parts(self, own: Sequence[Line], below: Sequence[NumberedItem]) -> list[Node]:
        parts: list[Node] = []
        for lines, items in _segments(own, below):
            parts += find_inline_parts(self._text, paragraphs(lines))
            parts += map(self._part, items)
        return parts

    def _part(self, item: NumberedItem) -> Node:
        children = self._parts(item.lines, item.children)
        return Node(Kind.PART, item.start, item.last_line.end, item.marker, tuple(children))

    def _article_parts(self, own: Sequence[Line], item: NumberedItem) -> list[Node]:
        """The 款 of an article where it has several, each with its 项; else the 项 themselves."""
        points = {point.start for point in find_inline_parts(self._text, paragraphs(own))}
        groups: list[list[Line]] = []
        for paragraph in paragraphs(own):
            if groups and paragraph[0].start in points:
                groups[-1] += paragraph
            else:
                groups.append(list(paragraph))
        if len(groups) < 2:
            return self._parts(own, item.children)
        starts = [group[0].start for group in groups] + [item.last_line.end + 1]
        parts: list[Node] = []
        for value, (group, stop) in enumerate(zip(groups, starts[1:], strict=True), 1):
            below = [child for child in item.children if group[0].start < child.start < stop]
            end = max([group[-1].end, *(child.last_line.end for child in below)])
            marker = HeadingNumber(NumberingStyle.PARAGRAPH, value)
            parts.append(Node(Kind.PART, group[0].start, end, marker, tuple(self._parts(group, below))))
        return parts
