"""What is known of a document, for its page: what the text does not state is said to be not stated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.messages import Messages
from assistant.replies.validity import key_of
from corpus.clause import Clause, Document
from corpus.contents import Entry, Heading, in_order
from corpus.validity import Standing, Validity


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One line: the key of what it is called, what is known, and whether that is in Chinese on any page."""

    key: str
    value: str
    is_chinese: bool = False


def document_facts(
    document: Document, clauses: Sequence[Clause], entries: Sequence[Entry], words: Messages, validity: Validity
) -> tuple[KnownFact, ...]:
    """The facts in the order in which people ask for them."""
    return tuple(_facts(document, clauses, entries, words, validity))


def _facts(
    document: Document, clauses: Sequence[Clause], entries: Sequence[Entry], words: Messages, validity: Validity
) -> Iterator[KnownFact]:
    unstated = words("document.unstated")

    def printed(key: str, value: str | None) -> KnownFact:
        return KnownFact(key, value or unstated, value is not None)

    def day(key: str, value: date | None) -> KnownFact:
        return KnownFact(key, words.day(value) if value else unstated)

    if not words.is_chinese and document.title_en:
        yield KnownFact("document.fact.title", document.title, is_chinese=True)
    yield printed("document.fact.number", document.number)
    yield printed("document.fact.issuer", document.issuer)
    yield day("document.fact.issued", document.issued)
    if document.effective:
        yield day("document.fact.effective", document.effective)
    if document.expires:
        yield day("document.fact.expires", document.expires)
    yield _validity(document, words, validity)
    places = dict.fromkeys(place for clause in clauses for place in clause.jurisdiction)
    yield KnownFact("document.fact.places", words.places(places) or unstated)
    if document.audience:
        yield KnownFact("document.fact.audience", document.audience, is_chinese=True)
    if document.replaces:
        yield KnownFact("document.fact.replaces", words.list(document.replaces), is_chinese=True)
    yield KnownFact("document.fact.size", _size(clauses, entries, words))


def _validity(document: Document, words: Messages, validity: Validity) -> KnownFact:
    """As of the day of the page; not stated is the truth about most texts, and no guess."""
    if validity.status is not Standing.UNSTATED:
        return KnownFact("document.fact.status", words(f"document.status.{key_of(validity)}"))
    return KnownFact("document.fact.status", document.status or words("document.unstated"), bool(document.status))


def _size(clauses: Sequence[Clause], entries: Sequence[Entry], words: Messages) -> str:
    """How many clauses, and under how many headings they stand directly."""
    holding = [one for _, one in in_order(entries) if isinstance(one, Heading)]
    headings = sum(any(not isinstance(below, Heading) for below in one.entries) for one in holding)
    key = "document.size" if headings > 1 else "document.clauses"
    return words(key, headings=headings, clauses=len(clauses))
