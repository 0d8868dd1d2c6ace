"""Chapters that a message names: 第三章, 第二部分, chapter 3, or the words of a heading.

People say 章 of whatever stands above the clauses. So 第三章 means the chapter that prints this number, and in a text
without chapters the heading that counts three: 三、优化服务.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from corpus.addresses.book import OUTER
from corpus.clause import Clause
from corpus.numbering import HeadingNumber, NumberingStyle, match_number, number_value
from corpus.text.numeral import NUMERAL
from index.text.normalizer import normalize

_STYLES = {
    "部分": NumberingStyle.DIVISION,
    "编": NumberingStyle.BOOK,
    "章": NumberingStyle.CHAPTER,
    "节": NumberingStyle.SECTION,
    "part": NumberingStyle.DIVISION,
    "book": NumberingStyle.BOOK,
    "chapter": NumberingStyle.CHAPTER,
    "section": NumberingStyle.SECTION,
}
_NUMBERED = re.compile(
    rf"第(\d{{1,4}}|[{NUMERAL}]{{1,5}})个?大?(部分|[章节编类块])|\b(part|book|chapter|section) (\d{{1,4}})\b"
)
_LEAST = 4  # characters of a heading by whose words it is named


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with the clauses that stand under it, in the order of the text."""

    heading: str  # as printed
    above: tuple[str, ...]  # the headings above it
    number: HeadingNumber | None  # as printed
    words: str  # the heading without its number, in normal form
    clauses: tuple[Clause, ...]


class Chapters:
    """The headings above some clauses, which are in the order of the corpus. Safe from several threads."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._clauses = clauses

    @cached_property
    def _all(self) -> dict[str, tuple[Chapter, ...]]:
        by_document = groupby(self._clauses, key=lambda clause: clause.document_id)
        return {id_: tuple(_chapters(own)) for id_, own in by_document}

    def of(self, document_id: str) -> tuple[Chapter, ...]:
        """Every heading of a document, in the order of its text."""
        return self._all.get(document_id, ())

    def outermost(self, document_id: str) -> tuple[Chapter, ...]:
        """The numbered headings of which a document is made; the title of an attachment is none."""
        first: dict[str, tuple[str, ...]] = {}
        numbered = [chapter for chapter in self.of(document_id) if chapter.number]
        return tuple(one for one in numbered if first.setdefault(one.clauses[0].division, one.above) == one.above)

    def named(self, normal: str, documents: Iterable[str]) -> list[Chapter]:
        """The chapters of these documents that a message in normal form names, by number or by their words."""
        match = _NUMBERED.search(normal)
        if match is None:
            said = [one for id_ in documents for one in self.of(id_) if _is_said(one, normal)]
            longest = max((len(one.words) for one in said), default=0)
            return [one for one in said if len(one.words) == longest]
        value, unit = (number_value(match[1]), match[2]) if match[2] else (int(match[4]), match[3])
        return [one for id_ in documents for one in self._numbered(id_, unit, value)]

    def _numbered(self, document_id: str, unit: str, value: int) -> Sequence[Chapter]:
        """Those of this number that are called so; where the text has no headings with such names, the outermost."""
        numbered = [(one, one.number) for one in self.of(document_id) if one.number]
        if any(number.style in OUTER for _, number in numbered):
            return [one for one, number in numbered if number.style is _STYLES.get(unit) and number.value == value]
        return [one for one in self.outermost(document_id) if one.number and one.number.value == value]


def names_chapter_by_number(normal: str) -> bool:
    """Whether a message in normal form names a chapter by its number, whether or not there is one."""
    return bool(_NUMBERED.search(normal))


def without_chapters(normal: str, chapters: Iterable[Chapter]) -> str:
    """The message without the words that name these chapters."""
    for chapter in chapters:
        normal = normal.replace(normalize(chapter.heading), " ").replace(chapter.words, " ")
    return _NUMBERED.sub(" ", normal)


def _chapters(clauses: Iterable[Clause]) -> Iterable[Chapter]:
    """Every heading above the clauses of one document, in the order of the text."""
    found: dict[tuple[str, ...], list[Clause]] = {}
    for clause in clauses:
        for depth in range(1, len(clause.path) + 1):
            found.setdefault(clause.path[:depth], []).append(clause)
    for path, under in found.items():
        number = match_number(path[-1])
        words = normalize(path[-1][number.length if number else 0 :]).strip()
        yield Chapter(path[-1], path[:-1], number, words, tuple(under))


def _is_said(chapter: Chapter, normal: str) -> bool:
    return len(chapter.words) >= _LEAST and chapter.words in normal
