"""The parser: a text in, the tree of its outline out, with warnings about its numbering.

General for Chinese official documents: 编章节条款项, 一、（一）1.（1）①, 一是, 附件, signature, source, and the lines a
website puts around them.
"""

from collections.abc import Sequence

from corpus.attachments import Stretch, read_attachments
from corpus.division import division_nodes
from corpus.frontmatter import read_attachment_front, read_back, read_front, read_tail
from corpus.heading import Marker, Style
from corpus.lines import Line, split_lines
from corpus.node import Kind, Node, Outline
from corpus.sequence import check_numbering


def parse_outline(text: str, *, title: str | None = None, file: str = "") -> Outline:
    """The outline of a normalised text.

    `title` is the title known from metadata; `file` is named in the warnings.
    """
    lines = split_lines(text)
    front, taken = read_front(lines, title)
    tail, remaining = read_tail(lines[taken:])
    layout = read_attachments(lines[taken : taken + remaining])
    children = [*front, *_body(text, layout.body)]
    if layout.listed:
        children.append(Node(Kind.ATTACHMENT_LIST, layout.listed[0].start, layout.listed[-1].end))
    children += [_attachment(text, stretch) for stretch in layout.attachments]
    children.sort(key=lambda node: node.start)
    root = Node(Kind.DOCUMENT, 0, len(text), None, (*children, *tail))
    return Outline(root, check_numbering(root, text, file))


def _body(text: str, lines: Sequence[Line]) -> list[Node]:
    back, count = read_back(lines)
    return [*division_nodes(text, lines[:count]), *back]


def _attachment(text: str, stretch: Stretch) -> Node:
    lines = stretch.lines
    front: list[Node] = []
    if stretch.marked:
        front.append(Node(Kind.HEADING, lines[0].start, lines[0].end))
        lines = lines[1:]
    titles, count = read_attachment_front(lines)
    children = (*front, *titles, *_body(text, lines[count:]))
    marker = Marker(Style.ATTACHMENT, stretch.number)
    return Node(Kind.ATTACHMENT, stretch.lines[0].start, stretch.lines[-1].end, marker, children)
