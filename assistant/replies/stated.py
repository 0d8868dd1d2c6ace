"""Where a document's own text states a fact about it: its number, its issuer, a day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.clause import Clause, Document
from corpus.facts.dates import DATE, IN_FIGURES, parse_date
from corpus.text.characters import fold
from corpus.text.sentences import sentences

Span = tuple[int, int]

_DAY = re.compile(rf"{DATE}|{IN_FIGURES}")  # of a text without blanks
_BEGINS = re.compile(r"施行|实施|执行|生效|试行|实行")
_ENDS = re.compile(r"有效期|有效至|截止|期满|失效|废止|停止执行|执行至|实施至|试行至")
_COUNTED = re.compile(r"(?:发布|公布|印发|颁布|下发|发文|批准)之?日|有效期")  # 自发布之日起施行, 有效期五年


@dataclass(frozen=True, slots=True)
class _Line:
    """A stretch of the text without its blanks; `at` holds the offset of each character."""

    bare: str  # folded
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The offsets of a stretch of `bare`."""
        return self.at[start], self.at[end - 1] + 1


class Stated:
    """Looks for facts in one document; each method gives the words that state one, or nothing."""

    def __init__(self, document: Document, clauses: Sequence[Clause]) -> None:
        """`clauses` are all of the document."""
        self._document = document
        self._clauses = clauses
        self._outside = list(_outside(document.text, clauses))

    def number(self) -> list[Span]:
        """Its 文号."""
        return self._written(self._document.number)

    def issuer(self) -> list[Span]:
        """Who issued it; of a joint text each organ where they do not stand together."""
        issuer = self._document.issuer
        if not issuer:
            return []
        return self._written(issuer) or [span for organ in issuer.split("、") for span in self._written(organ)]

    def places(self) -> list[Span]:
        """Its title, where that names its places."""
        title, places = self._document.title, self._document.jurisdiction
        return self.title() if places and all(place in title for place in places) else []

    def title(self) -> list[Span]:
        """Its title, in its head or where it is first named."""
        return self._written(self._document.title) or self._in_clauses(self._document.title)

    def issued(self) -> list[Span]:
        """The day of issue, as printed above or below the text."""
        day, found = self._document.issued, []
        for line in self._outside if day else ():
            spans = [m.span() for m in _DAY.finditer(line.bare) if _is(m[0], day)]
            found += [(spans[0][1] - spans[0][0] < len(line.bare), line.span(*spans[0]))] if spans else []
        return [min(found, key=lambda one: one[0])[1]] if found else []

    def effective(self) -> list[Span]:
        """The sentence that says from when it is in force."""
        return self._sentence(self._document.effective, _BEGINS)

    def expires(self) -> list[Span]:
        """The sentence that says until when."""
        return self._sentence(self._document.expires, _ENDS)

    def repeals(self, names: Sequence[str]) -> list[Span]:
        """The sentence that says that a text of one of these names, its number or title, is no longer in force."""
        text = self._document.text
        found = [span for span in sentences(text) if _ENDS.search(text, *span)]
        return [span for span in found if any(_bare(name) in _bare(text[slice(*span)]) for name in names)][-1:]

    def _sentence(self, day: date | None, says: re.Pattern[str]) -> list[Span]:
        """The last sentence that says so of this day, or else counts from the day of issue."""
        if day is None:
            return []
        text = self._document.text
        spans = [span for span in sentences(text) if says.search(text, *span)]
        dated = [span for span in spans if any(_is(m[0], day) for m in _DAY.finditer(_bare(text[slice(*span)])))]
        counted = [span for span in spans if _COUNTED.search(text, *span)]
        return (dated or counted)[-1:]

    def _written(self, words: str | None) -> list[Span]:
        """Where these words stand outside the clauses, as a line of their own before others."""
        sought = _bare(words or "")
        holding = [line for line in self._outside if sought and sought in line.bare]
        if not holding:
            return []
        line = min(holding, key=lambda one: len(one.bare) > len(sought))
        start = line.bare.index(sought)
        return [line.span(start, start + len(sought))]

    def _in_clauses(self, words: str) -> list[Span]:
        at = self._document.text.find(words)
        return [(at, at + len(words))] if at >= 0 else []


def nearest_clause(clauses: Sequence[Clause], start: int) -> Clause:
    """The clause that holds this offset, or else the one that begins or ends nearest to it; there must be one."""
    return min(clauses, key=lambda one: (max(one.start - start, start - one.end + 1, 0), one.start))


def _outside(text: str, clauses: Sequence[Clause]) -> Iterator[_Line]:
    """The lines of the text that no clause holds: head, signature, notes."""
    done = 0
    for clause in sorted(clauses, key=lambda one: one.start):
        yield from _lines(text, done, max(clause.start, done))
        done = max(done, clause.end)
    yield from _lines(text, done, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    for match in re.finditer(r"[^\n]+", text[start:end]):
        at = tuple(start + match.start() + i for i, character in enumerate(match[0]) if not character.isspace())
        if at:
            yield _Line(_bare(match[0]), at)


def _bare(words: str) -> str:
    return "".join(fold(words).split())


def _is(written: str, day: date | None) -> bool:
    found = parse_date(written)
    return found is not None and found.full == day
