"""Beside the words of a text that does not hold: the clause that holds in their place, quoted."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assistant.answer import Block, BlockKind, Citation
from assistant.composition.citations import address_of, cite_clause
from assistant.messages import Messages
from assistant.replies.reply import Reply
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.text.sentences import sentences
from corpus.validity import SET_ASIDE

_LONGEST = 240  # characters of a clause that is quoted whole; of a longer one its first sentence is


def with_clauses_in_force(reply: Reply, as_of: date, corpus: Corpus, words: Messages) -> Reply:
    """The reply with, behind the words of each document that does not hold, the clause that does in their place.

    Of several clauses of one document that are cited, the first is meant; nothing is quoted twice.
    """
    first: dict[str, Citation] = {}
    for citation in reply.citations:
        first.setdefault(corpus.clause(citation.clause_id).document_id, citation)
    cited = {citation.clause_id for citation in reply.citations}
    added: dict[str, Citation] = {}  # by the document that does not hold
    for id_, citation in first.items():
        if corpus.validities.of(id_, as_of).status not in SET_ASIDE:
            continue
        clause = corpus.successions.clause_in_place_of(corpus.clause(citation.clause_id), as_of)
        if clause is not None and clause.id not in cited:
            cited.add(clause.id)
            number, text = len(reply.citations) + len(added) + 1, corpus.document(clause.document_id).text
            added[id_] = cite_clause(number, clause, _quoted(clause, text), corpus, citation.score)
    if not added:
        return reply
    return replace(
        reply,
        blocks=tuple(_blocks(reply, added, corpus, words)),
        citations=(*reply.citations, *added.values()),
        related=tuple(one for one in reply.related if one.clause_id not in cited),
    )


def _blocks(reply: Reply, added: Mapping[str, Citation], corpus: Corpus, words: Messages) -> Iterator[Block]:
    """The blocks, each clause in force behind the last block of the document that it stands for."""
    document_of = {one.number: corpus.clause(one.clause_id).document_id for one in reply.citations}
    last: dict[int, list[str]] = {}
    for id_ in added:
        position = max(at for at, one in enumerate(reply.blocks) if id_ in {document_of[n] for n in one.citations})
        last.setdefault(position, []).append(id_)
    for position, block in enumerate(reply.blocks):
        yield block
        for id_ in last.get(position, ()):
            citation = added[id_]
            clause = corpus.clause(citation.clause_id)
            address = address_of(corpus.document(clause.document_id), clause, words)
            yield Block(BlockKind.SOURCE, words("validity.in_force", address=address), (citation.number,))
            yield Block(BlockKind.QUOTE, citation.quote, (citation.number,))


def _quoted(clause: Clause, text: str) -> tuple[int, int]:
    """Its words without its number: all of a short clause, the first sentence of a long one."""
    begin, end = clause.body_start, clause.end
    words = text[begin:end]
    spans = sentences(words)
    if not spans:
        return clause.start, clause.end
    last = spans[-1][1] if len(words) <= _LONGEST else spans[0][1]
    return begin + spans[0][0], begin + last
