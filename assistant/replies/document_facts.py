"""Questions about documents themselves: number, issuer, day, validity, place, size, and which ones are held.

What the text of a document states of it is quoted. What is only registered beside the text is told as that, and what is
not known is said to be unknown: nothing is guessed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import Block, BlockKind, Citation, Reason, Status
from assistant.question.chapters import Chapters
from assistant.question.document_questions import DocumentQuestion, read_document_question
from assistant.question.intents import intent
from assistant.question.named_documents import NamedDocuments
from assistant.question.places import place_words, without_places
from assistant.replies.document_words import FACTS, DocumentWords, Told
from assistant.replies.reply import Message, Reply, said
from assistant.replies.subject import documents_meant
from corpus.clause import Clause, Document
from corpus.packed.documents import LazyMapping
from corpus.text.characters import fold
from index.index import Index
from index.text.normalizer import normalize

MOST = 10  # documents told of in one reply: a longer list is no longer read
_SIZE, _CHAPTERS, _NEWEST, _HELD = "document_size", "document_chapters", "document_newest", "documents_held"
_SUCCESSOR = "document_successor"
_TITLE = re.compile(r"《([^《》]{1,60})》")
_NAMED_BY_KIND = ("document_expires", "document_effective", "document_validity")  # a licence has them too
_ABOUT = re.compile(
    r"\s(?:on|for|about|concerning|regarding|supporting|governing|regulating|promoting"
    r"|to (?:improve|support|promote|help|regulate))\s+"
    r"((?!\d)[a-z'-]{2,20}(?: (?!\d|still\b|in (?:force|effect)|valid|issued|published|take|come|came|took|expire|made)"
    r"[a-z'-]{1,20}){0,9})(?=\s*[?.!]*$|\s+(?:still\b|in (?:force|effect)\b|valid\b))",
    re.IGNORECASE,
)
_ALIKE = 0.3  # cosine with a title from which other words of a message name that document


class DocumentFacts:
    """Replies to questions about the documents of one index. Safe from several threads."""

    def __init__(self, index: Index) -> None:
        self._corpus = index.corpus
        self._named = NamedDocuments(index)
        self._chapters = Chapters(index.corpus.browsable.clauses)
        corpus = index.corpus
        self._clauses: Mapping[str, Sequence[Clause]] = LazyMapping((), lambda id_: corpus.clauses_of(id_) or None)

    def __call__(self, message: Message) -> Reply | None:
        """The reply; None where a message asks anything beside."""
        reading = message.reading
        if reading.references.absent or reading.references.ids:
            return None
        text, strange = self._without_strange_names(reading.bare.text)
        text, about = _described(text) if reading.references.documents else (text, "")
        normal = reading.bare.normal if text == reading.bare.text else normalize(text)
        asked = read_document_question(without_places(normal))
        if not asked.facts or (not reading.references.documents and _asks_of_a_thing(asked, reading.normal)):
            return None
        strange = reading.references.not_held or strange
        if strange:
            return said(Reason.NOT_IN_DOCUMENTS, message.words("refusal.not_held", titles=message.words.list(strange)))
        documents = [one for one in documents_meant(message, self._corpus) if one.id in self._clauses]
        if not documents and _HELD in asked.facts:  # so many that nobody lists them
            documents = list(self._corpus.documents[:MOST])
        if about and not asked.rest:
            documents = self._named.nearest(about, documents)
        if asked.rest:
            named = reading.references.documents or not reading.places.covered
            documents = [] if named else self._named.nearest(asked.rest, documents, _ALIKE)
        if not reading.references.documents and _HELD not in asked.facts:
            documents = _those_in_force(documents, message)
        if not documents or reading.places.only_missing:
            return None
        if not {_SIZE, _CHAPTERS}.isdisjoint(asked.facts) and self._is_about_part(message, documents):
            return None
        return self._tell(asked.facts, documents, message)

    def _tell(self, asked: Sequence[str], documents: Sequence[Document], message: Message) -> Reply:
        speaker = DocumentWords(message.words, self._chapters, self._clauses, self._corpus, message.reading.law.as_of)
        here = place_words(message.reading.normal) or message.reading.places.strict
        if _HELD in asked:
            every = self._corpus.browsable.documents or self._corpus.documents[:MOST]
            count = 0 if here else len(self._corpus.documents)
            return _reply([speaker.held(documents if here else every, MOST, count)])
        if _NEWEST in asked:
            among = documents if here else [one for one in self._corpus.browsable.documents if one.id in self._clauses]
            return _reply([speaker.newest(among)])
        told = []
        for one in documents[:MOST]:
            if facts := [name for name in asked if name in FACTS]:
                told.append(speaker.told(facts, one))
            if _SUCCESSOR in asked:
                told.append(speaker.succession(one))
            if not {_SIZE, _CHAPTERS}.isdisjoint(asked):
                told.append(speaker.size(one, listed=_CHAPTERS in asked))
        return _reply([*told, *([speaker.more(len(documents) - MOST)] if len(documents) > MOST else [])])

    def _without_strange_names(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The text without the names of documents that are not held, and these names."""
        names = self._corpus.address_book.names
        spans = [(name.start, name.end) for name in names.find(fold(text)) if not name.documents]
        spans += [match.span() for match in _TITLE.finditer(text) if names.held(match[1]) is None]
        rest = text
        for start, end in sorted(spans, reverse=True):
            rest = f"{rest[:start]} {rest[end:]}"
        return rest, tuple(text[start:end] for start, end in sorted(spans))

    def _is_about_part(self, message: Message, documents: Sequence[Document]) -> bool:
        """Whether it asks how many clauses a city has in the document of its province."""
        places = message.reading.own_places.covered
        return bool(places) and not any(set(places) <= set(one.jurisdiction) for one in documents)


def _those_in_force(documents: Sequence[Document], message: Message) -> list[Document]:
    """Of documents that nobody has named, those that hold, where some do; not of one that was just spoken of."""
    held = message.reading.in_force
    return [one for one in documents if held is None or one.id in held] or list(documents)


def _described(text: str) -> tuple[str, str]:
    """A question in English without what it says a document is about, and that: … the measures on school buses."""
    match = _ABOUT.search(text)
    return (f"{text[: match.start()]} {text[match.end() :]}", match[1]) if match else (text, "")


def _asks_of_a_thing(asked: DocumentQuestion, normal: str) -> bool:
    """Whether it may be a licence's validity that is asked for: nothing says that a document is meant."""
    if _SUCCESSOR in asked.facts:  # 换成日照
        return not intent("names_kind").found_in(normal)
    if asked.rest:
        return not intent("names_benefit").found_in(asked.rest)
    of_things = set(asked.facts) <= {*_NAMED_BY_KIND} - {"document_validity"}
    return of_things and not intent("names_kind").found_in(normal)


def _reply(told: Sequence[Told]) -> Reply:
    """All of it with citations numbered through; an answer where a text is quoted."""
    blocks: list[Block] = []
    citations: list[Citation] = []
    for one in told:
        offset = len(citations)
        citations += [replace(citation, number=citation.number + offset) for citation in one.citations]
        blocks += [replace(block, citations=tuple(n + offset for n in block.citations)) for block in one.blocks]
    if citations:
        return Reply(Status.ANSWERED, None, tuple(blocks), tuple(citations), matters=())
    plain = [replace(one, kind=BlockKind.NOTICE) if one.kind is BlockKind.LEAD else one for one in blocks]
    return Reply(Status.NO_ANSWER, Reason.CONVERSATION, tuple(plain))
