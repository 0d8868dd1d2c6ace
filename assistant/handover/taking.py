"""What of a conversation is handed over: everything that was said, without what names a person."""

from collections.abc import Callable, Iterator, Sequence

from assistant.feedback.recorded import kept
from assistant.handover.conversation import Conversation, is_a_question
from assistant.question.history import ASSISTANT, USER, Turn
from assistant.replies.question_back import question_back, settled
from corpus.corpus import Corpus


def taken(
    history: Sequence[Turn],
    corpus: Corpus,
    *,
    place: str | None = None,
    wanted: str | None = None,
    without: Callable[[str], str] = str,
) -> Conversation:
    """A conversation that was sent, which may be anything: masked, and citing no clause that there is not.

    `without` takes out of a text what only the asker's own words would tell: the number that was left.
    """

    def masked(text: str | None) -> str:
        return without(kept(text or "")).strip()

    turns = tuple(
        Turn(turn.role, masked(turn.content), tuple(id_ for id_ in turn.clause_ids if corpus.clause_of(id_)))
        for turn in history
        if turn.content.strip()
    )
    left = tuple(dict.fromkeys(_left(turns)))
    return Conversation(turns, left, " ".join(masked(place).split()) or None, masked(wanted) or None)


def _left(turns: Sequence[Turn]) -> Iterator[str]:
    """The questions that no clause answered; of one that was asked back, what became of it."""
    for at, turn in enumerate(settled(turns)):
        if turn.role != USER or not is_a_question(turns[at].content):
            continue
        reply = turns[at + 1] if at + 1 < len(turns) and turns[at + 1].role == ASSISTANT else None
        asked_back = reply and question_back(turns[: at + 2]) and _goes_on(turns[at + 2 :])
        if not (reply and reply.clause_ids) and not asked_back:
            yield turn.content


def _goes_on(turns: Sequence[Turn]) -> bool:
    return any(turn.role == USER and is_a_question(turn.content) for turn in turns)
