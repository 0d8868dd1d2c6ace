"""The last answer in fewer and plainer words, which are those of the records: nothing is made up here."""

from collections.abc import Sequence

from assistant.answer import Audience, Block, BlockKind, Reason, Status
from assistant.composition.answer_blocks import gist_of, name_of
from assistant.composition.citations import address_of
from assistant.composition.compose import Composer
from assistant.replies.reply import Message, Reply
from corpus.clause import Clause
from corpus.corpus import Corpus


def simpler(
    message: Message, clauses: Sequence[Clause], corpus: Corpus, composer: Composer, *, said_before: bool
) -> Reply:
    """Of each clause its name, which is the shortest wording, its plain sentence, hard terms, where the text stands.

    `said_before` says that this is what the last message was answered with: then there are no simpler words.
    """
    words = message.words
    blocks = [Block(BlockKind.NOTICE, words("talk.simplest"))] if said_before else []
    for clause in clauses:
        blocks += _in_plain_words(clause, message, corpus, composer)
    if message.audience is not Audience.AGENT:
        blocks.append(Block(BlockKind.CALL, words("talk.explain_call")))
    return Reply(Status.NO_ANSWER, Reason.CONVERSATION, tuple(blocks))


def _in_plain_words(clause: Clause, message: Message, corpus: Corpus, composer: Composer) -> list[Block]:
    words, record = message.words, corpus.plain.get(clause.id)
    address = address_of(corpus.document(clause.document_id), clause, words)
    if record is None:
        return [Block(BlockKind.NOTICE, words("talk.no_plain", address=address)), *composer.hard_terms(clause, words)]
    return [
        Block(BlockKind.LEAD, words("talk.name", name=name_of(record, words))),
        Block(BlockKind.GIST, gist_of(record, words)),
        *composer.hard_terms(clause, words),
        Block(BlockKind.NOTICE, words("talk.text_at", address=address)),
    ]
