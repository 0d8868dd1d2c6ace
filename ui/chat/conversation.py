"""What was said in each browser tab, kept on the server under a key that only the tab knows.

The browser sends a question and its key and cannot alter what was said before. A reload, or going to the page in the
other language, finds the conversation again; two tabs have two keys and so two conversations.
"""

import re
from dataclasses import dataclass
from threading import Lock

from cachetools import TTLCache

from assistant.answer import Answer

_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answer, and the questions offered after it."""

    answer: Answer
    more: tuple[str, ...] = ()


Conversation = tuple[Exchange, ...]


class Conversations:
    """At most `most` conversations; the longest idle one gives way, and each ends after `idle` seconds without use.

    Safe from several threads. A key that is not 32 hexadecimal digits has no conversation and keeps none.
    """

    def __init__(self, most: int = 2000, idle: float = 3600) -> None:
        self._kept: TTLCache[str, Conversation] = TTLCache(most, idle)
        self._lock = Lock()

    def get(self, key: str) -> Conversation:
        """What was said under this key; reading it counts as use."""
        with self._lock:
            found = self._kept.pop(key, ())
            if found:
                self._kept[key] = found
            return found

    def keep(self, key: str, conversation: Conversation) -> None:
        """Replace what was said under this key; an empty conversation is forgotten."""
        with self._lock:
            self._kept.pop(key, None)
            if conversation and _KEY.fullmatch(key):
                self._kept[key] = conversation
