"""Guides whose paragraphs are labelled instead of numbered: 政策内容：… 申请渠道：…, item after item."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.lines import Line, paragraphs
from corpus.parser.node import Kind, Node

_FIELD = re.compile(r"【([^】\s]{2,10})】|([^\W\d_]{2,10})[：:]|[◆●■▲]\s*([^\W\d_]{2,10})[：:]")
_LEADS_IN = re.compile(r"下列|以下|如下|包括|应当|根据|按照|^(?:注|答|问|附件?|抄送|主送|来源)$")
_LONGEST_NAME = 30  # characters of the line that names an item
_LEAST = 3  # labelled paragraphs of a guide


def is_guide(lines: Sequence[Line]) -> bool:
    """Whether labels come again in the text, so that they are the fields of its items."""
    counts = Counter(label for line in lines if (label := field_label(line)))
    return sum(count for count in counts.values() if count > 1) >= _LEAST


def names_first_item(lines: Sequence[Line]) -> bool:
    """Whether the first line names an item of a guide, as other lines above a field do."""
    named = [
        index
        for index, (line, below) in enumerate(pairwise(lines))
        if field_label(line) is None and _is_name([line]) and field_label(below)
    ]
    return len(named) > 1 and named[0] == 0 and is_guide(lines)


def field_label(line: Line) -> str | None:
    """The label that the line begins with: 申请渠道."""
    if line.in_table:
        return None
    found = _FIELD.match(line.text)
    label = (found[1] or found[2] or found[3]) if found else None
    return label if label and not _LEADS_IN.search(label) else None


def guide_nodes(lines: Sequence[Line]) -> list[Node]:
    """The clauses of a guide: an item with its fields as parts where labels come again, else each field; none where
    the lines are no guide.
    """
    groups = paragraphs(lines)
    labels = [field_label(group[0]) for group in groups]
    if sum(map(bool, labels)) < _LEAST:
        return []
    if not is_guide(lines):
        return _fields_as_clauses(groups, labels)
    first = next(label for label in labels if label)
    starts = [i for i in range(len(groups)) if _begins_item(groups, labels, first, i)]
    if not starts:
        return []
    nodes = [_clause(group) for group in groups[: starts[0]]]
    for start, stop in zip(starts, [*starts[1:], len(groups)], strict=True):
        own = [line for group in groups[start:stop] for line in group]
        named = labels[start] is None
        heading = [Node(Kind.HEADING, own[0].start, groups[start][-1].end)] if named else []
        nodes.append(Node(Kind.CLAUSE, own[0].start, own[-1].end, None, (*heading, *field_nodes(own))))
    return nodes


def field_nodes(lines: Sequence[Line]) -> list[Node]:
    """The fields among the lines of one item as parts, each with the paragraphs that follow it."""
    starts = [index for index, line in enumerate(lines) if field_label(line)]
    return [
        _field(lines[start:stop], place)
        for place, (start, stop) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=False), 1)
    ]


def _field(lines: Sequence[Line], place: int) -> Node:
    number = HeadingNumber(NumberingStyle.FIELD, place, 0, field_label(lines[0]) or "")
    return Node(Kind.PART, lines[0].start, lines[-1].end, number)


def _begins_item(groups: Sequence[Sequence[Line]], labels: Sequence[str | None], first: str, index: int) -> bool:
    """Whether an item begins here: with a short name above a field, or with the first field where none is named."""
    if labels[index] is not None:
        named = index > 0 and _is_name(groups[index - 1]) and labels[index - 1] is None
        return labels[index] == first and not named
    return _is_name(groups[index]) and index + 1 < len(labels) and labels[index + 1] is not None


def _is_name(group: Sequence[Line]) -> bool:
    text = "".join(line.text for line in group)
    return len(text) <= _LONGEST_NAME and not re.search(r"[。；;，,：:]", text)


def _fields_as_clauses(groups: Sequence[Sequence[Line]], labels: Sequence[str | None]) -> list[Node]:
    nodes: list[Node] = []
    begin = next(index for index, label in enumerate(labels) if label)
    nodes += [_clause(group) for group in groups[:begin]]
    starts = [index for index, label in enumerate(labels) if label]
    for start, stop in zip(starts, [*starts[1:], len(groups)], strict=True):
        nodes.append(Node(Kind.CLAUSE, groups[start][0].start, groups[stop - 1][-1].end))
    return nodes


def _clause(group: Sequence[Line]) -> Node:
    return Node(Kind.CLAUSE, group[0].start, group[-1].end)
