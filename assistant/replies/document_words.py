"""What is said of a document: a fact, with the words of its text that state it; its chapters; the documents held."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Block, BlockKind, Citation
from assistant.composition.answer_blocks import title_of
from assistant.messages import Messages
from assistant.question.chapters import Chapters
from assistant.replies.headings import heading_span
from assistant.replies.stated import Span, Stated, nearest_clause
from assistant.replies.validity import in_words, key_of
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.validity import SET_ASIDE, Standing

MOST = 10  # documents told of at once
FACTS = (
    "document_number",
    "document_issuer",
    "document_issued",
    "document_effective",
    "document_expires",
    "document_validity",
    "document_place",
)


@dataclass(frozen=True, slots=True)
class Told:
    """Some blocks with the citations that they bear, numbered from 1."""

    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...] = ()


class DocumentWords:
    """Finds words for documents in one language, as of one day."""

    def __init__(
        self,
        words: Messages,
        chapters: Chapters,
        clauses: Mapping[str, Sequence[Clause]],
        corpus: Corpus,
        as_of: date,
    ) -> None:
        """`clauses` are all clauses by document, of those that have some."""
        self._words = words
        self._chapters = chapters
        self._clauses = clauses
        self._corpus = corpus
        self._as_of = as_of

    def told(self, names: Iterable[str], document: Document) -> Told:
        """Some of `FACTS`: each by its value, then once the words of the text that state them.

        A fact that stands beside the text is told as that, and one that is not known as unknown.
        """
        stated = Stated(document, self._clauses[document.id])
        leads, notices, citations = list[Block](), list[Block](), list[Citation]()
        validity = self._corpus.validities.of(document.id, self._as_of)
        for name in names:
            if name == "document_expires" and validity.status is Standing.REPEALED:
                notices.append(Block(BlockKind.NOTICE, in_words(document.id, self._corpus, self._words, self._as_of)))
                continue
            value, spans = self._fact(name, document, stated)
            cited = [
                _cite(document, self._clauses[document.id], span, number)
                for number, span in enumerate(spans, len(citations) + 1)
            ]
            citations += cited
            if value is None:
                notices.append(self._notice(f"unknown_{name}", document))
                continue
            said = self._words(f"about_document.{name}", value=value)
            leads.append(Block(BlockKind.LEAD, said, tuple(citation.number for citation in cited)))
            if name == "document_validity" and validity.status in SET_ASIDE and not cited:
                notices.append(Block(BlockKind.NOTICE, in_words(document.id, self._corpus, self._words, self._as_of)))
            elif not cited:
                about = "of" if name == "document_validity" else "beside"
                notices.append(self._notice(about, document))
        return Told((*leads, *self._quotes(document, citations), *notices), tuple(citations))

    def _fact(self, name: str, document: Document, stated: Stated) -> tuple[str | None, list[Span]]:
        """The value of a fact in words, None where it is unknown, and where the text states it."""
        if name == "document_validity":
            spans = dict.fromkeys((*stated.effective(), *stated.expires()))
            return self._words(f"about_document.validity.{self._validity(document)}"), list(spans)
        value, find = {
            "document_number": (document.number, stated.number),
            "document_issuer": (document.issuer, stated.issuer),
            "document_issued": (self._day(document.issued), stated.issued),
            "document_effective": (self._day(document.effective), stated.effective),
            "document_expires": (self._day(document.expires), stated.expires),
            "document_place": (self._words.places(document.jurisdiction) or None, stated.places),
        }[name]
        return value, find()

    def _validity(self, document: Document) -> str:
        """What is known of it as of the day; that a text has begun to be in force does not say that it still is."""
        return key_of(self._corpus.validities.of(document.id, self._as_of))

    def _day(self, day: date | None) -> str | None:
        return self._words.day(day) if day else None

    def size(self, document: Document, *, listed: bool) -> Told:
        """How many chapters and clauses it has; the headings of the chapters where `listed`, else its last clause."""
        clauses, chapters = self._clauses[document.id], self._chapters.outermost(document.id)
        title = title_of(document, self._words)
        key = "about_document.size" if chapters else "about_document.size_without_chapters"
        blocks = [Block(BlockKind.LEAD, self._words(key, title=title, chapters=len(chapters), clauses=len(clauses)))]
        citations: list[Citation] = []
        divisions = Counter(clause.division for clause in clauses)
        if len(divisions) > 1:
            counts = (
                f"{name or self._words('about_document.main')} {self._words('about_document.clauses', count=n)}"
                for name, n in divisions.items()
            )
            blocks.append(
                Block(BlockKind.NOTICE, self._words("about_document.divisions", counts=self._words.list(counts)))
            )
        for chapter in chapters if listed else ():
            start = document.text.rfind(chapter.heading, 0, chapter.clauses[0].end)
            if start >= 0:
                citations.append(
                    _cite(document, chapter.clauses, (start, start + len(chapter.heading)), len(citations) + 1)
                )
                count = self._words("about_document.chapter_size", clauses=len(chapter.clauses))
                blocks.append(Block(BlockKind.NAME, count, (len(citations),)))
                blocks.append(Block(BlockKind.LIST, citations[-1].quote, (len(citations),)))
        if not citations:
            blocks.append(self._notice("last", document, number=clauses[-1].number))
            citations.append(_cite(document, clauses, heading_span(clauses[-1]), 1))
            blocks.append(Block(BlockKind.LIST, citations[-1].quote, (1,)))
        return Told(tuple(blocks), tuple(citations))

    def succession(self, document: Document) -> Told:
        """Which text has replaced a document, and which it has replaced itself, with the words that say so."""
        validity = self._corpus.validities.of(document.id, self._as_of)
        newer = self._corpus.document(validity.replaced_by) if validity.replaced_by else None
        blocks, citations = list[Block](), list[Citation]()
        for text, names in ((newer, self._names(document)), (document, validity.replaces or ())):
            if text is None or not names:
                continue
            spans = Stated(text, self._clauses.get(text.id, ())).repeals(names)
            citations += [_cite(text, self._clauses[text.id], span, len(citations) + 1) for span in spans]
            numbers = (len(citations),) if spans else ()
            blocks.append(
                Block(BlockKind.LEAD, self._replaces(document, newer if text is newer else None, names), numbers)
            )
        if not blocks:
            return Told((self._notice("unknown_document_successor", document),))
        return Told((*blocks, *self._quotes(newer or document, citations)), tuple(citations))

    def _replaces(self, document: Document, newer: Document | None, names: Sequence[str]) -> str:
        title = title_of(document, self._words)
        if newer is None:
            return self._words("about_document.replaces", title=title, older=self._words.list(names))
        number = self._words("about_document.numbered", number=newer.number) if newer.number else ""
        return self._words("about_document.replaced", title=title, newer=title_of(newer, self._words), number=number)

    @staticmethod
    def _names(document: Document) -> tuple[str, ...]:
        return tuple(filter(None, (document.number, document.title)))

    def held(self, documents: Sequence[Document], most: int, count: int = 0) -> Told:
        """The documents, at most so many, those that hold first: by title as printed and by what is known of each.

        `count` is how many there are, where these are only the first.
        """
        count = max(count, len(documents))
        aside = self._corpus.validities.set_aside(self._as_of)
        documents = sorted(documents, key=lambda one: one.id in aside)
        places = dict.fromkeys(place for one in documents for place in self._places(one))
        where = self._words("about_document.held_places", places=self._words.places(places)) if places else ""
        blocks = [Block(BlockKind.LEAD, self._words("about_document.held", count=count, places=where))]
        citations: list[Citation] = []
        for document in documents[:most]:
            clauses = self._clauses.get(document.id, ())
            spans = Stated(document, clauses).title() if clauses else []
            numbers = (len(citations) + 1,) if spans else ()
            blocks.append(Block(BlockKind.NAME, self._facts(document, len(clauses)), numbers))
            if spans:
                citations.append(_cite(document, clauses, spans[0], len(citations) + 1))
            title = citations[-1].quote if spans else document.title
            blocks.append(Block(BlockKind.LIST, title, numbers))
        if count > most:
            blocks += self.more(count - most).blocks
        return Told(tuple(blocks), tuple(citations))

    def newest(self, documents: Sequence[Document]) -> Told:
        """The document that was issued last, or else began to be in force last, among those whose day is known."""
        dated = [(day, one) for one in documents if (day := one.issued or one.effective)]
        if not dated:
            return Told((Block(BlockKind.NOTICE, self._words("about_document.none_dated")),))
        last = max(day for day, _ in dated)
        told = self.held([one for day, one in dated if day == last], MOST)
        said = self._words("about_document.newest", day=self._words.day(last))
        return Told((Block(BlockKind.LEAD, said), *told.blocks[1:]), told.citations)

    def _places(self, document: Document) -> tuple[str, ...]:
        """Its places, and those inside them of which some clause is."""
        inside = (place for clause in self._clauses.get(document.id, ()) for place in clause.jurisdiction)
        return tuple(dict.fromkeys((*document.jurisdiction, *inside)))

    def more(self, count: int) -> Told:
        """That so many further documents are not told of."""
        return Told((Block(BlockKind.NOTICE, self._words("about_document.more", count=count)),))

    def _facts(self, document: Document, clauses: int) -> str:
        """Place, number, day and size on one line, and that it does not hold; in another language its title too."""
        words, validity = self._words, self._corpus.validities.of(document.id, self._as_of)
        known = (
            None if words.is_chinese else document.title_en,
            words.places(document.jurisdiction),
            document.number,
            self._day(document.issued),
            words("about_document.clauses", count=clauses),
            words(f"document.status.{key_of(validity)}") if validity.status in SET_ASIDE else None,
        )
        return " · ".join(filter(None, known))

    def _notice(self, key: str, document: Document, **values: object) -> Block:
        said = self._words(f"about_document.{key}", title=title_of(document, self._words), **values)
        return Block(BlockKind.NOTICE, said)

    def _quotes(self, document: Document, citations: Sequence[Citation]) -> Iterator[Block]:
        if citations:
            numbers = tuple(citation.number for citation in citations)
            yield Block(BlockKind.SOURCE, title_of(document, self._words), numbers)
        for citation in citations:
            yield Block(BlockKind.QUOTE, citation.quote, (citation.number,))


def _cite(document: Document, clauses: Sequence[Clause], span: Span, number: int) -> Citation:
    """Words of a document, cited by its title: they stand in no clause, or are the heading of several."""
    start, end = span
    return Citation(
        number=number,
        clause_id=nearest_clause(clauses, start).id,
        part_id=None,
        label=f"《{document.title}》",
        document_title=document.title,
        jurisdiction=document.jurisdiction,
        quote=document.text[start:end],
        start=start,
        end=end,
        score=1.0,
    )
