"""A server's side of the audit: what the library has written down is taken over, what is past keeping is cut."""

import logging
import threading
from pathlib import Path

from assistant.audit.audit import Audit
from assistant.audit.journal import take_over
from corpus.errors import DatabaseError

_LOG = logging.getLogger(__name__)
_SECONDS = 60  # between two looks


class Keeping:
    """Keeps the audit of one library, in a thread of its own, from `start` to `stop`."""

    def __init__(self, audit: Audit, library: Path, seconds: float = _SECONDS) -> None:
        self._audit = audit
        self._library = library
        self._seconds = seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="audit", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after one more look."""
        self._stopping.set()
        self._thread.join()
        self.look()

    def look(self) -> None:
        """Take over, and cut. While the database is away it waits for the next look: the library's lines stay."""
        try:
            take_over(self._audit, self._library)
            self._audit.cut()
        except DatabaseError as error:
            _LOG.error("%s: %s", type(error).__name__, error)

    def _keep(self) -> None:
        self.look()
        while not self._stopping.wait(self._seconds):
            self.look()
