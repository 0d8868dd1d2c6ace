"""Guides whose paragraphs are labelled instead of numbered: 政策内容：… 申请渠道：…, item after item.

A list may stand below a label (申请材料： 1.… 2.…): it is part of the field, and begins again below the next.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from corpus.numbering import HeadingNumber, NumberingStyle, match_number
from corpus.parser.lines import Line, paragraphs
from corpus.parser.node import Kind, Node

_FIELD = re.compile(r"【([^】\s]{2,10})】|([^\W\d_]{2,10})[：:]|[◆●■▲]\s*([^\W\d_]{2,10})[：:]")
_LEADS_IN = re.compile(r"下列|以下|如下|包括|应当|根据|按照|^(?:注|[回解]?答|提?问|问题.{0,3}|附件?|抄送|主送|来源)$")
_LONGEST_NAME = 30  # characters of the line that names an item
_FULL = 0.7  # of the width of a text: how long a line is at least that may run on in the next
_LEAST_FULL = 20  # characters
_LEAST = 3  # labelled paragraphs of a guide
Lists = Callable[[Sequence[Line]], list[Node]]  # the parts that the lists among the lines of a field are


def is_guide(lines: Sequence[Line]) -> bool:
    """Whether labels come again in the text, so that they are the fields of its items."""
    counts = Counter(label for line in lines if (label := field_label(line)))
    return sum(count for count in counts.values() if count > 1) >= _LEAST


def listed_styles(lines: Sequence[Line]) -> frozenset[NumberingStyle]:
    """The styles of the lists that begin directly below a label."""
    return frozenset(
        number.style
        for above, line in pairwise(lines)
        if (number := line.number_at_start) and number.style > NumberingStyle.ARTICLE and _may_list(above, number)
    )


def _may_list(above: Line, number: HeadingNumber) -> bool:
    """Whether the line above a number is a label, and the list begins below it or with it: 材料：1.… ⏎ 2.…."""
    label = _FIELD.match(above.text)
    if label is None or above.number_at_start or field_label(above) is None:
        return False
    inside = match_number(above.text[label.end() :].lstrip())
    before = inside.value if inside and inside.style is number.style else 0
    return number.value == before + 1


def holds_lists(lines: Sequence[Line]) -> bool:
    """Whether all numbers of the text are those of lists below its labels, several of which stand there."""
    numbered = [index for index, line in enumerate(lines) if line.number_at_start]
    first = numbered[0] if numbered else 0
    number = lines[first].number_at_start if first else None
    if number is None or not _may_list(lines[first - 1], number):
        return False
    labels = {label: i for i, line in enumerate(lines) if not line.number_at_start and (label := field_label(line))}
    goes_on = max(labels.values()) > first or (number.style > NumberingStyle.HAN and _leads(lines[first - 1]))
    styles = listed_styles(lines)
    return len(labels) >= _LEAST and goes_on and all(_is_listed(lines, index, styles) for index in numbered)


def _leads(line: Line) -> bool:
    """Whether nothing stands behind the line's label."""
    return line.text.endswith(("：", ":", "】"))


def _is_listed(lines: Sequence[Line], index: int, styles: frozenset[NumberingStyle]) -> bool:
    """Whether the number goes on with a list, or begins one below a label, an item or words that lead in to it."""
    number, above = lines[index].number_at_start, lines[index - 1]
    if number is None or number.style < min(styles):
        return False
    return number.value > 1 or bool(above.number_at_start or field_label(above) or _leads(above))


def listing_fields(lines: Sequence[Line]) -> dict[int, str]:
    """The label by line of the fields of a guide's numbered items, where lists stand below labels; else nothing."""
    if not listed_styles(lines) or not is_guide(lines):
        return {}
    return {i: label for i, line in enumerate(lines) if not line.number_at_start and (label := field_label(line))}


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


def guide_nodes(lines: Sequence[Line], lists: Lists | None = None) -> list[Node]:
    """The clauses of a guide: an item with its fields as parts where labels come again, else each field; none where
    the lines are no guide. `lists` gives the parts of a field that are numbered.
    """
    groups = _paragraphs(lines)
    labels = [None if group[0].number_at_start else field_label(group[0]) for group in groups]
    if sum(map(bool, labels)) < _LEAST:
        return []
    if not is_guide(lines):
        return _fields_as_clauses(groups, labels, lists)
    first = next(label for label in labels if label)
    starts = [i for i in range(len(groups)) if _begins_item(groups, labels, first, i)]
    if not starts:
        return []
    nodes = [_clause(group) for group in groups[: starts[0]]]
    for start, stop in zip(starts, [*starts[1:], len(groups)], strict=True):
        own = [line for group in groups[start:stop] for line in group]
        named = labels[start] is None
        heading = [Node(Kind.HEADING, own[0].start, groups[start][-1].end)] if named else []
        nodes.append(Node(Kind.CLAUSE, own[0].start, own[-1].end, None, (*heading, *field_nodes(own, lists))))
    return nodes


def _paragraphs(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The paragraphs; a label begins one too, and a name above the label that comes first, unless the line above is
    long enough to run on there.
    """
    full = max(_FULL * max(len(line.text) for line in lines), _LEAST_FULL)
    first = next(filter(None, map(field_label, lines)), "")
    return [part for group in paragraphs(lines) for part in _parted(group, full, first)]


def _parted(group: Sequence[Line], full: float, first: str) -> Iterator[Sequence[Line]]:
    labels = [field_label(line) for line in group]
    begin = 0
    for index in range(1, len(group)):
        named = bool(first) and labels[index + 1 : index + 2] == [first] and _is_name(group[index : index + 1])
        if len(group[index - 1].text) < full and (labels[index] or named):
            yield group[begin:index]
            begin = index
    yield group[begin:]


def field_nodes(lines: Sequence[Line], lists: Lists | None = None) -> list[Node]:
    """The fields among the lines of one item as parts, each with the paragraphs that follow it."""
    starts = [index for index, line in enumerate(lines) if field_label(line) and not line.number_at_start]
    return [
        _field(lines[start:stop], place, lists)
        for place, (start, stop) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=False), 1)
    ]


def _field(lines: Sequence[Line], place: int, lists: Lists | None) -> Node:
    number = HeadingNumber(NumberingStyle.FIELD, place, 0, field_label(lines[0]) or "")
    inside = tuple(lists(lines)) if lists else ()
    return Node(Kind.PART, lines[0].start, lines[-1].end, number, inside)


def _begins_item(groups: Sequence[Sequence[Line]], labels: Sequence[str | None], first: str, index: int) -> bool:
    """Whether an item begins here: with a short name above a field, or with the first field where none is named."""
    if labels[index] is not None:
        named = index > 0 and _is_name(groups[index - 1]) and labels[index - 1] is None
        return labels[index] == first and not named
    return _is_name(groups[index]) and index + 1 < len(labels) and labels[index + 1] is not None


def _is_name(group: Sequence[Line]) -> bool:
    text = "".join(line.text for line in group)
    return not group[0].number_at_start and len(text) <= _LONGEST_NAME and not re.search(r"[。；;，,：:]", text)


def _fields_as_clauses(
    groups: Sequence[Sequence[Line]], labels: Sequence[str | None], lists: Lists | None
) -> list[Node]:
    nodes: list[Node] = []
    begin = next(index for index, label in enumerate(labels) if label)
    nodes += [_clause(group) for group in groups[:begin]]
    starts = [index for index, label in enumerate(labels) if label]
    for start, stop in zip(starts, [*starts[1:], len(groups)], strict=True):
        own = [line for group in groups[start:stop] for line in group]
        nodes.append(Node(Kind.CLAUSE, own[0].start, own[-1].end, None, tuple(lists(own)) if lists else ()))
    return nodes


def _clause(group: Sequence[Line]) -> Node:
    return Node(Kind.CLAUSE, group[0].start, group[-1].end)
