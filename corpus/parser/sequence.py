"""Whether numbering runs through a whole text, and where it jumps or repeats."""

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.numbering import NumberingStyle
from corpus.parser.node import Diagnostic, Kind, Node

_NUMBERED = (Kind.SECTION, Kind.CLAUSE)
_UNCOUNTED = (NumberingStyle.ROW, NumberingStyle.FIELD, NumberingStyle.BARE)  # no number is printed


def is_counted(node: Node) -> bool:
    """Whether it is a section or clause with a number of its own in print."""
    return node.kind in _NUMBERED and node.marker is not None and node.marker.style not in _UNCOUNTED


def numbered_groups(division: Node) -> Iterator[list[Node]]:
    """The numbered sections and clauses of a document or attachment, those under one parent together.

    Children of unlike style under one parent come as groups of their own.
    """
    groups: dict[NumberingStyle, list[Node]] = {}
    for child in division.children:
        if child.marker and is_counted(child):
            groups.setdefault(child.marker.style, []).append(child)
    yield from groups.values()
    for child in division.children:
        if child.kind is Kind.SECTION:
            yield from numbered_groups(child)


def running_styles(division: Node) -> frozenset[NumberingStyle]:
    """The styles below a heading whose numbers go on from one heading to the next (第X条; 1.…66.).

    Articles run unless most headings begin again from one.
    """
    first: dict[NumberingStyle, list[int]] = {}
    top = {child.marker.style for child in division.children if child.marker and is_counted(child)}
    for group in numbered_groups(division):
        marker = group[0].marker
        if marker:
            first.setdefault(marker.style, []).append(marker.value)
    return frozenset(style for style, values in first.items() if _runs(style, values[1:], style in top))


def _runs(style: NumberingStyle, later: Sequence[int], top: bool) -> bool:
    if not later:
        return style in (NumberingStyle.ARTICLE, NumberingStyle.MEASURE) or top
    return 2 * sum(value == 1 for value in later) < len(later) + (style is NumberingStyle.ARTICLE)


def check_numbering(root: Node, text: str, file: str) -> tuple[Diagnostic, ...]:
    """Warnings about numbers that jump or repeat, and about a text without any; line by line in order."""
    divisions = [root, *(node for node in root.children if node.kind is Kind.ATTACHMENT)]
    found = [warning for division in divisions for warning in _irregular(division)]
    if not any(map(is_counted, root.walk())):
        message = (
            "no numbering found, so each paragraph is cited by its place (p1, p2, …); check that the text is whole"
        )
        found.append((root.start, message))
    return tuple(Diagnostic(file, text.count("\n", 0, start) + 1, message) for start, message in sorted(found))


def _irregular(division: Node) -> Iterator[tuple[int, str]]:
    running = running_styles(division)
    through: dict[NumberingStyle, list[Node]] = {}
    for group in numbered_groups(division):
        style = group[0].marker.style if group[0].marker else NumberingStyle.PART
        if style in running:
            through.setdefault(style, []).extend(group)
        else:
            yield from _irregular_run(group)
    for nodes in through.values():
        yield from _irregular_run(sorted(nodes, key=lambda node: node.start))


def _irregular_run(nodes: Sequence[Node]) -> Iterator[tuple[int, str]]:
    seen: Counter[str] = Counter()
    previous = 0
    before = "the beginning"
    for node in nodes:
        marker = node.marker
        if marker is None:
            continue
        seen[marker.key] += 1
        if seen[marker.key] > 1:
            again = f"its id ends in ~{seen[marker.key]}"
            yield node.start, f"numbering repeats {marker.label}; {again}; check the number against the source"
        elif marker.value != previous + (not marker.sub):
            message = f"numbering jumps: {marker.label} follows {before}; check the text for a missing heading"
            yield node.start, message
        previous, before = marker.value, marker.label
