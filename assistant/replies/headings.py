"""The words of a clause that stand for it in a list: its heading, or else how it begins."""

import re

from corpus.clause import Clause
from corpus.text.sentences import sentences

_SHORT, _LONG = 16, 60  # characters: what is shorter says too little, and up to what a whole sentence is shown
_PAUSE = re.compile(r"[，,；;：:。！？!?\n]")
_BEHIND_NUMBER = re.compile(r"[\s、，,：:.．。；;#*]*")


def heading_span(clause: Clause) -> tuple[int, int]:
    """The stretch of the document, half open, that is the heading of a clause.

    Where it has none, its first sentence; of a long one the first phrases. Of a row of a table all of it.
    """
    start, end = _within(clause)
    return clause.start + start, clause.start + end


def _within(clause: Clause) -> tuple[int, int]:
    text = clause.text
    begin = _end_of(_BEHIND_NUMBER, text, clause.number_length)
    first = next(((begin + a, begin + b) for a, b in sentences(text[begin:])), (0, len(text)))
    if clause.cells:
        return first
    at = text.find(clause.title, begin) if clause.title else -1
    if at < 0 or at >= first[1]:
        at, end = first[0], first[0]
    else:
        end = at + len(clause.title)
        if not text[end : end + 1].strip("。：:；;）)】 \n"):
            return at, end
    return (at, first[1]) if first[1] - at <= _LONG else (at, _phrases(text, at, max(end, at + 1), first[1]))


def _phrases(text: str, at: int, end: int, last: int) -> int:
    """The end of the first phrases from `at` on that say enough, at a pause at or behind `end`."""
    for pause in _PAUSE.finditer(text, end, last):
        if pause.start() - at >= _SHORT:
            return pause.start()
    return last


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
