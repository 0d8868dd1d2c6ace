"""Points inside running text: 一是 … 二是 … 三是 …"""

import re
from collections.abc import Sequence

from corpus.heading import Marker, Style
from corpus.lines import Line
from corpus.node import Kind, Node
from corpus.numeral import from_chinese

# A point begins a sentence: 「这一是非」 and 「…，一是」 in mid-sentence are running text.
_POINT = re.compile(r"(?:\A|[。；;：:！？!?\n][”’」』）)]*)\s*([一二三四五六七八九十]{1,3})是")


def find_points(text: str, paragraphs: Sequence[Sequence[Line]]) -> list[Node]:
    """The points of successive paragraphs as parts, in order: runs that count up from 一是, two or more.

    A point ends where the next begins; the last one ends with its paragraph.
    """
    if not paragraphs:
        return []
    begin, end = paragraphs[0][0].start, paragraphs[-1][-1].end
    ends = [paragraph[-1].end for paragraph in paragraphs]
    runs: list[list[tuple[int, Marker]]] = []
    for match in _POINT.finditer(text[begin:end]):
        value = from_chinese(match[1])
        found = (begin + match.start(1), Marker(Style.POINT, value, length=len(match[1]) + 1))
        if value == 1:
            runs.append([found])
        elif runs and value == runs[-1][-1][1].value + 1:
            runs[-1].append(found)
    nodes: list[Node] = []
    for run in (run for run in runs if len(run) > 1):
        stops = [start for start, _ in run[1:]] + [next(stop for stop in ends if stop > run[-1][0])]
        for (start, marker), stop in zip(run, stops, strict=True):
            nodes.append(Node(Kind.PART, start, start + len(text[start:stop].rstrip()), marker))
    return _disjoint(nodes)


def _disjoint(nodes: list[Node]) -> list[Node]:
    """Without a run that begins inside the last point of the run before it."""
    kept: list[Node] = []
    for node in nodes:
        if not kept or node.start >= kept[-1].end:
            kept.append(node)
    return kept
