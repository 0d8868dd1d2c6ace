"""What a message asks of a document itself: read off the kinds of words that it is made of, in any order.

谁什么时候发的 → who, when, issued → issuer and day of issue · 有效期到哪天 → ends, when → the last day
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.question.intents import intent

_WORDS = "document_words"
_KINDS = (
    "document_when",
    "document_who",
    "document_issuer",
    "document_dated",
    "document_issued",
    "document_begins",
    "document_lasts",
    "document_ends",
    "document_valid",
    "document_successor",
    "document_number",
    "document_place",
    "document_size",
    "document_chapters",
    "document_newest",
    "documents_held",
    "places_held",
)
_BY_ITSELF = (
    "document_successor",
    "document_issuer",
    "document_number",
    "document_place",
    "document_size",
    "document_chapters",
    "document_newest",
    "documents_held",
)
_PIECES = re.compile(r"[,，;；。?？!！、\n]|[和与及跟]|还有(?!效)|并且|\band\b")
_LATIN = re.compile(r"[a-z0-9'-]+")
_MOST = 24  # characters of other words, which may name a document


@dataclass(frozen=True, slots=True)
class DocumentQuestion:
    """The facts asked for, in the order of the message; `rest` are its other words, which may name the document."""

    facts: tuple[str, ...] = ()
    rest: str = ""


def read_document_question(normal: str) -> DocumentQuestion:
    """What a message in normal form asks of documents; no facts where its other words are no single short stretch."""
    facts: dict[str, None] = {}
    others: list[str] = []
    said: set[str] = set()
    for piece in _PIECES.split(normal):
        kinds, other = _read(piece)
        if other is None or len(others) + bool(other) > 1:
            return DocumentQuestion()
        others += [other] if other else []
        facts |= dict.fromkeys(_facts(kinds))
        said |= kinds
    return DocumentQuestion(tuple(facts or dict.fromkeys(_facts(said))), "".join(others))


def facts_asked(normal: str) -> tuple[str, ...]:
    """The same facts where the message says nothing beside, else nothing."""
    question = read_document_question(normal)
    return () if question.rest else question.facts


def _read(piece: str) -> tuple[set[str], str | None]:
    """The kinds of words in a piece, and the one stretch of others; None where there are several, or it is long."""
    any_kind, kinds_of_words = _patterns()
    kinds: set[str] = set()
    start = end = at = 0  # of the other words
    while at < len(piece):
        begins = any_kind.match(piece, at)
        ends = {name: match.end() for name, one in kinds_of_words if (match := one.match(piece, at))} if begins else {}
        longest = max(ends.values(), default=at)
        beside = intent(_WORDS).pattern.match(piece, at)
        if longest > at and (beside is None or longest >= beside.end()):
            kinds |= {name for name, stop in ends.items() if stop == longest}
            at = longest
        elif beside and beside.end() > at:
            at = beside.end()
        elif piece[at].isalnum():
            word = _LATIN.match(piece, at)
            begin, at = at, word.end() if word else at + 1
            if end > start and piece[end:begin].strip():
                return kinds, None
            start, end = start if end > start else begin, at
            if end - start > _MOST:
                return kinds, None
        else:
            at += 1
    return kinds, piece[start:end]


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """One pattern of all kinds of words, by which most places are passed over, and that of each kind."""
    each = tuple((name, intent(name).pattern) for name in _KINDS)
    return re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in each)), each


def _facts(kinds: set[str]) -> Iterator[str]:
    """The facts that words of these kinds ask for together."""
    yield from (name for name in _BY_ITSELF if name in kinds)
    if "places_held" in kinds and "documents_held" not in kinds:
        yield "documents_held"
    if "document_successor" in kinds:
        return  # which number, since when: it is told of that text
    when = not kinds.isdisjoint(("document_when", "document_dated"))
    if "document_issued" in kinds:
        if "document_who" in kinds:
            yield "document_issuer"
        if when:
            yield "document_issued"
    elif "document_dated" in kinds and kinds.isdisjoint(("document_begins", "document_ends", "document_lasts")):
        yield "document_issued"
    if "document_begins" in kinds:
        yield "document_effective" if when else "document_validity"
    if "document_lasts" in kinds or ("document_ends" in kinds and when):
        yield "document_expires"
    elif not kinds.isdisjoint(("document_ends", "document_valid")) and "document_begins" not in kinds:
        yield "document_validity"
