"""Whether numbering runs through a whole text, and where it jumps or repeats."""

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.missed_headings import find_missed
from corpus.parser.node import Diagnostic, Kind, Node, Severity

Fault = tuple[int, str, Severity]  # its offset, what is wrong and what to do

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
    running = {style for style, values in first.items() if _runs(style, values[1:], style in top)}
    return frozenset(running - {NumberingStyle.DECIMAL})


def _runs(style: NumberingStyle, later: Sequence[int], top: bool) -> bool:
    if not later:
        return style in (NumberingStyle.ARTICLE, NumberingStyle.MEASURE) or top
    return 2 * sum(value == 1 for value in later) < len(later) + (style is NumberingStyle.ARTICLE)


def check_numbering(root: Node, text: str, file: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the numbers: those that jump or repeat, and a text without any; line by line in order.

    A jump is an error where a line stands in it that looks like the heading that is missed, and so is a repeat where
    the number after it shows which one was meant.
    """
    divisions = [root, *(node for node in root.children if node.kind is Kind.ATTACHMENT)]
    found = [fault for division in divisions for fault in _irregular(division, text)]
    if not any(node.marker and node.kind in _NUMBERED for node in root.walk()):
        message = (
            "没有找到序号，各段按先后次序引用，请核对文件是否完整。"
            "no numbering found, so each paragraph is cited by its place (p1, p2, …); check that the text is whole"
        )
        found.append((root.start, message, Severity.WARNING))
    warnings: list[Diagnostic] = []
    line, counted = 1, 0
    for start, message, severity in sorted(found):
        line, counted = line + text.count("\n", counted, start), start
        warnings.append(Diagnostic(file, line, message, severity))
    return tuple(warnings)


def _irregular(division: Node, text: str) -> Iterator[Fault]:
    running = running_styles(division)
    through: dict[NumberingStyle, list[Node]] = {}
    for group in numbered_groups(division):
        style = group[0].marker.style if group[0].marker else NumberingStyle.PART
        if style in running:
            through.setdefault(style, []).extend(group)
        else:
            yield from _irregular_run(group, text)
    for nodes in through.values():
        yield from _irregular_run(sorted(nodes, key=lambda node: node.start), text)


def _irregular_run(nodes: Sequence[Node], text: str) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    previous: HeadingNumber | None = None
    for index, node in enumerate(nodes):
        marker = node.marker
        if marker is None:
            continue
        seen[marker.key] += 1
        branches = previous is not None and marker.style is NumberingStyle.DECIMAL and marker.word != previous.word
        value = previous.value if previous and not branches else 0  # 2.2.1 may follow 2.1.4
        if seen[marker.key] > 1:
            yield _repeated(nodes, index, marker, seen[marker.key])
        elif marker.value != value + (not marker.sub):
            yield _jump(nodes, index, marker, previous, text)
        previous = marker


def _repeated(nodes: Sequence[Node], index: int, marker: HeadingNumber, count: int) -> Fault:
    """A number that comes again; surely wrong where its neighbours are those of the next number."""
    above = nodes[index - 1].marker
    below = nodes[index + 1].marker if index + 1 < len(nodes) else None
    meant = bool(above and below and above.value == marker.value and below.value == marker.value + 2)
    again = f"its id ends in ~{count}"
    message = (
        f"序号重复：又见 {marker.label}，请与原文核对。numbering repeats {marker.label}; {again}; "
        "check the number against the source"
    )
    return nodes[index].start, message, Severity.ERROR if meant else Severity.WARNING


def _jump(nodes: Sequence[Node], index: int, marker: HeadingNumber, previous: HeadingNumber | None, text: str) -> Fault:
    start = nodes[index - 1].start if index else nodes[index].start
    before = previous.label if previous else "开头 the beginning"
    missed = range((previous.value if previous else 0) + 1, marker.value)
    line = find_missed(text[start : nodes[index].start], marker.style, missed) if previous else None
    if line:
        message = (
            f"序号跳跃：{before} 之后是 {marker.label}，其间这一行像是漏认的序号，请改正：“{line}”。"
            f"numbering jumps from {before} to {marker.label}, and this line looks like the heading between them; "
            f"correct it: “{line}”"
        )
        return nodes[index].start, message, Severity.ERROR
    message = (
        f"序号跳跃：{before} 之后是 {marker.label}，请核对是否缺了一条。"
        f"numbering jumps: {marker.label} follows {before}; check the text for a missing heading"
    )
    return nodes[index].start, message, Severity.WARNING
