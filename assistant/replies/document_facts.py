"""Questions about documents themselves: number, issuer, day, validity, place, size, and which ones are held.

What the text of a document states of it is quoted. What is only registered beside the text is told as that, and what is
not known is said to be unknown: nothing is guessed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Block, BlockKind, Citation, Reason, Status
from assistant.question.chapters import Chapters
from assistant.question.intents import intent
from assistant.question.places import place_words, without_places
from assistant.question.references import without_addresses
from assistant.replies.document_words import FACTS, DocumentWords, Told
from assistant.replies.reply import Message, Reply, said
from assistant.replies.subject import documents_meant
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.text.characters import fold
from index.text.normalizer import normalize

MOST = 10  # documents told of in one reply: a longer list is no longer read
_SIZE, _HELD = "document_size", "documents_held"
_KINDS = (*FACTS, _SIZE, _HELD)
_TITLE = re.compile(r"《([^《》]{1,60})》")
_NAMED_BY_KIND = ("document_expires", "document_effective")  # a licence has them too


class DocumentFacts:
    """Replies to questions about the documents of one corpus. Safe from several threads."""

    def __init__(self, corpus: Corpus, today: Callable[[], date] = date.today) -> None:
        self._corpus = corpus
        self._chapters = Chapters(corpus.clauses)
        self._today = today
        self._clauses: dict[str, list[Clause]] = {}
        for clause in corpus.clauses:
            self._clauses.setdefault(clause.document_id, []).append(clause)

    def __call__(self, message: Message) -> Reply | None:
        """The reply; None where a message asks anything beside."""
        reading = message.reading
        if reading.intents.isdisjoint(_KINDS) or reading.references.absent:
            return None
        text, strange = self._without_strange_names(without_addresses(reading.meant, reading.references))
        asked = facts_asked(without_places(normalize(text)))
        if not asked or (not reading.references.documents and _asks_of_a_thing(asked, reading.normal)):
            return None
        if strange:
            return said(Reason.NOT_IN_DOCUMENTS, message.words("refusal.not_held", titles=message.words.list(strange)))
        documents = [one for one in documents_meant(message, self._corpus) if one.id in self._clauses]
        if reading.places.only_missing or (_SIZE in asked and self._is_about_part(message, documents)):
            return None
        return self._tell(asked, documents, message)

    def _tell(self, asked: Sequence[str], documents: Sequence[Document], message: Message) -> Reply:
        speaker = DocumentWords(message.words, self._chapters, self._clauses, self._today())
        if _HELD in asked:
            here = place_words(message.reading.normal) or message.reading.places.strict
            return _reply([speaker.held(documents if here else self._corpus.documents, MOST)])
        facts = [name for name in asked if name != _SIZE]
        told = [speaker.told(facts, one) for one in documents[:MOST] if facts]
        told += [speaker.size(one) for one in documents[:MOST] if _SIZE in asked]
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


def facts_asked(normal: str) -> tuple[str, ...]:
    """What a message in normal form asks of documents, in its order; nothing where it says anything else."""
    found: dict[str, None] = {}
    at = 0
    while at < len(normal):
        ends = {name: match.end() for name in _KINDS if (match := intent(name).pattern.match(normal, at))}
        name = max(ends, key=lambda one: ends[one], default=None)
        beside = intent("document_words").pattern.match(normal, at)
        if name is not None and ends[name] > at:
            found[name] = None
            at = ends[name]
        elif beside and beside.end() > at:
            at = beside.end()
        elif normal[at].isalnum():
            return ()
        else:
            at += 1
    return tuple(found)


def _asks_of_a_thing(asked: Sequence[str], normal: str) -> bool:
    """Whether it may be a licence's validity that is asked for: nothing says that a document is meant."""
    return set(asked) <= set(_NAMED_BY_KIND) and not intent("names_kind").found_in(normal)


def _reply(told: Sequence[Told]) -> Reply:
    """All of it with citations numbered through; an answer where a text is quoted."""
    blocks: list[Block] = []
    citations: list[Citation] = []
    for one in told:
        offset = len(citations)
        citations += [replace(citation, number=citation.number + offset) for citation in one.citations]
        blocks += [replace(block, citations=tuple(n + offset for n in block.citations)) for block in one.blocks]
    if citations:
        return Reply(Status.ANSWERED, None, tuple(blocks), tuple(citations))
    plain = [replace(one, kind=BlockKind.NOTICE) if one.kind is BlockKind.LEAD else one for one in blocks]
    return Reply(Status.NO_ANSWER, Reason.CONVERSATION, tuple(plain))
