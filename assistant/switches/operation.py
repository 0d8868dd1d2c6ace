"""What is switched, as every request of a process sees it: read by one thread, never by a request."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from assistant.switches.kept_file import KeptFile
from assistant.switches.state import Channel, Notice, State
from assistant.switches.switchboard import Switchboard
from corpus.errors import PolicyQAError

_LOG = logging.getLogger(__name__)
_POLL = 0.4  # seconds between two looks at one row of a few hundred bytes
_UNKNOWN = (
    "数据库读不到，不知道停用了什么：现在照常回答，公告不显示；数据库恢复后自动按其中的开关执行。"
    "The switches cannot be read, and none are kept beside the database: answers are ON whatever was switched off, "
    "until it is back: %s"
)
_KEPT = (
    "数据库读不到，按上次存下的开关执行。"
    "The switches cannot be read; those kept beside the database hold until it is back: %s"
)


class Operation:
    """What holds now, as far as this process knows. Reading it takes no lock and no query."""

    def __init__(self, state: State | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.state = state or State()
        self._now = now

    def is_off(self, channel: Channel) -> bool:
        """Whether answers of this channel are switched off."""
        return channel in self.state.off

    def notice(self) -> Notice | None:
        """What every page says."""
        return self.state.notice_at(self._now())


EVERYTHING_ON = Operation()


class Following:
    """Keeps an Operation at what the switchboard says, in a thread of its own, from `start` to `stop`.

    While the database is away what was last known holds: to this process, else to whoever wrote the `kept` file; where
    nobody knows, answers are on, and the log says so.
    """

    def __init__(
        self, operation: Operation, switchboard: Switchboard, seconds: float = _POLL, kept: KeptFile | None = None
    ) -> None:
        self._operation = operation
        self._kept = kept
        self._has_read = False
        self._switchboard = switchboard
        self._seconds = seconds
        self._is_away = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="switches", daemon=True)

    def start(self) -> None:
        """Look once, so that nothing is answered that is switched off, then go on looking."""
        self.look()
        self._thread.start()

    def stop(self) -> None:
        """End; returns when nothing is read any more."""
        self._stopping.set()
        self._thread.join()

    def look(self) -> None:
        """One look."""
        try:
            state = self._switchboard.read()
        except (PolicyQAError, ValueError, KeyError, TypeError, AttributeError) as error:  # a row of another program
            if not self._is_away:
                self._leave(type(error).__name__)
            self._is_away = True
            return
        if self._kept and (state != self._operation.state or not self._has_read):
            self._keep(self._kept, state)
        self._is_away, self._has_read = False, True
        if state != self._operation.state:
            self._operation.state = state
            off = " ".join(sorted(state.off)) or "none"
            _LOG.info("switches at version %d: answers off: %s", state.version, off)

    def _leave(self, why: str) -> None:
        """Hold on to what is known."""
        if self._has_read:
            _LOG.error("the switches cannot be read, what was last known holds: %s", why)
        elif self._kept and (state := self._kept.read()):
            self._operation.state = state
            _LOG.error(_KEPT, why)
        else:
            _LOG.error(_UNKNOWN, why)

    def _keep(self, kept: KeptFile, state: State) -> None:
        """Where nothing was ever switched there is nothing to keep."""
        if (kept.read() or State()) != state:
            kept.write(state)

    def _follow(self) -> None:
        while not self._stopping.wait(self._seconds):
            self.look()
