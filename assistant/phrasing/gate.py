"""Whether a sentence says nothing but what a quote says: it must stand in it, unit by unit, in the order of the quote.

Between a sentence and its quote only this may differ:
- words that weigh nothing may be added (的, 您, 其中) or left out (进一步, 相关); a word may stand for one of its list;
- phrases before and behind those that are said may be left out, where they do not need them (see quoted.py);
- an entry of an enumeration may be left out between its marks.

So no number, place, date, name, title, address, negation, condition or duty can be in a sentence that is not in the
quote, and in the same relation; none of the first kinds needs a list of what there is. The price is that much that is
true is refused; then the answer stays as it was.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.phrasing.quoted import Quoted, read_quote
from assistant.phrasing.reply import RefusedError, Sentence, read_reply
from assistant.phrasing.units import COMMA, LIST, phrase, plain_text

_COMMAS = re.compile(r",(?!\d{3}(?!\d))|[:;]")  # none inside a number
_CLOSING = ("时", "了")  # of the words that weigh nothing those that may end a sentence: 的, as `same` has it, and 了
_LEAST = 4  # units that a sentence must share with its quote
_LONGEST_QUOTE = 3000  # characters that are compared; of a longer quote nothing is said
_MOST_STATES = 20_000  # pairs of places that are looked at for one sentence


def accept(reply: str, quotes: Mapping[int, str]) -> tuple[Sentence, ...]:
    """The sentences of a reply, where every one of them stands in the quote that it names; else RefusedError.

    One sentence that is refused refuses them all: what is left of a text may say the opposite of the whole.
    """
    sentences = read_reply(reply)
    for sentence in sentences:
        quote = quotes.get(sentence.number)
        if quote is None:
            raise RefusedError("handle")
        if not stands_in(sentence.text, quote):
            raise RefusedError("content")
    return sentences


def stands_in(sentence: str, quote: str) -> bool:
    """Whether every unit of a sentence stands in a quote, in its order, and nothing that matters was left out."""
    if len(quote) > _LONGEST_QUOTE:
        return False
    said = _said(sentence)
    return len(said.units) >= _LEAST and _Search(said, _Line(read_quote(quote))).finds()


@dataclass(frozen=True, slots=True)
class _Said:
    """The units of a sentence, with commas as units of their own, and by unit where words that weigh nothing end."""

    units: tuple[str, ...]
    optional: tuple[tuple[int, ...], ...]


def _said(sentence: str) -> _Said:
    units: list[str] = []
    optional: list[tuple[int, ...]] = []
    for at, text in enumerate(_split(plain_text(sentence))):
        if at:
            optional.append((len(units) + 1,))
            units.append(COMMA)
        read = phrase(text, of_quote=False)
        optional += [tuple(end + len(units) for end in ends) for ends in read.optional]
        units += read.units
    return _Said(tuple(units), tuple(optional))


def _split(plain: str) -> list[str]:
    return [text for text in _COMMAS.split(plain) if text]


class _Line:
    """The phrases of a quote in one line of units."""

    def __init__(self, quoted: Quoted) -> None:
        self.quoted = quoted
        self.units: list[str] = []
        self.optional: list[tuple[int, ...]] = []
        self.is_hard: list[bool] = []
        self.starts: list[int] = []  # of the phrases, and the end of the line
        for one in quoted.phrases:
            base = len(self.units)
            self.starts.append(base)
            self.optional += [tuple(end + base for end in ends) for ends in one.optional]
            self.units += one.units
            self.is_hard += one.is_hard
        self.starts.append(len(self.units))
        self.phrase_at = {start: number for number, start in enumerate(self.starts[:-1])}
        self.phrase_of = [number for number, one in enumerate(quoted.phrases) for _ in one.units]  # of every unit

    def end_of(self, at: int) -> int:
        """Where the phrase of a unit ends."""
        return self.starts[self.phrase_of[at] + 1]

    def may_begin(self, number: int) -> bool:
        """Whether a sentence may begin with this phrase: nothing before it that it needs."""
        quoted = self.quoted
        before = range(number - 1, -1, -1)
        mine = [other for other in before if quoted.segment[other] == quoted.segment[number]]
        return not quoted.governed[number] and not any(quoted.needed[other] for other in mine)

    def may_end(self, number: int) -> bool:
        """Whether a sentence may end with this phrase: no condition, and nothing behind it that it needs."""
        quoted = self.quoted
        if quoted.is_condition[number]:
            return False
        behind = range(number + 1, len(quoted.phrases))
        mine = [other for other in behind if quoted.segment[other] == quoted.segment[number]]
        return not any(quoted.needed[other] for other in mine)

    def left_out(self, at: int) -> Iterator[int]:
        """Where one may go on in the quote after leaving out what stands at a unit."""
        yield from self.optional[at] if at < len(self.units) else ()
        if at in self.phrase_at:
            yield from self._phrases_left_out(self.phrase_at[at])
        if at < len(self.units):
            yield from self._entries_left_out(at)

    def _phrases_left_out(self, number: int) -> Iterator[int]:
        """Behind a condition the phrases of its segment that are not needed; behind a colon, lines of its list."""
        quoted = self.quoted
        before = number - 1
        if before < 0:
            return
        if quoted.is_condition[before]:
            for other in range(number, len(quoted.phrases)):
                if quoted.segment[other] != quoted.segment[before]:
                    break
                if other > number and not quoted.goes_on[other]:
                    yield self.starts[other]
                if quoted.needed[other]:
                    break
        for other in range(number, len(quoted.phrases)):
            if quoted.head[other] == before and quoted.segment[other] != quoted.segment[other - 1]:
                yield self.starts[other]

    def _entries_left_out(self, at: int) -> Iterator[int]:
        """From one mark of an enumeration to the next, and the entry before the first mark; never the last entry, for
        what is said of all stands behind it.
        """
        marks = [place for place in range(at, self.end_of(at)) if self.units[place] == LIST]
        if len(marks) > 1 and marks[0] == at and not any(self.is_hard[place] for place in range(at + 1, marks[1])):
            yield marks[1]
        begins = at in self.phrase_at or self.units[at - 1] == LIST or self.is_hard[at - 1]
        if begins and marks and marks[0] > at and not any(self.is_hard[place] for place in range(at, marks[0])):
            yield marks[0] + 1


class _Search:
    """Walks a sentence and a quote side by side."""

    def __init__(self, said: _Said, line: _Line) -> None:
        self._said = said
        self._line = line

    def finds(self) -> bool:
        """Whether some way through the quote says the whole sentence."""
        line = self._line
        starts = [start for start in line.starts[:-1] if line.may_begin(line.phrase_at.get(start, 0))]
        seen = {(0, start) for start in starts}
        waiting = list(seen)
        while waiting and len(seen) < _MOST_STATES:
            at, place = waiting.pop()
            if at == len(self._said.units) and self._ends(place):
                return True
            for state in self._next(at, place):
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)
        return False

    def _next(self, at: int, place: int) -> Iterator[tuple[int, int]]:
        said, line = self._said, self._line
        if at < len(said.units):
            for end in said.optional[at]:
                if end < len(said.units) or said.units[at] in _CLOSING:
                    yield end, place
            if place < len(line.units) and self._equal(said.units[at], line.units[place]):
                yield at + 1, place + 1
            if said.units[at] == LIST and place in line.phrase_at:
                yield at + 1, place  # an enumeration of what stands in lines of its own
        for other in line.left_out(place):
            yield at, other

    def _equal(self, said: str, quoted: str) -> bool:
        return said == quoted or (said == COMMA and quoted == LIST)

    def _ends(self, place: int) -> bool:
        """Whether a sentence may end before this place of the quote: at the end of a phrase that needs nothing more."""
        line = self._line
        if place not in line.phrase_at and place != len(line.units):
            return False
        last = (line.phrase_at[place] if place in line.phrase_at else len(line.quoted.phrases)) - 1
        return last >= 0 and line.may_end(last)
