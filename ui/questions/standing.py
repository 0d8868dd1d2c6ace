"""How the saved questions stand: what each should cite, what it cites in the version in service, what is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

from cachetools import LRUCache

from assistant.publication.examined import Asked, Key
from assistant.service import Assistant
from eval.asking import ask
from eval.questions.saved import Saved, SavedQuestions

_AT_ONCE = 100  # questions of which no result is kept that are asked for one page: under two seconds of work
_REMEMBERED = 4096


class State(StrEnum):
    """How a question stands in the version in service."""

    RIGHT = "right"
    WRONG = "wrong"
    KNOWN = "known"  # wrong, and marked as known
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Standing:
    """One saved question as it stands."""

    saved: Saved
    state: State
    is_known: bool  # it is marked so, right or wrong
    asked: Asked | None  # what became of it, where it has been asked


class Standings:
    """Looks them up in the results kept with a generation; what is not among them is asked, and remembered."""

    def __init__(self, saved: SavedQuestions, kept: Callable[[], Sequence[Asked]]) -> None:
        """`kept`: the results of the generation in service."""
        self._saved = saved
        self._kept = kept
        self._asked: LRUCache[tuple[str, Key], Asked] = LRUCache(_REMEMBERED)
        self._lock = Lock()

    def own(self, assistant: Assistant) -> list[Standing]:
        """The office's questions. Raises QuestionFileError."""
        return self._standings(assistant, self._saved.own())

    def failing(self, assistant: Assistant) -> list[Standing]:
        """Those of all, the shipped ones too, that are wrong, or marked as known. Raises QuestionFileError."""
        known = self._saved.known()
        wrong = {one.key for one in self._kept() if not one.right}
        looked_at = [one for one in self._saved.all() if not one.is_shipped or one.key in wrong or one.key in known]
        found = self._standings(assistant, looked_at)
        return [one for one in found if one.state in (State.WRONG, State.KNOWN) or one.is_known]

    def _standings(self, assistant: Assistant, questions: Sequence[Saved]) -> list[Standing]:
        known = self._saved.known()
        kept = {one.key: one for one in self._kept()}
        left = _AT_ONCE
        standings: list[Standing] = []
        for one in questions:
            asked = kept.get(one.key) or self._remembered(assistant, one)
            if asked is None and left:
                left -= 1
                asked = self._ask(assistant, one)
            standings.append(_standing(one, asked, is_known=one.key in known))
        return standings

    def _remembered(self, assistant: Assistant, saved: Saved) -> Asked | None:
        with self._lock:
            return self._asked.get((assistant.index.version, saved.key))

    def _ask(self, assistant: Assistant, saved: Saved) -> Asked:
        asked = ask(assistant, saved)
        with self._lock:
            self._asked[assistant.index.version, saved.key] = asked
        return asked


def _standing(saved: Saved, asked: Asked | None, *, is_known: bool) -> Standing:
    if asked is None:
        state = State.UNASKED
    elif asked.right:
        state = State.RIGHT
    else:
        state = State.KNOWN if is_known else State.WRONG
    return Standing(saved, state, is_known, asked)
