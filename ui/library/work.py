"""What changes the service takes a while: one piece of work at a time is done in a thread, and tells how far it is."""

import logging
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from corpus.errors import PolicyQAError
from corpus.library.view import Table
from ui.library.command import CommandError, Say

_LOG = logging.getLogger(__name__)


class Task(StrEnum):
    """What is done."""

    PUBLISH = "publish"
    ROLLBACK = "rollback"
    REMOVE = "remove"


class State(StrEnum):
    """How far it is."""

    IDLE = "idle"  # nothing has been done since the server started
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # saved questions would break
    FAILED = "failed"


class BusyError(Exception):
    """Another piece of work has not ended yet."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The work that goes on, or the last one."""

    state: State = State.IDLE
    task: Task | None = None
    steps: tuple[str, ...] = ()  # in Chinese, then in English
    outcome: Table | None = None
    reason: str = ""  # of a failure


class Work:
    """Does one piece of work at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._progress = Progress()

    def start(self, task: Task, call: Callable[[Say], Table]) -> None:
        """Begin, and return at once; what `call` gives is the outcome. Raises BusyError."""
        with self._lock:
            if self._progress.state is State.RUNNING:
                raise BusyError(
                    "正在发布、退回或删去，请等它结束后再试。"
                    "The library is being published or a document removed; wait until that has ended."
                )
            self._progress = Progress(State.RUNNING, task)
        threading.Thread(target=self._do, args=(call,), name="library", daemon=True).start()

    def view(self) -> Table:
        """How far it is, for programs and the page."""
        return asdict(self._progress)

    def _do(self, call: Callable[[Say], Table]) -> None:
        try:
            outcome = call(self._say)
            state = State.REFUSED if "refused" in outcome else State.DONE
            self._progress = replace(self._progress, state=state, outcome=outcome)
        except (PolicyQAError, CommandError, OSError) as error:
            self._progress = replace(self._progress, state=State.FAILED, reason=str(error))
        except Exception as error:
            _LOG.exception("work on the library failed")
            self._progress = replace(self._progress, state=State.FAILED, reason=repr(error))

    def _say(self, step: str) -> None:
        self._progress = replace(self._progress, steps=(*self._progress.steps, step))
