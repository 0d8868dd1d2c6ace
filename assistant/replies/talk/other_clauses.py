"""What else the documents say on the earlier question: for one who asks for more, and for one who was told wrong."""

from collections.abc import Sequence
from itertools import islice

from assistant.answer import Audience, Block, BlockKind, Reason, Related, Status
from assistant.composition.citations import relate
from assistant.composition.compose import Composer
from assistant.question.talk import Act
from assistant.replies.reply import Message, Reply
from assistant.replies.talk.earlier import Spoken
from assistant.replies.talk.quoting import Quoting
from assistant.retrieval.retrieve import MAX_CLAUSES
from corpus.corpus import Corpus
from index.retriever import Hit


class OtherClauses:
    """Finds the clauses near an earlier question that nobody was shown yet. Safe from several threads."""

    def __init__(self, composer: Composer, quoting: Quoting, corpus: Corpus) -> None:
        self._composer = composer
        self._quoting = quoting
        self._corpus = corpus

    def more(self, message: Message, spoken: Spoken) -> Reply:
        """The next ones that answer; else that there are none, with the nearest."""
        found = spoken.found.result
        if spoken.found.reason is None and not found.reading.references.ids:
            further = list(islice(self._composer.answering(found, self._near(spoken)), MAX_CLAUSES))
            if further:
                return self._quoting.more(message, found, [hit.clause for hit in further])
        return self._without_quote(message, spoken, [message.words("talk.no_more")])

    def wrong(self, message: Message, spoken: Spoken) -> Reply:
        """That it was wrong, what is to be told, and the nearest others; the second time in a row, whom to ask."""
        words = message.words
        if spoken.earlier.act is Act.WRONG:
            return self._without_quote(message, spoken, [words("talk.wrong_again")])
        meant = "talk.what_is_meant_agent" if message.audience is Audience.AGENT else "talk.what_is_meant"
        return self._without_quote(message, spoken, [words("talk.wrong"), words(meant)])

    def _without_quote(self, message: Message, spoken: Spoken, texts: Sequence[str]) -> Reply:
        related = self._related(spoken, message.limit)
        if related:
            texts = [*texts, message.words("talk.nearest")]
        call = message.words("call.agent" if message.audience is Audience.AGENT else "talk.ask_call")
        blocks = (*(Block(BlockKind.NOTICE, text) for text in texts), Block(BlockKind.CALL, call))
        return Reply(Status.NO_ANSWER, Reason.CONVERSATION, blocks, related=related)

    def _near(self, spoken: Spoken) -> list[Hit]:
        """The hits whose clauses no answer to the question has cited."""
        shown = {clause.id for clause in spoken.clauses}.union(*(one.cited for one in spoken.earlier.answers))
        return [hit for hit in spoken.found.result.hits if hit.clause.id not in shown]

    def _related(self, spoken: Spoken, limit: int) -> tuple[Related, ...]:
        if spoken.found.reason in (Reason.OUT_OF_SCOPE, Reason.UNREADABLE, Reason.PLACE_NOT_COVERED):
            return ()
        return relate(self._near(spoken)[:limit], self._corpus)
