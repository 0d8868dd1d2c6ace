"""What was asked a moment ago: after a notice, or by a button, many ask the same within a minute."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

from cachetools import LRUCache

from assistant.answer import Answer, Audience
from assistant.question.history import Turn
from assistant.question.question import Law
from assistant.stopwatch import Stopwatch
from corpus.clock import Clock

if TYPE_CHECKING:
    from assistant.service import Assistant

Found = TypeVar("Found")


class HowAsked(TypedDict, total=False):
    """What may be said beside a question."""

    jurisdiction: Sequence[str]
    documents: Sequence[str]
    limit: int | None
    law: Law | None
    audience: Audience
    language: str | None


class Recent:
    """What was worked out in the minute that runs, by what was asked. Safe from several threads.

    For a minute, because answers say what is open now; with the first question of another minute all of it goes.
    """

    def __init__(self, size: int, now: Clock) -> None:
        """At most `size` things, of which those asked for last stay; 0 keeps nothing."""
        self._size = size
        self._now = now
        self._lock = Lock()
        self._minute = now().replace(second=0, microsecond=0)
        self._kept: LRUCache[Hashable, Any] = LRUCache(max(size, 1))

    def get(self, asked: Hashable, work_out: Callable[[], Found]) -> tuple[Found, bool]:
        """The same as `work_out` returns, and whether it was known. Raises what `work_out` raises."""
        if not self._size:
            return work_out(), False
        minute = self._now().replace(second=0, microsecond=0)
        with self._lock:
            if minute != self._minute:
                self._kept.clear()
                self._minute = minute
            known = self._kept.get(asked)
        if known is not None:
            return known, True
        found = work_out()
        with self._lock:
            if minute == self._minute:
                self._kept[asked] = found
        return found, False


class RecentAnswers:
    """Answers as `Assistant` gives them, and searches, without the work where the same was asked within the minute.

    Only of questions with nothing before them: whoever goes on with a talk asks what nobody else does.
    """

    def __init__(self, assistant: "Assistant", size: int, now: Clock) -> None:
        self._assistant = assistant
        self._recent = Recent(size, now)

    def ask(self, question: str, *, history: Sequence[Turn] = (), **how: Unpack[HowAsked]) -> Answer:
        """What `Assistant.ask` says, under an id of its own. Raises InputError for bad input."""
        watch = Stopwatch()
        if history:
            return self._assistant.ask(question, history=history, **how)
        answer, known = self._recent.get(_key(question, how), lambda: self._assistant.ask(question, **how))
        if not known:
            return answer
        watch.lap("understand")
        return replace(answer, id=self._assistant.proofs.new_answer_id(), timings_ms=watch.milliseconds())

    def found(self, asked: Hashable, work_out: Callable[[], Found]) -> Found:
        """What a search found, in the form in which it leaves: hits themselves hold on to the scores of all clauses."""
        return self._recent.get(("search", asked), work_out)[0]


def _key(text: str, how: Mapping[str, object]) -> Hashable:
    """All that an answer depends on; who spells a default out is remembered apart from who leaves it out."""
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in how.items()}
    return text, frozenset(given.items())
