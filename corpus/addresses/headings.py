"""Texts of ours named by some words of their title, or of the headings above an attachment's clauses.

改革措施第三条; 某市服务办法第三条, which means 某市便民服务管理办法; 收费规则第一条, which means 附件1 of that heading.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.clause import Clause, Document
from corpus.numbering import NumberingStyle
from corpus.places.gazetteer import Place, load_gazetteer

_LEAST = 4  # characters of a name
_LEAST_ABRIDGED = 6  # of one that leaves words out and names no place
_LONGEST_ABRIDGED = 24
_LEAST_RUN, _MOST_RUNS = 2, 3  # characters that stand together in an abridged name, and how often words are left out
_MOST_LOOKED_AT = 300  # headings with the first words of a name; one that fits more says too little
MOST_MEANT = 20  # headings that hold a name; one that more hold is of no text by itself


@dataclass(frozen=True, slots=True)
class Heading:
    """A title, or the headings above a clause of an attachment, in one line of folded text without blanks."""

    words: str
    document: Document
    attachment: tuple[NumberingStyle, str] | None = None  # its style and key


class Headings:
    """The titles of documents and the headings of their attachments."""

    def __init__(self, headings: Iterable[Heading]) -> None:
        self._headings = tuple(headings)
        self._text = "\n".join(heading.words for heading in self._headings)
        self._starts = [0]
        for heading in self._headings:
            self._starts.append(self._starts[-1] + len(heading.words) + 1)

    def holding(self, name: str) -> list[Heading]:
        """The headings that hold these words together, titles before others."""
        found = list(self._with(name, MOST_MEANT + 1)) if len(name) >= _LEAST else []
        return [one for one in found if one.attachment is None] or found

    def abridged(self, name: str) -> list[Heading]:
        """The headings of which the name is some words, in their order, behind the place where it names one."""
        place, length = _place_at_start(name)
        rest = name[length:]
        if not (_LEAST if place else _LEAST_ABRIDGED) <= len(rest) <= _LONGEST_ABRIDGED:
            return []
        found = [one for one in self._with(rest[:_LEAST_RUN], _MOST_LOOKED_AT) if abridges(rest, one.words)]
        found = [one for one in found if place is None or _is_of(one.document, place)]
        return [one for one in found if one.attachment is None] or found

    def _with(self, words: str, most: int) -> Iterator[Heading]:
        at = self._text.find(words)
        while at >= 0 and most:
            index, most = bisect_right(self._starts, at) - 1, most - 1
            yield self._headings[index]
            at = self._text.find(words, self._starts[index + 1])


def attachment_headings(clauses: Sequence[Clause], documents: dict[str, Document]) -> Iterator[Heading]:
    """The headings above the clauses of attachments, each once, unfolded."""
    seen = set()
    for clause in clauses:
        number = clause.division_number
        if number and clause.path and (key := (clause.document_id, number, clause.path)) not in seen:
            seen.add(key)
            yield Heading("".join(clause.path), documents[clause.document_id], (number.style, number.key))


def abridges(name: str, words: str, runs: int = _MOST_RUNS) -> bool:
    """Whether the name is made of at most so many stretches of the words, in their order."""
    if not name or not runs:
        return not name
    for length in range(len(name), _LEAST_RUN - 1, -1):
        at = words.find(name[:length])
        if at >= 0 and abridges(name[length:], words[at + length :], runs - 1):
            return True
    return False


def _place_at_start(name: str) -> tuple[Place | None, int]:
    gazetteer = load_gazetteer()
    for length in range(min(8, len(name)), 1, -1):
        if place := gazetteer.get(name[:length]):
            return place, length + (name[length : length + 1] in tuple("省市区县州"))
    return None, 0


def _is_of(document: Document, place: Place) -> bool:
    return place.name in document.jurisdiction or place.name in document.title
