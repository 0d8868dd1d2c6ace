"""Facts that a page states under a label: 发文机关：某市人民政府."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.facts.fact import Fact
from corpus.facts.segments import Segment
from corpus.facts.words import label_kinds
from corpus.readers.source import Source

_PAGE_KINDS = ("title", "number", "issuer", "signed", "posted", "other", "status", "effective", "expires", "site")
_NEAR = 4  # segments between two labels of one block
_LEAST = 3  # labels that make a block below the head of a text


@dataclass(frozen=True, slots=True)
class Row:
    """One label and what stands behind it."""

    kind: str  # number, of words.toml's label_number
    words: Fact[str]
    longer: Fact[str] | None = None  # with the lines that follow up to the next label: the value may be wrapped


def rows_of(source: Source, segments: Sequence[Segment], head: int) -> list[Row]:
    """The labelled facts beside the text, above it (the first `head` segments), and in blocks of them elsewhere."""
    kinds = label_kinds()
    found = [
        Row(kinds[name], Fact(value.strip(), f"{label}：{value}"))
        for label, value in source.facts
        if (name := "".join(label.lower().split()).strip("【】[]：:")) in kinds and value.strip()
    ]
    labelled = [index for index, segment in enumerate(segments) if segment.label]
    blocks = _blocks(segments, labelled)
    for position, index in enumerate(labelled):
        kind = kinds[segments[index].label]
        if index >= head and index not in blocks and kind != "audience":
            continue
        stop = labelled[position + 1] if position + 1 < len(labelled) and index in blocks else index + 1
        if (row := _row(source, segments, index, stop)) is not None:
            found.append(row)
    return found


def _blocks(segments: Sequence[Segment], labelled: Sequence[int]) -> set[int]:
    """The labelled segments that stand in a block of the facts of a page."""
    kinds = label_kinds()
    inside: set[int] = set()
    run: list[int] = []
    for index in labelled:
        if run and index - run[-1] > _NEAR:
            run = []
        run.append(index)
        stated = {kinds[segments[i].label] for i in run} & set(_PAGE_KINDS)
        if len({segments[i].label for i in run}) >= _LEAST and len(stated) >= _LEAST:
            inside.update(run)
    return inside


def _row(source: Source, segments: Sequence[Segment], index: int, stop: int) -> Row | None:
    label = segments[index]
    first = label
    if not label.text:
        follows = segments[index + 1] if index + 1 < len(segments) else None
        if follows is None or follows.label or follows.line - label.line > 2:
            return None
        first = follows
    kind = label_kinds()[label.label]
    words = Fact(first.text, source.text[first.start : first.end], first.start, first.end)
    last = segments[max(stop - 1, index)]
    if last.end <= first.end or any(segment.apart for segment in segments[index + 1 : stop]):
        return Row(kind, words)
    text = source.text[first.start : last.end]
    return Row(kind, words, Fact(text, text, first.start, last.end))
