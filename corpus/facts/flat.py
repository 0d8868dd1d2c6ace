"""A text without blanks and line ends, for patterns that a wrapped line must not break; offsets lead back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.facts.fact import Fact
from corpus.facts.segments import PLAIN, Segment
from corpus.readers.source import Source

_BOUND = "\n"  # stands where a paragraph surely ends


@dataclass(frozen=True)
class Flat:
    """The characters of some segments without blanks, and the offset of each."""

    source: Source
    text: str
    offsets: tuple[int, ...]

    def words(self, start: int, end: int) -> Fact[str]:
        """The words printed between two places of this text, as a fact of themselves."""
        begin, stop = self.offsets[start], self.offsets[end - 1] + 1
        printed = self.source.text[begin:stop]
        return Fact("".join(printed.split()), printed, begin, stop)


def flatten(source: Source, segments: Iterable[Segment]) -> Flat:
    """The segments one behind the other; after one that ends a sentence, and before a number, a line end stays."""
    characters: list[str] = []
    offsets: list[int] = []
    for segment in segments:
        if characters and (
            re.match(r"第.{1,8}条|[（(]?[一二三四五六七八九十\d]{1,3}[、.）)．]", segment.text)
            or characters[-1] in "。；：:"
        ):
            characters.append(_BOUND)
            offsets.append(segment.start)
        for offset, character in enumerate(segment.text.translate(PLAIN), segment.start):
            if not character.isspace():
                characters.append(character)
                offsets.append(offset)
    return Flat(source, "".join(characters), tuple(offsets))
