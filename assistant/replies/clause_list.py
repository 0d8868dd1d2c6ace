"""A list of clauses in words: how many, each under its document and chapter, and what is not shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from assistant.answer import Block, BlockKind, Citation
from assistant.composition.answer_blocks import name_of, title_of, titles_of
from assistant.composition.citations import cite_clause
from assistant.messages import Messages
from assistant.question.chapters import Chapter
from assistant.replies.headings import heading_span
from corpus.clause import Clause, Document
from corpus.corpus import Corpus


@dataclass(frozen=True, slots=True)
class ClauseList:
    """What is listed, and how it was asked for."""

    clauses: tuple[Clause, ...]  # that are shown, in the order of the corpus
    count: int  # of all that fit
    places: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()  # named
    chapters: tuple[Chapter, ...] = ()  # named
    matters: tuple[str, ...] = ()  # that they are about; none where everything is listed
    wider: int = 0  # clauses of the places around, which apply too and are not listed


def list_blocks(listed: ClauseList, corpus: Corpus, words: Messages) -> tuple[tuple[Block, ...], tuple[Citation, ...]]:
    """The blocks of the list and its citations; there must be a clause to show."""
    citations = [
        cite_clause(number, clause, heading_span(clause), corpus) for number, clause in enumerate(listed.clauses, 1)
    ]
    blocks = [Block(BlockKind.LEAD, _lead(listed, words))]
    for (document_id, path), group in groupby(citations, key=lambda one: _above(corpus.clause(one.clause_id))):
        entries = list(group)
        heading = " ".join((_called(corpus.document(document_id), words), *path[-1:]))
        blocks.append(Block(BlockKind.SOURCE, heading, tuple(citation.number for citation in entries)))
        for citation in entries:
            blocks += _entry(citation, corpus, words)
    return (*blocks, *_closing(listed, words)), tuple(citations)


def _above(clause: Clause) -> tuple[str, tuple[str, ...]]:
    return clause.document_id, clause.path


def _called(document: Document, words: Messages) -> str:
    """The short name of a document, as addresses print it: its number, or else its title."""
    return document.number if document.number and words.is_chinese else title_of(document, words)


def _entry(citation: Citation, corpus: Corpus, words: Messages) -> Iterator[Block]:
    if record := corpus.plain.get(citation.clause_id):
        yield Block(BlockKind.NAME, name_of(record, words), (citation.number,))
    yield Block(BlockKind.LIST, citation.quote, (citation.number,))


def _lead(listed: ClauseList, words: Messages) -> str:
    where = words("list.held")
    if listed.chapters:
        headings = dict.fromkeys(words("list.heading", heading=chapter.heading) for chapter in listed.chapters)
        where = words("list.chapter", headings=words.list(headings))
    elif listed.documents:
        key = "list.document_places" if listed.places else "list.document"
        where = words(key, titles=titles_of(listed.documents, words), places=words.places(listed.places))
    elif listed.places:
        where = words("list.places", places=words.places(listed.places))
    key = "list.about" if listed.matters else "list.all"
    return words(key, where=where, count=listed.count, matter=words.list(listed.matters))


def _closing(listed: ClauseList, words: Messages) -> Iterator[Block]:
    """What is left out, and how to ask for less."""
    if more := listed.count - len(listed.clauses):
        yield Block(BlockKind.NOTICE, words("list.more", more=more))
    if listed.wider:
        yield Block(BlockKind.NOTICE, words("list.wider", count=listed.wider, places=words.places(listed.places)))
    if listed.matters:
        yield Block(BlockKind.NOTICE, words("list.judged"))
