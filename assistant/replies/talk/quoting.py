"""Clauses quoted because of what was said of the talk: again, the others, the second one, the two side by side."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.answer import Block, BlockKind, Status
from assistant.composition.compose import Composer
from assistant.replies.reply import Message, Reply
from assistant.replies.talk.earlier import Spoken
from assistant.replies.talk.lists import listed_in
from assistant.replies.talk.offices import telephones_in
from assistant.retrieval.elsewhere import holds_only_for
from assistant.retrieval.result import RetrievalResult
from corpus.addresses.clause_references import ClauseReferences
from corpus.clause import Clause, Part
from corpus.corpus import Corpus
from corpus.label import label
from index.retriever import Hit


class Quoting:
    """Quotes clauses that were spoken of. Safe from several threads."""

    def __init__(self, composer: Composer, corpus: Corpus) -> None:
        self._composer = composer
        self._corpus = corpus

    def again(self, message: Message, spoken: Spoken) -> Reply:
        """The clauses last cited, as they answer the earlier question."""
        found = spoken.found.result
        only = holds_only_for(found, spoken.clauses, self._corpus)
        return self._quoted(message, found, spoken.clauses, message.words("talk.again"), holds_for=only)

    def sources(self, message: Message, spoken: Spoken) -> Reply:
        """Where all of them stand."""
        return self.source(message, spoken.found.result, spoken.clauses)

    def more(self, message: Message, found: RetrievalResult, clauses: Sequence[Clause]) -> Reply:
        """Further clauses that answer it."""
        return self._quoted(message, found, clauses, message.words("talk.more"))

    def source(
        self, message: Message, found: RetrievalResult, clauses: Sequence[Clause], part: Part | None = None
    ) -> Reply:
        """Where it stands, and the words; of one clause or part its address in the first line, and all of them."""
        if len(clauses) > 1:
            return self._quoted(message, _asking(found), clauses)
        document = self._corpus.document(clauses[0].document_id)
        address = label(document, clauses[0], part, message.words.code)
        quoted = self._quoted(message, _asking(found, [part.id if part else clauses[0].id]), clauses)
        numbers = tuple(citation.number for citation in quoted.citations)
        lead = Block(BlockKind.LEAD, message.words("answer.clause", address=address), numbers)
        return replace(quoted, blocks=(lead, *quoted.blocks))

    def kinds(self, message: Message, spoken: Spoken) -> Reply:
        """The items that the first of the clauses with a list lists; where none has one, what answers in the first."""
        found, clauses = spoken.found.result, spoken.clauses
        clause, items = next(((one, parts) for one in clauses if (parts := listed_in(one))), (clauses[0], ()))
        lead = message.words("talk.kinds", count=len(items)) if items else message.words("talk.no_list")
        return self._quoted(message, _asking(found, [part.id for part in items]), [clause], lead)

    def numbers(self, message: Message, found: RetrievalResult, clauses: Sequence[Clause]) -> Reply:
        """The words of these clauses that state telephone numbers, which stand in the first line."""
        asked = replace(found, reading=message.reading, query=message.reading.alone)
        quoted = self._quoted(message, asked, clauses)
        numbers = tuple(dict.fromkeys(number for clause in clauses for number in telephones_in(clause)))
        stated = tuple(one.number for one in quoted.citations if any(number in one.quote for number in numbers))
        lead = Block(BlockKind.LEAD, message.words("talk.number", numbers=message.words.list(numbers)), stated)
        return replace(quoted, blocks=(lead, *quoted.blocks))

    def side_by_side(self, message: Message, found: RetrievalResult, clauses: Sequence[Clause]) -> Reply:
        """Several clauses, each under its place and name."""
        lead = message.words("talk.difference", count=len(clauses))
        return self._quoted(message, _asking(found), clauses, lead)

    def _quoted(
        self,
        message: Message,
        found: RetrievalResult,
        clauses: Sequence[Clause],
        first: str = "",
        *,
        holds_for: tuple[str, ...] = (),
    ) -> Reply:
        """An answer that quotes these clauses; `first` is said before it."""
        by_id = {hit.clause.id: hit for hit in found.hits}
        hits = [by_id.get(clause.id) or Hit(clause, 0.0) for clause in clauses]
        blocks, citations = self._composer.quoting(found, hits, message.words, message.audience, holds_for=holds_for)
        before = (Block(BlockKind.NOTICE, first),) if first else ()
        related = self._composer.related(found, None, citations, message.limit)
        return Reply(Status.ANSWERED, None, (*before, *blocks), citations, related=related)


def _asking(found: RetrievalResult, whole: Collection[str] = ()) -> RetrievalResult:
    """The same as if nothing were asked but for these clauses and parts, quoted whole."""
    references = ClauseReferences(ids=tuple(whole))
    return replace(found, reading=replace(found.reading, intents=frozenset(), expected=(), references=references))
