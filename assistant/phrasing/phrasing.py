"""An answer in other words: what a model says of its quotes goes in front, where the gate lets all of it through.

Nothing of the answer is taken away or changed: status, citations, quotes, notices and confidence stay. A model is asked
where there is an answer in Chinese that quotes something; of a list there is nothing to say in other words.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Answer, Block, BlockKind, Status, check
from assistant.composition.text import render_text
from assistant.messages import messages
from assistant.operations.turn import leave_turn
from assistant.phrasing.endpoint import Endpoint, EndpointError
from assistant.phrasing.gate import accept
from assistant.phrasing.prompt import for_answer
from assistant.phrasing.reply import RefusedError, Sentence
from assistant.privacy.masking import mask

_LOG = logging.getLogger(__name__)
_MOST_CITATIONS = 9  # handles have one digit
_MOST_CHARACTERS = 3000  # of all quotes together


class Phrasing:
    """Puts answers in other words by one model. Safe from several threads."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def phrased(self, answer: Answer, text_of: Callable[[str], str]) -> Answer:
        """The answer with the sentences of the model, or as it is. Returns within the endpoint's time.

        `text_of` gives the text of the document that holds a clause, by the clause's id.
        """
        if not _can_be_phrased(answer):
            return answer
        quotes = {citation.number: citation.quote for citation in answer.citations}
        leave_turn()
        try:
            reply = self._endpoint.complete(for_answer(mask(answer.question), quotes))
            found = _with(answer, accept(reply, quotes), self._endpoint.model)
            check(found, text_of)
        except (EndpointError, RefusedError) as error:
            # A word alone: what a model says is shown to nobody where it is refused.
            _LOG.info("no phrasing of answer %s: %s %s", answer.id, type(error).__name__, error)
            self._endpoint.outcomes.add("refused" if isinstance(error, RefusedError) else "failed", str(error))
            return answer
        self._endpoint.outcomes.add("phrased")
        return found


def _can_be_phrased(answer: Answer) -> bool:
    kinds = {block.kind for block in answer.blocks}
    return (
        answer.status is Status.ANSWERED
        and messages(answer.language).is_chinese
        and BlockKind.QUOTE in kinds
        and BlockKind.LIST not in kinds
        and len(answer.citations) <= _MOST_CITATIONS
        and sum(len(citation.quote) for citation in answer.citations) <= _MOST_CHARACTERS
    )


def _with(answer: Answer, sentences: tuple[Sentence, ...], model: str) -> Answer:
    """The answer with these sentences behind the notices that it begins with."""
    at = next(n for n, block in enumerate(answer.blocks) if block.kind is not BlockKind.NOTICE)
    said = tuple(Block(BlockKind.PHRASED, f"{one.text}。", (one.number,)) for one in sentences)
    blocks = (*answer.blocks[:at], *said, *answer.blocks[at:])
    text = render_text(blocks, messages(answer.language))
    return replace(answer, blocks=blocks, text=text, phrased_by=model)
