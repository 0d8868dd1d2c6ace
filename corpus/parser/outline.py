"""The parser: a text in, the tree of its outline out, with warnings about its numbering.

General for Chinese official documents: 编章节条款项, 一、（一）1.（1）①, 一是, 附件, signature, source, and the lines a
website puts around them.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.attachments import AttachmentLines, read_attachments
from corpus.parser.backmatter import read_back, read_tail
from corpus.parser.decimals import mark_decimals
from corpus.parser.division import division_nodes
from corpus.parser.enclosures import split_enclosures
from corpus.parser.frontmatter import read_attachment_front, read_front
from corpus.parser.guides import field_label, holds_lists, names_first_item
from corpus.parser.lines import Line, split_lines
from corpus.parser.node import Kind, Node, Outline
from corpus.parser.questions import QUESTION
from corpus.parser.sequence import check_numbering
from corpus.parser.tables import mark_tables
from corpus.parser.unnumbered_headings import DEEPEST, find_headings
from corpus.readers.source import SourceLine

_PAGE = re.compile(r"[\s.…·]*+\d{1,3}$")  # behind a line of a table of contents


def parse_outline(text: str, *, title: str | None = None, file: str = "", hints: Sequence[SourceLine] = ()) -> Outline:
    """The outline of a normalised text.

    `title` is the title known from metadata; `file` is named in the warnings; `hints` say what its format tells of
    each line.
    """
    shown = split_lines(text, hints)
    furniture = [Node(Kind.NAVIGATION, line.start, line.end) for line in shown if line.is_furniture]
    lines = mark_decimals(mark_tables([line for line in shown if not line.is_furniture]))
    front, taken = read_front(lines, title)
    front, taken = _without_headings(front, taken, lines)
    tail, remaining = read_tail(lines[taken:])
    layout = read_attachments(lines[taken : taken + remaining])
    printed = "".join(text[node.start : node.end] for node in front if node.kind is Kind.TITLE)
    own, *enclosed = split_enclosures(layout.body, title or printed)
    stretches = [
        AttachmentLines(HeadingNumber(NumberingStyle.ENCLOSURE, number), part, marked=False)
        for number, part in enumerate(enclosed, 1)
    ]
    listed = layout.listed
    nodes = _body(text, own, listed)
    nodes += [_attachment(text, stretch, listed) for stretch in (*stretches, *layout.attachments)]
    if listed:
        nodes = _with(nodes, [Node(Kind.ATTACHMENT_LIST, listed[0].start, listed[-1].end)])
    children = _with([*front, *nodes, *tail], furniture)
    root = Node(Kind.DOCUMENT, 0, len(text), None, tuple(children))
    return Outline(root, check_numbering(root, text, file))


def _without_headings(front: list[Node], taken: int, lines: Sequence[Line]) -> tuple[list[Node], int]:
    """What stands above the text, without the last lines that are headings of it, and how many lines it takes."""
    front, taken = _without_fields(*_behind_contents(*_above_text(front, taken, lines), lines), lines)
    for back in range(1, min(DEEPEST, len(front)) + 1):
        if front[-back].start == lines[taken - back].start and names_first_item(lines[taken - back :]):
            return front[:-back], taken - back
    spare = sum(1 for node in front[-DEEPEST:] if node.kind in (Kind.TITLE, Kind.NAVIGATION))
    spare = min(spare, len(front) - 1)
    begin = taken - spare
    if spare <= 0 or any(node.start != line.start for node, line in zip(front[-spare:], lines[begin:], strict=False)):
        return front, taken
    bare = find_headings(lines[begin:]).bare
    count = next((k for k in range(spare) if all(index in bare for index in range(k, spare))), spare)
    return front[: len(front) - (spare - count)], begin + count


def _above_text(front: list[Node], taken: int, lines: Sequence[Line]) -> tuple[list[Node], int]:
    """What stands above the text and how many lines it takes, up to a question, or to a heading such as 1 范围."""
    begins = (isinstance(line.decimal, HeadingNumber) or QUESTION.match(line.text) for line in lines[:taken])
    first = next((index for index, found in enumerate(begins) if found), taken)
    if first == taken or front[-1].start != lines[taken - 1].start:
        return front, taken
    return [node for node in front if node.start < lines[first].start], first


def _behind_contents(front: list[Node], taken: int, lines: Sequence[Line]) -> tuple[list[Node], int]:
    """The same where a table of contents of such headings stands there, up to where its first line comes again."""
    head = next((i for i in range(taken, max(taken - 2, -1), -1) if _heads_contents(lines, i)), None)
    if head is None:
        return front, taken
    first = _PAGE.sub("", lines[head + 1].text)
    again = next((i for i in range(head + 2, len(lines)) if lines[i].decimal and lines[i].text == first), None)
    if again is None:
        return front, taken
    above = [node for node in front if node.start < lines[head].start]
    return [*above, Node(Kind.CONTENTS, lines[head].start, lines[again - 1].end)], again


def _heads_contents(lines: Sequence[Line], index: int) -> bool:
    named = index + 1 < len(lines) and lines[index].squeezed in ("目录", "目次")
    return named and isinstance(lines[index + 1].decimal, HeadingNumber)


def _without_fields(front: list[Node], taken: int, lines: Sequence[Line]) -> tuple[list[Node], int]:
    """What stands above the text without the first fields of a guide: 事项名称：… below its title."""
    titles = takewhile(lambda node: node.kind is Kind.TITLE, reversed(front[1:]))
    fields = takewhile(lambda pair: field_label(pair[1]), zip(titles, reversed(lines[:taken]), strict=False))
    count = sum(1 for _ in fields)
    begin = taken - count
    guide = taken < len(lines) and (field_label(lines[taken]) is not None or holds_lists(lines[begin:]))
    return (front[: len(front) - count], begin) if count and guide else (front, taken)


def _body(text: str, lines: Sequence[Line], listed: Sequence[Line]) -> list[Node]:
    """The nodes of one body; what stands below the list of attachments no longer belongs to the last clause."""
    back, count = read_back(lines)
    begin = listed[0].start if listed else len(text)
    above = [line for line in lines[:count] if line.start < begin]
    return [*division_nodes(text, above), *division_nodes(text, lines[len(above) : count]), *back]


def _attachment(text: str, stretch: AttachmentLines, listed: Sequence[Line]) -> Node:
    lines = stretch.lines
    front: list[Node] = []
    if stretch.marked:
        front.append(Node(Kind.HEADING, lines[0].start, lines[0].end))
        lines = lines[1:]
    titles, count = _above_text(*read_attachment_front(lines), lines)
    children = (*front, *titles, *_body(text, lines[count:], listed))
    return Node(Kind.ATTACHMENT, stretch.lines[0].start, stretch.lines[-1].end, stretch.marker, children)


def _with(nodes: Sequence[Node], added: Sequence[Node]) -> list[Node]:
    """The nodes and more of them, each inside the node that holds its place, else among them; all in order."""
    starts = [node.start for node in added]
    merged: list[Node] = []
    done = 0
    for node in nodes:
        first, last = bisect(starts, node.start), bisect(starts, node.end - 1)
        inside = replace(node, children=tuple(_with(node.children, added[first:last]))) if first < last else node
        merged += [*added[done:first], inside]
        done = last
    return [*merged, *added[done:]]
