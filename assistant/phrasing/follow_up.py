"""A follow-up question completed by a model: accepted only where it adds words that the user has said before.

Everything of the question must still be there, in its order, and whatever is new must stand in what was said. So a
completion turns no question into another one; whether it is answered is decided by what is found, as ever.
"""

import logging
from collections.abc import Sequence

from assistant.operations.turn import leave_turn
from assistant.phrasing.endpoint import Endpoint, EndpointError
from assistant.phrasing.prompt import for_follow_up
from assistant.privacy.masking import mask
from assistant.question.history import TURNS, Turn, user_messages
from corpus.text.characters import fold
from index.text.tokenizer import segment

_LOG = logging.getLogger(__name__)
_LONGEST = 120  # characters of what is completed, and of what comes back
_POINTING = frozenset(
    ["那", "这", "它", "他", "她", "呢", "这个", "那个", "那么", "这样", "那样", "其", "该", "的话"]
)  # a completion may replace them
_LINKING = frozenset(["的", "在", "了", "和", "时", "后", "？", "?", "，", ",", "。"])  # a completion may add them


def completed(question: str, history: Sequence[Turn], endpoint: Endpoint) -> str:
    """The question with what it leaves unsaid, or as it is. Returns within the endpoint's time."""
    before = [mask(said) for said in user_messages(history)][:TURNS]
    asked = mask(question)
    if not before or asked != question or len(question) > _LONGEST:
        return question
    leave_turn()
    try:
        proposed = endpoint.complete(for_follow_up(asked, before[::-1])).strip()
    except EndpointError as error:
        _LOG.info("no completion of a question: %s", error)
        return question
    return proposed if is_completion(proposed, question, before) else question


def is_completion(proposed: str, question: str, before: Sequence[str]) -> bool:
    """Whether a text holds all words of the question in their order, and beside them words of `before` alone."""
    if len(proposed) > _LONGEST or "\n" in proposed:
        return False
    said = "\n".join(map(fold, before))
    words = _words(proposed)
    left = [word for word in _words(question) if word not in _POINTING]
    for word in words:
        if left and word == left[0]:
            left.pop(0)
        elif word not in _LINKING and (word not in said or not _is_worded(word)):
            return False
    return not left


def _words(text: str) -> list[str]:
    return [piece for piece in segment(fold(text)).pieces if piece.strip()]


def _is_worded(word: str) -> bool:
    """Whether it is made of Chinese characters, letters and figures; signs are not taken over."""
    return word.isalnum()
