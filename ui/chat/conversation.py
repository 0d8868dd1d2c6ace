"""What was said in each browser tab, kept on the server under a key that only the tab knows.

The browser sends a question and its key and cannot alter what was said before. A reload, or going to the page in
another language, finds the conversation again; two tabs have two keys and so two conversations.
"""

import re
from dataclasses import dataclass
from threading import Lock

from cachetools import TTLCache

from assistant.answer import Answer

_KEY = re.compile(r"[0-9a-f]{32}")
_OVERHEAD = 2000  # what an exchange takes beside its texts, in characters


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answer, and the questions offered after it."""

    answer: Answer
    follow_ups: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How much room it takes, in characters: one to three bytes each (measured on greetings and long answers)."""
        answer = self.answer
        texts = (answer.question, answer.text, answer.understood.query, *self.follow_ups)
        pieces = (block.text for block in answer.blocks)
        labels = (near.label for near in answer.related)
        return _OVERHEAD + sum(map(len, (*texts, *pieces, *labels))) + sum(len(c.label) for c in answer.citations)


Conversation = tuple[Exchange, ...]


def _size(conversation: Conversation) -> int:
    return sum(exchange.size for exchange in conversation)


class Conversations:
    """Conversations of at most `max_size` characters together (see Exchange.size): by default, 150 MB at the most.

    Where there is no more room the longest idle ones are dropped, and each ends after `idle` seconds without use.
    Safe from several threads. A key that is not 32 hexadecimal digits has no conversation and keeps none.
    """

    def __init__(self, max_size: int = 50_000_000, idle: float = 3600) -> None:
        self._kept: TTLCache[str, Conversation] = TTLCache(max_size, idle, getsizeof=_size)
        self._lock = Lock()

    def get(self, key: str) -> Conversation:
        """What was said under this key; reading it counts as use."""
        with self._lock:
            found = self._kept.pop(key, ())
            if found:
                self._kept[key] = found
            return found

    def keep(self, key: str, conversation: Conversation) -> None:
        """Replace what was said under this key; one that is empty, or alone too large, is forgotten."""
        with self._lock:
            self._kept.pop(key, None)
            if conversation and _KEY.fullmatch(key) and _size(conversation) <= self._kept.maxsize:
                self._kept[key] = conversation
