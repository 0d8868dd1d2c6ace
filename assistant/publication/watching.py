"""A server's side of publication: it loads what is announced, and serves what is current."""

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from assistant.publication.generations import Generations, Pointer
from assistant.publication.running import Presence, Server
from corpus.errors import PolicyQAError
from corpus.library.place import generations_folder

_LOG = logging.getLogger(__name__)
_POLL = 0.1  # seconds between two looks at the pointers: a read of some dozen bytes each

Edition = TypeVar("Edition")  # all that a server has made of one generation


class Watcher(Generic[Edition]):
    """Keeps a server at the generation in service, in a thread of its own, from `start` to `stop`.

    An announced generation is loaded ahead; the one served before is kept for as long as it lies on the disk, so that
    going back takes no time. A generation that cannot be loaded leaves the server at the one it has.
    """

    def __init__(
        self,
        library: Path,
        load: Callable[[Pointer], Edition],
        switch: Callable[[Edition], None],
        serving: tuple[Pointer, Edition] | None,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        """`load` makes an edition, `switch` puts one in service at once; `serving` is what the server began with.

        `after` is called in the thread when a generation is in service: at the start, and after each switch.
        """
        self._library = library
        self._generations = Generations(generations_folder(library))
        self._load = load
        self._switch = switch
        self._after = after
        self._followed: Pointer | None = None
        self._serving = serving[0] if serving else None
        self._held = dict([serving] if serving else [])
        self._failed: dict[Pointer, str] = {}
        self._stopping = threading.Event()
        self._presence: Presence | None = None
        self._thread = threading.Thread(target=self._watch, name="publication", daemon=True)

    def start(self) -> None:
        """Begin to watch. A folder that cannot be written leaves the server unseen by publishers, and says so."""
        try:
            self._presence = Presence(self._library)
        except OSError as error:
            _LOG.warning("publishers do not see this server: %s", error)
        self._tell()
        self._thread.start()

    def stop(self) -> None:
        """End; returns when nothing is loaded any more."""
        self._stopping.set()
        self._thread.join()
        if self._presence:
            self._presence.leave()

    def look(self) -> None:
        """One look at the pointers, and what follows from it."""
        current, announced = self._current(), self._generations.next()
        wanted = {pointer for pointer in (current, announced) if pointer}
        before = self._serving, set(self._held), dict(self._failed)
        for pointer in wanted - self._held.keys() - self._failed.keys():
            self._take(pointer)
        if current in self._held and current != self._serving:
            self._switch(self._held[current])
            self._serving = current
            _LOG.info("generation %s is in service", current.name)
        self._forget(wanted)
        if before != (self._serving, set(self._held), self._failed):
            self._tell()
        if self._serving != self._followed:  # publishers need not wait for what follows
            self._followed = self._serving
            self._after()

    def _watch(self) -> None:
        while not self._stopping.wait(_POLL):
            try:
                self.look()
            except Exception:  # it must go on looking, whatever happens to one look
                _LOG.exception("looking for a new generation failed")

    def _current(self) -> Pointer | None:
        try:
            return self._generations.current()
        except PolicyQAError:  # damaged: what is served goes on
            return self._serving

    def _take(self, pointer: Pointer) -> None:
        try:
            self._held[pointer] = self._load(pointer)
        except Exception as error:
            _LOG.exception("generation %s cannot be loaded", pointer.name)
            self._failed[pointer] = str(error)

    def _forget(self, wanted: set[Pointer]) -> None:
        """Let go of editions whose generation is no longer on the disk, and of failures that nobody asks about."""
        names = set(self._generations.names())
        for pointer in [one for one in self._held if one.name not in names and one != self._serving]:
            del self._held[pointer]
        others = [one for one in self._held if one not in wanted and one != self._serving]
        for pointer in others[:-1]:  # of those only the last one is kept
            del self._held[pointer]
        self._failed = {pointer: why for pointer, why in self._failed.items() if pointer in wanted}

    def _tell(self) -> None:
        if self._presence:
            failed = {pointer.name: why for pointer, why in self._failed.items()}
            ready = tuple(sorted(pointer.name for pointer in self._held))
            serving = self._serving.name if self._serving else None
            self._presence.tell(Server(os.getpid(), serving, ready, failed))
