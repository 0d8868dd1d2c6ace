"""Which servers run on a library, what each serves and what it has loaded ahead.

Each server holds a lock on a file of its own for as long as it lives, whatever ends it, and says beside it how far it
is. Servers on other machines are not seen. One that searches a folder of its own (POLICYQA_CORPUS) follows no
publication, and publishers do not see it; but it too writes where a backup would be restored.
"""

import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

_LOG = logging.getLogger(__name__)
RUNNING = "running"
_POLL = 0.02  # seconds between two looks at what servers say


@dataclass(frozen=True, slots=True)
class Server:
    """How far a server is; generations by their names."""

    process: int
    serving: str | None  # None: what has not been published
    ready: tuple[str, ...] = ()  # that it has in memory
    failed: dict[str, str] = field(default_factory=dict)  # that it could not load, and why
    follows: bool = True  # whether it serves what is published


class Presence:
    """A server's own entry. It is there until `leave`, or until its process ends."""

    def __init__(self, library: Path) -> None:
        folder = library / RUNNING
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / f"{os.getpid()}-{uuid4().hex[:8]}.json"
        self._lock = FileLock(self._file.with_suffix(".lock"))
        self._lock.acquire()

    def tell(self, server: Server) -> None:
        """Say how far it is, in one step. A full disk keeps nobody from serving."""
        draft = self._file.with_suffix(".new")
        with suppress(OSError):
            draft.write_text(json.dumps(asdict(server)), encoding="utf-8")
            draft.replace(self._file)

    def leave(self) -> None:
        """The server ends."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
        self._lock.release()
        with suppress(OSError):
            self._file.with_suffix(".lock").unlink(missing_ok=True)


@contextmanager
def present_apart(library: Path) -> Iterator[None]:
    """A server runs that searches a folder of its own."""
    presence = None
    try:
        presence = Presence(library)
    except OSError as error:
        _LOG.warning("a restore does not see this server: %s", error)
    else:
        presence.tell(Server(os.getpid(), None, follows=False))
    try:
        yield
    finally:
        if presence:
            presence.leave()


def servers(library: Path) -> list[Server]:
    """Those that follow what is published, as far as they have said so. What the dead have left is removed."""
    return [one for one in all_servers(library) if one.follows]


def all_servers(library: Path) -> list[Server]:
    """Those that search a folder of their own, too."""
    found = []
    for lock in sorted((library / RUNNING).glob("*.lock")):
        if _is_held(lock):
            with suppress(OSError, ValueError, TypeError, KeyError):
                table = json.loads(lock.with_suffix(".json").read_text(encoding="utf-8"))
                found.append(Server(**{**table, "ready": tuple(table["ready"])}))
    return found


def wait_for(library: Path, done: Callable[[Server], bool], seconds: float) -> list[Server]:
    """Wait until every server is `done`; those that are not after so many seconds."""
    ends = time.monotonic() + seconds
    while True:
        left = [server for server in servers(library) if not done(server)]
        if not left or time.monotonic() >= ends:
            return left
        time.sleep(_POLL)


def _is_held(lock: Path) -> bool:
    if not lock.with_suffix(".json").exists():  # about to begin: it tells nothing before it holds its lock
        return False
    try:
        with FileLock(lock, timeout=0):
            pass
    except Timeout:
        return True
    for path in (lock.with_suffix(".json"), lock.with_suffix(".new"), lock):
        path.unlink(missing_ok=True)
    return False
