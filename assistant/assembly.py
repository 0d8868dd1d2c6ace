"""From what is said to an Answer that keeps the laws; one that breaks a law never leaves."""

import logging
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from assistant.answer import Answer, Audience, Block, BlockKind, Reason, Status, Understood, check
from assistant.channels.closing import Closing
from assistant.composition.text import render_text
from assistant.messages import Messages
from assistant.question.question import Reading
from assistant.replies.reply import Reply
from assistant.replies.validity import with_validity
from corpus.corpus import Corpus

_LOG = logging.getLogger(__name__)


class Assembler:
    """Makes the answers of one index. Safe from several threads."""

    def __init__(
        self, corpus: Corpus, index_version: str, close: Closing, new_id: Callable[[], str] = lambda: uuid4().hex
    ) -> None:
        self.law_violations = 0  # answers withheld since start; each is logged
        self._corpus = corpus
        self._index_version = index_version
        self._close = close
        self._new_id = new_id

    def assemble(
        self,
        reply: Reply,
        reading: Reading,
        words: Messages,
        understood: Understood,
        reader: Audience | None = Audience.CITIZEN,
    ) -> Answer:
        """The reply as an answer, with the validity of what it cites as of the day that the question is about.

        Its reader is told at its end whom to turn to; None is one whose answer it is a part of.
        Instead of one that breaks a law a refusal: nobody is shown a quote that fails.
        """
        question, as_of = reading.text, reading.law.as_of
        reply = with_validity(reply, reading, self._corpus, words)
        if reader is not None:
            reply = self._close(reply, reading.places.named, words, reader)
        answer = Answer(
            id=self._new_id(),
            question=question,
            language=words.code,
            status=reply.status,
            reason=reply.reason,
            text=render_text(reply.blocks, words),
            citations=reply.citations,
            related=reply.related,
            confidence=float(reply.status is Status.ANSWERED) if reply.confidence is None else reply.confidence,
            understood=understood,
            index_version=self._index_version,
            blocks=reply.blocks,
            choices=reply.choices,
            unanswered=reply.unanswered,
            as_of=as_of.isoformat(),
        )
        try:
            check(answer, lambda id_: self._corpus.document(self._corpus.clause(id_).document_id).text)
        except ValueError:
            self.law_violations += 1
            _LOG.exception("answer %s from index %s breaks a law and was withheld", answer.id, self._index_version)
            return _withheld(answer, words)
        return answer


def _withheld(answer: Answer, words: Messages) -> Answer:
    blocks = (
        Block(BlockKind.NOTICE, words("answer.withheld")),
        Block(BlockKind.CALL, words("answer.withheld_call")),
    )
    return replace(
        answer,
        status=Status.NO_ANSWER,
        reason=Reason.NOT_IN_DOCUMENTS,
        text=render_text(blocks, words),
        blocks=blocks,
        citations=(),
        choices=(),
        confidence=0.0,
    )
