"""Chapters that a message names: 第三章, 第二部分, chapter 3, or the words of a heading.

People say 章 of whatever stands above the clauses. So 第三章 means the chapter that prints this number, and in a text
without chapters the heading that counts three: 三、优化服务.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice

from corpus.addresses.book import OUTER
from corpus.clause import Clause
from corpus.numbering import HeadingNumber, NumberingStyle, match_number, number_value
from corpus.text.characters import HAN
from corpus.text.numeral import NUMERAL
from index.text.normalizer import normalize
from index.text.tokenizer import segment

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
_COUNTED = (
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
)
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12}
_VALUES = {word: value for words in _COUNTED for value, word in enumerate(words, 1)} | _ROMAN
_UNITS_EN = "part|book|chapter|section"
_NUMBERED = re.compile(
    rf"第(\d{{1,4}}|[{NUMERAL}]{{1,5}})个?大?(部分|[章节编类块])"
    rf"|\b({_UNITS_EN}) (\d{{1,4}}|{'|'.join((*_COUNTED[0], *_ROMAN))})\b"
    rf"|\b({'|'.join(_COUNTED[1])}|\d{{1,3}}(?:st|nd|rd|th)) ({_UNITS_EN})\b"
)
_LEAST = 4  # characters of a heading by whose words it is named anywhere; shorter ones must be a word of the message
_UNIT = r"的?(?:这|那)?一?个?(?:部分|板块|大块|[章编篇节](?![程约目能省点制号外日]))"
_WORDED = re.compile(
    rf"{_UNIT}"
    rf"|\b(?:the )?(?:{_UNITS_EN})s? (?:on|about|concerning|dealing with|called|for) "
    r"([a-z-]+(?: (?!of |in )[a-z-]+){0,2})"
    rf"|\bthe ((?!in |of |the )[a-z-]+(?: (?!in |of |the )[a-z-]+){{0,2}}) (?:{_UNITS_EN})\b"
)
_LOOKED_AT = 4  # words for a chapter in one message
_JOINING = frozenset("的讲写说管是里中把和跟与关于有关")
_TAIL = re.compile(r"(?:事项|工作)?(?:\([^()]{1,12}\))?$")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with the clauses that stand under it, in the order of the text."""

    heading: str  # as printed
    above: tuple[str, ...]  # the headings above it
    number: HeadingNumber | None  # as printed
    words: str  # the heading without its number, in normal form
    clauses: tuple[Clause, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called: its words, without blanks, and without 事项 and (10项) at their end."""
        squeezed = "".join(self.words.split())
        return (self.words, squeezed, _TAIL.sub("", squeezed))


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
            pieces = frozenset(segment(normal).pieces)
            said = [one for id_ in documents for one in self.of(id_) if _is_said(one, normal, pieces)]
            longest = max((len(one.words) for one in said), default=0)
            return [one for one in said if len(one.words) == longest]
        if match[1]:
            value, unit = number_value(match[1]), match[2]
        else:
            value, unit = _value(match[4] or match[5]), match[3] or match[6]
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


def _value(word: str) -> int:
    return _VALUES.get(word) or int(re.sub(r"\D", "", word))


@dataclass(frozen=True, slots=True)
class ChapterWords:
    """A stretch of a message, half open, that means a chapter by some words: 讲税的那一章, the part on taxes."""

    start: int
    end: int
    words: tuple[str, ...]  # the likeliest first: of Chinese ones it is not told where they begin


def chapter_words(normal: str) -> ChapterWords | None:
    """Where a message in normal form means a chapter by some words; None where it names none."""
    for match in islice(_WORDED.finditer(normal), _LOOKED_AT):
        if said := match[1] or match[2]:
            return ChapterWords(match.start(), match.end(), (said,))
        before = list(segment(normal[: match.start()]).pieces)
        while before and before[-1] in _JOINING:
            before.pop()
        said = [piece for piece in before[-3:] if piece not in _JOINING and piece.isalnum()]
        if said and re.fullmatch(f"[{HAN}]{{2,}}", said[-1]):
            start = normal.rindex(said[-1], 0, match.start())
            return ChapterWords(start, match.end(), tuple("".join(said[first:]) for first in range(len(said))))
    return None


def without_chapters(normal: str, chapters: Iterable[Chapter]) -> str:
    """The message without the words that name these chapters."""
    for chapter in chapters:
        for words in (normalize(chapter.heading), *chapter.names):
            normal = re.sub(rf"{re.escape(words)}(?:{_UNIT})?", " ", normal)
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


def _is_said(chapter: Chapter, normal: str, pieces: frozenset[str]) -> bool:
    return any(
        (len(name) >= _LEAST and name in normal) or (len(name) >= 2 and name in pieces) for name in chapter.names
    )
