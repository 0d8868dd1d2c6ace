"""Questions that the page itself offers: those to start from, and what may be asked next."""

from collections.abc import Sequence
from threading import Lock

from cachetools import LRUCache

from assistant.service import Assistant

_MOST = 10_000  # pairs of question and places


class AnsweredQuestions:
    """Whether a ready-made question is answered, worked out once and remembered.

    There are few of them: the topics and the names of clauses, each for the places that somebody spoke of. Safe from
    several threads.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._known: LRUCache[tuple[str, str, tuple[str, ...]], bool] = LRUCache(_MOST)
        self._lock = Lock()

    def __call__(self, question: str, places: Sequence[str] = ()) -> bool:
        """Whether it is answered for these places; for any, where none is named."""
        key = self._assistant.index.version, question, tuple(places)
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = self._assistant.answers(question, jurisdiction=places)
            with self._lock:
                self._known[key] = known
        return known
