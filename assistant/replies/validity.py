"""What is not in force is never read as if it were: a notice stands before the words of such a text."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from assistant.answer import Block, BlockKind, CitedValidity, Reason
from assistant.composition.answer_blocks import title_of
from assistant.messages import Messages
from assistant.question.question import Reading
from assistant.replies.reply import Reply
from corpus.corpus import Corpus
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
    if not reply.citations:
        named = tuple(_of_named(reply, reading, corpus, words))
        if not named and (told := _of_recalled((), reading, corpus, words)) and reply.reason in _FOUND_NOTHING:
            return replace(reply, blocks=told, reason=Reason.NOT_IN_DOCUMENTS)
        return replace(reply, blocks=(*named, *reply.blocks))
    documents = {one.number: corpus.clause(one.clause_id).document_id for one in reply.citations}
    known = {id_: corpus.validities.of(id_, as_of) for id_ in dict.fromkeys(documents.values())}
    blocks: list[Block] = []
    for block in reply.blocks:
        ids = dict.fromkeys(documents[number] for number in block.citations)
        for id_ in [one for one in ids if one in known and known[one].status in SET_ASIDE]:
            blocks.append(Block(BlockKind.NOTICE, in_words(id_, known.pop(id_), corpus, words)))
        blocks.append(block)
    citations = (
        replace(one, validity=_cited(corpus.validities.of(documents[one.number], as_of))) for one in reply.citations
    )
    told = _of_recalled(frozenset(documents.values()), reading, corpus, words)
    return replace(reply, blocks=(*told, *blocks), citations=tuple(citations))


def _of_recalled(cited: Collection[str], reading: Reading, corpus: Corpus, words: Messages) -> tuple[Block, ...]:
    """That what the message recalls no longer holds: beside what has replaced it, or, told by a sum, by itself."""
    told: list[Block] = []
    for one in dict.fromkeys(reading.recalls):
        validity = corpus.validities.of(one.document_id, reading.law.as_of)
        beside = validity.replaced_by in cited and one.document_id not in cited
        if beside or (not cited and one.by_sum):
            told.append(Block(BlockKind.NOTICE, in_words(one.document_id, validity, corpus, words)))
    return tuple(told)


def _of_named(reply: Reply, reading: Reading, corpus: Corpus, words: Messages) -> Iterator[Block]:
    known = {id_: corpus.validities.of(id_, reading.law.as_of) for id_ in sorted(reading.documents or ())}
    if reply.reason is Reason.NOT_IN_DOCUMENTS and all(one.status in SET_ASIDE for one in known.values()):
        for id_, validity in known.items():
            yield Block(BlockKind.NOTICE, in_words(id_, validity, corpus, words))


def not_in_force(document_id: str, as_of: date, corpus: Corpus, words: Messages) -> str:
    """That a document does not hold on a day, as a page says it; empty of one that holds or states nothing."""
    validity = corpus.validities.of(document_id, as_of)
    return in_words(document_id, validity, corpus, words) if validity.status in SET_ASIDE else ""


def key_of(validity: Validity) -> str:
    """What a validity is called in the messages."""
    return _KEYS[validity.status]


def in_words(document_id: str, validity: Validity, corpus: Corpus, words: Messages) -> str:
    """That a document is not in force: since when, and what has replaced it."""
    day = {
        Standing.REPEALED: validity.since,
        Standing.EXPIRED: validity.expires,
        Standing.NOT_YET: validity.effective,
    }.get(validity.status)
    key = f"validity.{key_of(validity)}" + ("" if day or validity.status is Standing.DRAFT else "_undated")
    said = words(key, title=title_of(corpus.document(document_id), words), day=words.day(day) if day else "")
    if validity.replaced_by is None:
        return said
    return said + words("validity.replaced", title=title_of(corpus.document(validity.replaced_by), words))


def _cited(validity: Validity) -> CitedValidity:
    return CitedValidity(
        status=validity.status.value,
        effective=validity.effective.isoformat() if validity.effective else None,
        expires=validity.expires.isoformat() if validity.expires else None,
        replaced_by=validity.replaced_by,
        replaces=validity.replaces,
    )
