"""Publishing the library after it has changed: in a process of its own, so that questions go on."""

import subprocess
import sys
import threading
from collections.abc import Callable
from enum import StrEnum

_COMMAND = "; ".join(
    (
        "import os, sys",
        "getattr(os, 'nice', int)(10)",
        "sys.argv[1:] = ['publish']",
        "from ui.cli.app import main",
        "main()",
    )
)
_MOST = 2000  # characters of what a failed build said


class State(StrEnum):
    """How far the index is."""

    IDLE = "idle"  # nothing has changed since the server started
    BUILDING = "building"
    BUILT = "built"  # it is in service
    FAILED = "failed"


class BuildError(Exception):
    """A build ended without an index; the message tells why."""


def build_in_a_process() -> None:
    """`policyqa publish` with the settings of this process. Raises BuildError."""
    # -P: a folder called index or corpus where the server was started must not hide ours.
    # A session of its own: Ctrl+C, by which the clerk restarts the server, must not end the build too.
    done = subprocess.run(
        [sys.executable, "-P", "-c", _COMMAND], capture_output=True, text=True, check=False, start_new_session=True
    )
    if done.returncode:
        raise BuildError(done.stderr.strip()[-_MOST:])


class IndexBuilding:
    """One build at a time; what changes meanwhile is built once more."""

    def __init__(self, build: Callable[[], None] = build_in_a_process) -> None:
        self._build = build
        self._lock = threading.Lock()
        self._again = False
        self.state = State.IDLE
        self.reason = ""  # of a failure

    def ask(self) -> None:
        """The library has changed. Returns at once."""
        with self._lock:
            self._again = True
            if self.state is State.BUILDING:
                return
            self.state = State.BUILDING
        threading.Thread(target=self._work, name="index", daemon=True).start()

    def _work(self) -> None:
        while self._takes_up():
            state, reason = State.BUILT, ""
            try:
                self._build()
            except (BuildError, OSError) as error:
                state, reason = State.FAILED, str(error)
            with self._lock:
                if not self._again:
                    self.state, self.reason = state, reason

    def _takes_up(self) -> bool:
        with self._lock:
            again, self._again = self._again, False
            return again
