"""Points inside running text: 一是 … 二是 … 三是 …, and in the same way 一要 … and 第一， …"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.lines import Line
from corpus.parser.node import Kind, Node
from corpus.text.numeral import from_chinese

_N = "[一二三四五六七八九十]{1,3}"
# Inside a word (唯一是, 统一要求) it is no point; a line may be wrapped between the number and its word.
_POINT = re.compile(rf"(?<!\w)(?:({_N})\n?([是要])(?!求)|(第)({_N})[，,])")


def find_inline_parts(text: str, paragraphs: Sequence[Sequence[Line]], begin: int = 0) -> list[Node]:
    """The points of successive paragraphs as parts, in order: runs that count up from 一是, two or more.

    A point ends where the next begins; the last one ends with its paragraph. None starts before offset `begin`.
    """
    if not paragraphs:
        return []
    ends = [paragraph[-1].end for paragraph in paragraphs]
    nodes: list[Node] = []
    for run in _runs(_POINT.finditer(text, max(begin, paragraphs[0][0].start), ends[-1])):
        stops = [start for start, _ in run[1:]] + [ends[bisect(ends, run[-1][0])]]
        for (start, marker), stop in zip(run, stops, strict=True):
            nodes.append(Node(Kind.PART, start, start + len(text[start:stop].rstrip()), marker))
    return _disjoint(nodes)


def _runs(matches: Iterable[re.Match[str]]) -> list[list[tuple[int, HeadingNumber]]]:
    """The points as (offset, number) in runs of two or more; a run inside a point is closed when the outer goes on."""
    runs: list[list[tuple[int, HeadingNumber]]] = []
    open_runs: list[list[tuple[int, HeadingNumber]]] = []
    for match in matches:
        word = match[2] or match[3]
        marker = HeadingNumber(NumberingStyle.PART, from_chinese(match[1] or match[4]), 0, word, len(match[0]))
        if marker.value == 1:
            open_runs.append([(match.start(), marker)])
            runs.append(open_runs[-1])
            del open_runs[:-3]  # nobody nests deeper, and a long text stays cheap
            continue
        before = (word, marker.value - 1)
        while any((run[-1][1].word, run[-1][1].value) == before for run in open_runs):
            last = open_runs[-1][-1][1]
            if (last.word, last.value) == before:
                open_runs[-1].append((match.start(), marker))
                break
            open_runs.pop()
    return [run for run in runs if len(run) > 1]


def _disjoint(nodes: list[Node]) -> list[Node]:
    """Without a run that begins inside the last point of the run before it."""
    kept: list[Node] = []
    for node in nodes:
        if not kept or node.start >= kept[-1].end:
            kept.append(node)
    return kept
