"""The names by which a document is meant: its title in full or in short, its number in any spelling."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.addresses.document_numbers import (
    WrittenNumber,
    agency_alone,
    numbers_in,
    numbers_in_english,
    own_number,
)
from corpus.addresses.headings import MOST_MEANT, Heading, Headings, attachment_headings
from corpus.clause import Clause, Document
from corpus.numbering import NumberingStyle
from corpus.places.gazetteer import load_gazetteer
from corpus.text.characters import fold
from corpus.text.numeral import from_chinese, to_chinese
from corpus.text.terms import Terms, longest_matches

_LEAST = 4  # characters of a name; shorter ones are ordinary words
_LEAST_SHORT = 6  # of one without its place or its issuer
_IGNORED = re.compile(r"[\s《》〈〉「」『』“”\"‘’'*#]")
_INNER = re.compile(r"《([^《》]{3,80})》")
_TRIAL = re.compile(r"\([^()]{1,20}\)$")
_COUNT = re.compile(r"(?<![第\d零一二三四五六七八九十百])(\d{1,3}|[一二三四五六七八九十百]{1,5})条(?!之)")


@dataclass(frozen=True, slots=True)
class DocumentName:
    """Where a text names a document, half open; one whose number nobody here holds has no `documents`."""

    start: int
    end: int
    documents: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class HeldName:
    """What a part of a title or heading stands for."""

    documents: tuple[str, ...]
    attachment: tuple[NumberingStyle, str] | None = None  # its style and key, where it is one


_Numbered = tuple[WrittenNumber, Document]  # a document behind its number


class DocumentNames:
    """The names of some documents, looked up in a question."""

    def __init__(self, documents: Sequence[Document], clauses: Sequence[Clause] = ()) -> None:
        self._documents, self._clauses = documents, clauses
        named: dict[str, list[Document]] = {}
        self._numbered: dict[int, list[_Numbered]] = {}
        for document in documents:
            for name in names_of(document):
                named.setdefault(name, []).append(document)
            if document.number and (own := own_number(squeeze(document.number))):
                self._numbered.setdefault(own.value, []).append((own, document))
        self._named: Mapping[str, list[Document]] = named
        self._terms = Terms(named)

    @cached_property
    def _headings(self) -> Headings:
        titles = [Heading(document.title, document) for document in self._documents]
        others = attachment_headings(self._clauses, {document.id: document for document in self._documents})
        return Headings(replace(one, words=squeeze(one.words)) for one in (*titles, *others))

    def find(self, text: str) -> list[DocumentName]:
        """The documents that a folded text names, in order, without overlap; numbers of other documents too."""
        kept = [i for i, character in enumerate(text) if not _IGNORED.match(character)]
        bare = "".join(text[i] for i in kept)
        chinese = [
            self._spread(name, text, kept) for name in (*self._by_number(numbers_in(bare), bare), *self._by_title(bare))
        ]
        english = self._by_number(numbers_in_english(text), text)
        names: list[DocumentName] = []
        for name in sorted((*chinese, *english), key=lambda name: (name.start, -name.end)):
            if not names or name.start >= names[-1].end:
                names.append(name)
        return names

    def held(self, words: str) -> HeldName | None:
        """What is meant by words of a title or heading of ours, some left out or not; None for another text's.

        No documents where too many have these words in their titles.
        """
        words = _TRIAL.sub("", squeeze(words))
        exact = [Heading(words, document) for document in self._named.get(words, [])]
        found = exact or self._headings.holding(words) or self._headings.abridged(words)
        attachments = {one.attachment for one in found}
        documents = tuple(dict.fromkeys(one.document.id for one in found))
        if len(documents) > MOST_MEANT:
            return HeldName(())
        return HeldName(documents, attachments.pop() if len(attachments) == 1 else None) if found else None

    def _by_title(self, bare: str) -> Iterator[DocumentName]:
        def stands(start: int, end: int) -> bool:
            before, after = bare[max(0, start - 1) : start], bare[end : end + 1]
            name = bare[start:end]
            if name.isascii():
                return not (before.isascii() and before.isalnum() and name[0].isdigit()) and not after.isdigit()
            if _COUNT.match(name):
                return not re.match(r"[第\d零一二三四五六七八九十百、,~-]", before)
            return self._of_its_place(bare, start, self._named[name])

        for start, end in longest_matches(bare, self._terms, stands):
            ids = tuple(document.id for document in self._named[bare[start:end]])
            yield DocumentName(start, end, ids, bare[start:end])

    def _of_its_place(self, bare: str, start: int, documents: Sequence[Document]) -> bool:
        """Whether no other place stands right before the name: 西安市…办法 is not ours of Nanjing."""
        gazetteer = load_gazetteer()
        before = re.sub(r"[省市区县州]$", "", bare[max(0, start - 12) : start])
        for length in range(min(8, len(before)), 1, -1):
            if place := gazetteer.get(before[-length:]):
                homes = {home for document in documents for home in document.jurisdiction}
                return gazetteer.lies_within(place, homes) or any(place.name in one.title for one in documents)
        return True

    def _by_number(self, written: Iterable[WrittenNumber], text: str) -> Iterator[DocumentName]:
        """What numbers in a text stand for; of one that must be a number and that nobody here holds, no documents."""
        for one in written:
            ours = self._with_number(one)
            if ours:
                agency = 0 if one.english else min(max(len(own.agency) for own, _ in ours), len(one.agency))
                ids = tuple(document.id for _, document in ours)
                yield DocumentName(one.start - agency, one.end, ids, text[one.start - agency : one.end])
            elif one.sure and (one.agency or one.english):
                start = one.start - (0 if one.english else len(agency_alone(one.agency)))
                yield DocumentName(start, one.end, (), text[start : one.end])

    def _with_number(self, written: WrittenNumber) -> list[_Numbered]:
        """The documents that a number may mean: of its issuer, or in English of a place that it names."""
        same = [(own, one) for own, one in self._numbered.get(written.value, []) if _is_of_year(written, own, one)]
        places = load_gazetteer().find(written.agency) if written.english else []
        if places:
            return [(own, one) for own, one in same if any(place.name in one.jurisdiction for place in places)]
        if written.english or not agency_alone(written.agency):
            return same if len(same) == 1 and written.sure else []
        return [(own, one) for own, one in same if _is_of_issuer(written.agency, own.agency)]

    def _spread(self, name: DocumentName, text: str, kept: Sequence[int]) -> DocumentName:
        """The name with offsets into the text itself, and the quotation marks around it."""
        start, end = kept[name.start], kept[name.end - 1] + 1
        while start and _IGNORED.match(text[start - 1]) and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and _IGNORED.match(text[end]) and not text[end].isspace():
            end += 1
        return DocumentName(start, end, name.documents, name.words)


def _is_of_issuer(agency: str, own: str) -> bool:
    alone = agency_alone(agency)
    return agency.endswith(own) or (len(alone) > 1 and own.startswith(alone))


def _is_of_year(written: WrittenNumber, own: WrittenNumber, document: Document) -> bool:
    """Whether the year fits; English says that of the issue, and where it says none, any will do."""
    if not written.english:
        return written.year == own.year
    return written.year is None or written.year == (own.year or (document.issued.year if document.issued else None))


def squeeze(text: str) -> str:
    """A title or number as names are compared: folded, without blanks and quotation marks."""
    return _IGNORED.sub("", fold(text))


def names_of(document: Document) -> tuple[str, ...]:
    """What a document is called, squeezed, each name once."""
    return tuple(dict.fromkeys(_names(document)))


def _names(document: Document) -> Iterator[str]:
    """Its names, squeezed: title, the titles quoted in it, these without their place, 66条 of its title, number."""
    title = fold(document.title)
    full = [title, *_INNER.findall(title)]
    if document.title_en:
        full.append(fold(document.title_en))
    for title in map(squeeze, full):
        for name in dict.fromkeys((title, _TRIAL.sub("", title))):
            if len(name) >= _LEAST:
                yield name
            yield from (short for short in _shortened(name) if len(short) >= _LEAST_SHORT)
    yield from _counts(squeeze(document.title))
    if document.number and len(squeeze(document.number)) >= _LEAST:
        yield squeeze(document.number)


def _shortened(title: str) -> Iterator[str]:
    for length in range(min(8, len(title)), 1, -1):
        if load_gazetteer().get(title[:length]):
            yield re.sub(r"^[省市区县州]", "", title[length:])
            break
    issuer, about, rest = title.partition("关于")
    if issuer and about:
        yield about + rest


def _counts(title: str) -> Iterator[str]:
    """66条, 66条措施, 措施六十六条: what a document is called that counts its clauses in its title."""
    for match in _COUNT.finditer(title):
        value = int(match[1]) if match[1].isdecimal() else from_chinese(match[1])
        word = _kind_before(title[: match.start()])
        for number in (str(value), to_chinese(value)) if value else ():
            yield f"{number}条"
            if word:
                yield from (f"{number}条{word}", f"{word}{number}条")


def _kind_before(before: str) -> str:
    found = re.search(r"(措施|举措|政策|意见|规定|办法|细则|清单)$", before)
    return found[1] if found else ""


def union(names: Iterable[DocumentName]) -> tuple[str, ...]:
    """The documents of several names, each once."""
    return tuple(dict.fromkeys(one for name in names for one in name.documents))
