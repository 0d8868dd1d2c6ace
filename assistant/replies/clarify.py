"""One question back, where what was not said decides: the place, or which of several matters a single word means.

Each choice is looked up before it is offered, so that a tap on it is answered. Never twice in a row, and never where
one answer serves: the rules of up to three places stand side by side (`assistant/retrieval/elsewhere.py`).
"""

from collections.abc import Callable, Iterable, Sequence

from assistant.answer import Answer, Block, BlockKind, Choice, Status
from assistant.question.history import USER
from assistant.replies.asking import Asks, look_up_beside
from assistant.replies.matter_choices import MOST, MatterChoices
from assistant.replies.place_choices import PlaceChoices
from assistant.replies.question_back import question_back
from assistant.replies.reply import Message, Reply
from assistant.retrieval.result import Lookup

_KINDS = ("clarify.matter", "clarify.place")  # keys of the lines that ask
_ELSEWISE = frozenset(("which_place", "which_clause", "several_clauses", "compares_places"))


class Clarifier:
    """Asks back over one corpus. Safe from several threads."""

    def __init__(self, asker: Asks) -> None:
        self._asker = asker
        places = PlaceChoices(asker)
        self._offers: tuple[Callable[[Message, Lookup], Iterable[Choice]], ...] = (MatterChoices(asker, places), places)

    def __call__(self, message: Message, found: Lookup) -> Reply | None:
        """The question back; None where the message is to be answered as it was found."""
        reading = message.reading
        plain = not (reading.refusal or reading.references.names_clause or not reading.intents.isdisjoint(_ELSEWISE))
        if not plain or reading.places.missing or not found.result.hits or found.result.used_history:
            return None
        if _was_asked(message):
            return None
        for key, offers in zip(_KINDS, self._offers, strict=True):
            choices = tuple(offers(message, found))
            if len(choices) > 1:
                return _asked_back(message.words(key), choices[:MOST], found)
            if choices and found.reason is not None:
                only = look_up_beside(self._asker, message, choices[0].question, message.history)
                return _reply(self._asker.answer_alone(message, only, message.history))
        return None


def _asked_back(line: str, choices: Sequence[Choice], found: Lookup) -> Reply:
    blocks = (Block(BlockKind.LEAD, line), *(Block(BlockKind.CHOICE, choice.label) for choice in choices))
    return Reply(Status.CLARIFY, None, blocks, choices=tuple(choices), confidence=round(found.confidence, 4))


def _reply(answer: Answer) -> Reply:
    """The only choice, answered at once."""
    said = answer.blocks, answer.citations, answer.choices, answer.unanswered, answer.related, answer.confidence
    return Reply(answer.status, answer.reason, *said)


def _was_asked(message: Message) -> bool:
    """Whether the last thing said was a question back, or the same was asked just before."""
    last = next((turn for turn in reversed(message.history) if turn.role == USER), None)
    return bool(question_back(message.history) or (last and last.content == message.reading.text))
