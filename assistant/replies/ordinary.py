"""What an ordinary question is answered with, or refused, from what was looked up for it."""

from collections.abc import Callable, Sequence

from assistant.answer import Audience, Citation, Reason, Status
from assistant.composition.compose import Composer
from assistant.messages import Messages
from assistant.question.history import Turn
from assistant.replies.reply import Reply
from assistant.retrieval.result import Lookup

_NEAR_MISSES = (Reason.NOT_IN_DOCUMENTS, Reason.PLACE_NOT_COVERED)  # other questions would be no help


class Ordinary:
    """Finds words for look-ups. Safe from several threads."""

    def __init__(self, composer: Composer, examples: Callable[[str], Sequence[str]]) -> None:
        """`examples` gives questions that the documents answer, by the code of their language."""
        self._composer = composer
        self._examples = examples

    def __call__(
        self, found: Lookup, words: Messages, limit: int, history: Sequence[Turn], audience: Audience
    ) -> Reply:
        """The quoted clauses, or why there is no answer; `limit` bounds the related clauses."""
        citations: tuple[Citation, ...] = ()
        matters: tuple[str, ...] | None = None
        if found.reason is None:
            blocks, citations = self._composer.answer(found.result, words, audience, history)
        else:
            examples = () if found.reason in _NEAR_MISSES else self._examples(words.code)
            blocks, matter = self._composer.refusal(
                found, found.reason, words, history=history, audience=audience, examples=examples
            )
            matters = (matter.id,) if matter else ()
        return Reply(
            status=Status.NO_ANSWER if found.reason else Status.ANSWERED,
            reason=found.reason,
            blocks=blocks,
            citations=citations,
            related=self._composer.related(found.result, found.reason, citations, limit),
            matters=matters,
            confidence=round(found.confidence, 4),
        )
