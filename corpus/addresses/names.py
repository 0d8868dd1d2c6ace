"""The names by which a document is meant: its title in full or in short, its number in any spelling."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.addresses.headings import MOST_MEANT, Heading, Headings, attachment_headings
from corpus.clause import Clause, Document
from corpus.numbering import NumberingStyle, number_value
from corpus.places.gazetteer import load_gazetteer
from corpus.text.characters import HAN, fold
from corpus.text.numeral import NUMERAL, from_chinese, to_chinese
from corpus.text.terms import Terms, longest_matches

_LEAST = 4  # characters of a name; shorter ones are ordinary words
_LEAST_SHORT = 6  # of one without its place or its issuer
_AGENCY = 20  # characters of an issuer's short name before 〔2023〕
_IGNORED = re.compile(r"[\s《》〈〉「」『』“”\"‘’'*#]")
_INNER = re.compile(r"《([^《》]{3,80})》")
_TRIAL = re.compile(r"\([^()]{1,20}\)$")
_COUNT = re.compile(r"(?<![第\d零一二三四五六七八九十百])(\d{1,3}|[一二三四五六七八九十百]{1,5})条(?!之)")
_HAN_DIGIT = "[零一二三四五六七八九]"
_NUMBER = re.compile(
    rf"[\[(<{{]?((?:19|20)\d\d|[一二]{_HAN_DIGIT}{{3}})[\])>}}]?年?第?(\d{{1,5}}|[{NUMERAL}]{{1,7}})号文?"
)
_HAN_END = re.compile(rf"[{HAN}]{{0,{_AGENCY}}}$")
_NOT_AGENCY = re.compile(
    r".*(?:根据|按照|依据|参照|依照|请问|关于|对于|执行|落实|知道|看看|说说|讲讲|[按据查看问在和与及跟、])"
)


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


class DocumentNames:
    """The names of some documents, looked up in a question."""

    def __init__(self, documents: Sequence[Document], clauses: Sequence[Clause] = ()) -> None:
        self._documents, self._clauses = documents, clauses
        self._named: dict[str, list[Document]] = {}
        self._numbered: dict[tuple[int, int], list[tuple[str, Document]]] = {}
        for document in documents:
            for name in dict.fromkeys(_names(document)):
                self._named.setdefault(name, []).append(document)
            if document.number and (found := _NUMBER.search(squeeze(document.number))):
                agency = squeeze(document.number)[: found.start()]
                self._numbered.setdefault(_year_and_number(found), []).append((agency, document))
        self._terms = Terms(self._named)

    @cached_property
    def _headings(self) -> Headings:
        titles = [Heading(document.title, document) for document in self._documents]
        others = attachment_headings(self._clauses, {document.id: document for document in self._documents})
        return Headings(replace(one, words=squeeze(one.words)) for one in (*titles, *others))

    def find(self, text: str) -> list[DocumentName]:
        """The documents that a folded text names, in order, without overlap; numbers of other documents too."""
        kept = [i for i, character in enumerate(text) if not _IGNORED.match(character)]
        bare = "".join(text[i] for i in kept)
        found = sorted((*self._by_number(bare), *self._by_title(bare)), key=lambda name: (name.start, -name.end))
        names: list[DocumentName] = []
        for name in found:
            if not names or name.start >= names[-1].end:
                names.append(name)
        return [self._spread(name, text, kept) for name in names]

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

    def _by_number(self, bare: str) -> Iterator[DocumentName]:
        for match in _NUMBER.finditer(bare):
            before = bare[max(0, match.start() - _AGENCY) : match.start()]
            written = _HAN_END.search(before)
            agency = written[0] if written else ""
            held = self._numbered.get(_year_and_number(match), [])
            ours = [(own, document) for own, document in held if agency.endswith(own)]
            bracketed = match[0][0] in "[(<{"
            if not ours and not agency and bracketed and len(held) == 1:
                ours = [("", held[0][1])]
            if ours:
                start = match.start() - max(len(own) for own, _ in ours)
                yield DocumentName(start, match.end(), tuple(one.id for _, one in ours), bare[start : match.end()])
            elif agency and bracketed:
                agency = _NOT_AGENCY.sub("", agency)
                start = match.start() - len(agency)
                yield DocumentName(start, match.end(), (), bare[start : match.end()])

    def _spread(self, name: DocumentName, text: str, kept: Sequence[int]) -> DocumentName:
        """The name with offsets into the text itself, and the quotation marks around it."""
        start, end = kept[name.start], kept[name.end - 1] + 1
        while start and _IGNORED.match(text[start - 1]) and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and _IGNORED.match(text[end]) and not text[end].isspace():
            end += 1
        return DocumentName(start, end, name.documents, name.words)


def _year_and_number(found: re.Match[str]) -> tuple[int, int]:
    return number_value(found[1]), number_value(found[2])


def squeeze(text: str) -> str:
    """A title or number as names are compared: folded, without blanks and quotation marks."""
    return _IGNORED.sub("", fold(text))


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
