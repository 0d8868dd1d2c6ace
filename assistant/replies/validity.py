"""What is not in force is never read as if it were.

A notice stands before the words of such a text, its address says so wherever it is copied, and the clause that holds in
its place stands beside it.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from assistant.answer import Block, BlockKind, Citation, CitedValidity, Reason, Related
from assistant.composition.answer_blocks import title_of
from assistant.messages import Messages
from assistant.question.question import Reading
from assistant.replies.in_force import with_clauses_in_force
from assistant.replies.reply import Reply
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.label import number_in
from corpus.validity import SET_ASIDE, Standing, Validity

_FOUND_NOTHING = (Reason.NOT_IN_DOCUMENTS, Reason.OUT_OF_SCOPE)
_KEYS = {
    Standing.IN_FORCE: "in_force",
    Standing.NOT_YET: "not_yet",
    Standing.AMENDED: "amended",
    Standing.REPEALED: "repealed",
    Standing.EXPIRED: "expired",
    Standing.UNSTATED: "unknown",
    Standing.DRAFT: "draft",
}


def with_validity(reply: Reply, reading: Reading, corpus: Corpus, words: Messages) -> Reply:
    """The reply with the validity of each document that it cites, said before the first words of one not in force.

    Of a refusal that looked into none but such texts, said before it.
    """
    as_of = reading.law.as_of
    is_of_clauses = reply.confidence is not None  # not of what is asked about a document as a whole
    if is_of_clauses:
        reply = with_clauses_in_force(reply, as_of, corpus, words)
    reply = replace(reply, related=tuple(_marked(one, as_of, corpus, words) for one in reply.related))
    if not reply.citations:
        named = tuple(_of_named(reply, reading, corpus, words))
        if not named and (told := _of_recalled((), reading, corpus, words)) and reply.reason in _FOUND_NOTHING:
            return replace(reply, blocks=told, reason=Reason.NOT_IN_DOCUMENTS)
        return replace(reply, blocks=(*named, *reply.blocks))
    clauses = {one.number: corpus.clause(one.clause_id) for one in reply.citations}
    left = set(corpus.validities.set_aside(as_of)).intersection(one.document_id for one in clauses.values())
    blocks: list[Block] = []
    for block in reply.blocks:
        cited = {clauses[number].document_id: clauses[number] for number in reversed(block.citations)}
        for id_ in [one for one in cited if one in left]:
            left.remove(id_)
            about = in_words(id_, corpus, words, as_of, cited[id_] if is_of_clauses else None)
            blocks.append(Block(BlockKind.NOTICE, about))
        blocks.append(block)
    told = _of_recalled(frozenset(one.document_id for one in clauses.values()), reading, corpus, words)
    citations = tuple(_with_validity(one, clauses[one.number], as_of, corpus, words) for one in reply.citations)
    return replace(reply, blocks=(*told, *blocks), citations=citations)


def _marked(related: Related, as_of: date, corpus: Corpus, words: Messages) -> Related:
    return replace(
        related, label=related.label + mark(corpus.clause(related.clause_id).document_id, as_of, corpus, words)
    )


def _with_validity(citation: Citation, clause: Clause, as_of: date, corpus: Corpus, words: Messages) -> Citation:
    """The citation with the validity of its document, which its address says too where that does not hold."""
    return replace(
        citation,
        label=citation.label + mark(clause.document_id, as_of, corpus, words),
        validity=cited_validity(corpus.validities.of(clause.document_id, as_of)),
    )


def _of_recalled(cited: Collection[str], reading: Reading, corpus: Corpus, words: Messages) -> tuple[Block, ...]:
    """That what the message recalls no longer holds: beside what has replaced it, or, told by a sum, by itself."""
    told: list[Block] = []
    for one in dict.fromkeys(reading.recalls):
        validity = corpus.validities.of(one.document_id, reading.law.as_of)
        beside = validity.replaced_by in cited and one.document_id not in cited
        if beside or (not cited and one.by_sum):
            told.append(Block(BlockKind.NOTICE, in_words(one.document_id, corpus, words, reading.law.as_of)))
    return tuple(told)


def _of_named(reply: Reply, reading: Reading, corpus: Corpus, words: Messages) -> Iterator[Block]:
    known = {id_: corpus.validities.of(id_, reading.law.as_of) for id_ in sorted(reading.documents or ())}
    if reply.reason is Reason.NOT_IN_DOCUMENTS and all(one.status in SET_ASIDE for one in known.values()):
        for id_ in known:
            yield Block(BlockKind.NOTICE, in_words(id_, corpus, words, reading.law.as_of))


def not_in_force(document_id: str, as_of: date, corpus: Corpus, words: Messages, clause: Clause | None = None) -> str:
    """That a document, or a clause of it, does not hold on a day; empty of one that holds or states nothing."""
    validity = corpus.validities.of(document_id, as_of)
    return in_words(document_id, corpus, words, as_of, clause) if validity.status in SET_ASIDE else ""


def key_of(validity: Validity) -> str:
    """What a validity is called in the messages."""
    return _KEYS[validity.status]


def mark(document_id: str, as_of: date, corpus: Corpus, words: Messages) -> str:
    """What stands behind the address of a text that does not hold, in brackets; empty of one that holds."""
    validity = corpus.validities.of(document_id, as_of)
    return _since("mark_", validity, words) if validity.status in SET_ASIDE else ""


def _since(prefix: str, validity: Validity, words: Messages, title: str = "") -> str:
    day = {
        Standing.REPEALED: validity.since,
        Standing.EXPIRED: validity.expires,
        Standing.NOT_YET: validity.effective,
    }.get(validity.status)
    key = f"validity.{prefix}{key_of(validity)}" + ("" if day or validity.status is Standing.DRAFT else "_undated")
    return words(key, title=title, day=words.day(day) if day else "")


def in_words(document_id: str, corpus: Corpus, words: Messages, as_of: date, clause: Clause | None = None) -> str:
    """That a document is not in force: since when, and what holds in its place; of one of its clauses, which clause."""
    validity = corpus.validities.of(document_id, as_of)
    said = _since("", validity, words, title_of(corpus.document(document_id), words))
    holding = corpus.successions.document_in_place_of(document_id, as_of)
    if holding is None:
        newer = title_of(corpus.document(validity.replaced_by), words) if validity.replaced_by else validity.successor
        return said + (words("validity.replaced_too", title=newer) if newer else "")
    document = corpus.document(holding)
    in_place = corpus.successions.clause_in_place_of(clause, as_of) if clause else None
    number = number_in(document, in_place, words.code) if in_place else ""
    later = validity.status is Standing.NOT_YET
    if later:
        key = "until_then" if number else ""
    else:
        key = "replaced_clause" if number else "replaced_without" if clause else "replaced"
    return said + (words(f"validity.{key}", title=title_of(document, words), number=number) if key else "")


def cited_validity(validity: Validity) -> CitedValidity:
    """The same as an answer carries it."""
    return CitedValidity(
        status=validity.status.value,
        effective=validity.effective.isoformat() if validity.effective else None,
        expires=validity.expires.isoformat() if validity.expires else None,
        replaced_by=validity.replaced_by,
        replaces=validity.replaces,
    )
