"""Putting a generation in service: announced, loaded by every server, then switched in one step; and going back.

Nothing here needs an index or a model, so that going back takes no longer than it must.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.publication import audit
from assistant.publication.generations import DRAFT, LOCK, NEXT, Generations, Manifest, Pointer
from assistant.publication.running import Server, servers, wait_for
from corpus.errors import InputError, NotFoundError, StoreError
from corpus.library.place import CURRENT, generations_folder

LOADING = 600  # seconds that servers get to load a generation before it is switched without them
SWITCHING = 10  # seconds that they get to switch

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Switched:
    """What came of a switch."""

    pointer: Pointer
    manifest: Manifest
    before: Pointer | None
    servers: int  # that run on this machine
    late: tuple[int, ...]  # processes that had not switched in time
    seconds: float  # from the step on the disk until the last server had switched


class Switching:
    """Switches the generations of one library."""

    def __init__(self, library: Path, say: Say = lambda _: None) -> None:
        """`say` is told what is waited for."""
        self.library = library
        self.generations = Generations(generations_folder(library))
        self._say = say

    @contextmanager
    def alone(self, *, wait: bool = True) -> Iterator[None]:
        """Nobody else publishes or switches meanwhile. Raises InputError at once where somebody does, unless to wait.

        Raises StoreError where the folder cannot be written.
        """
        lock = FileLock(self.generations.folder / LOCK)
        try:
            self.generations.folder.mkdir(parents=True, exist_ok=True)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                if not wait:
                    raise InputError(
                        "另一次发布正在进行，请等它结束后再试。Somebody else is publishing; try again later."
                    ) from None
                self._say("另一次发布正在进行，等它结束……Somebody else is publishing; waiting.")
                lock.acquire()
        except (OSError, NotImplementedError) as error:  # the latter: a file system without locks
            raise unwritable(self.library, error) from error
        try:
            self._settle()
            yield
        except OSError as error:
            raise unwritable(self.library, error) from error
        finally:
            lock.release()

    def rollback(self, number: int | None = None, *, by: str | None = None, wait: bool = True) -> Switched:
        """Put an older generation in service: the one of this number, else the one that was published before.

        Raises NotFoundError where there is none, StoreError where it is damaged, InputError as `alone` does.
        """
        with self.alone(wait=wait):
            pointer = self._before() if number is None else self.generations.find(number)[0]
            if pointer == self.generations.current():
                raise InputError(
                    f"版本 {pointer.number} 已在服务中。Generation {pointer.number} is in service already."
                )
            switched = self.switch(pointer)
            audit.record(self.library, "rollback", generation=pointer.number, before=_number(switched.before), by=by)
        return switched

    def switch(self, pointer: Pointer) -> Switched:
        """Put a generation in service, alone in the folder. Raises StoreError where it cannot be loaded."""
        manifest, before = self.generations.check(pointer), self.generations.current()
        try:
            self.generations.point(NEXT, pointer)
            self._load(pointer)
            started = time.perf_counter()
            self.generations.point(CURRENT, pointer)
            late = wait_for(self.library, lambda one: one.serving == pointer.name, SWITCHING)
            seconds = time.perf_counter() - started
        finally:
            self.generations.point(NEXT, None)
        running = servers(self.library)
        return Switched(pointer, manifest, before, len(running), tuple(one.process for one in late), seconds)

    def _load(self, pointer: Pointer) -> None:
        """Every server has the generation in memory. Raises StoreError where one cannot load it."""

        def is_done(server: Server) -> bool:
            return pointer.name in server.ready or pointer.name in server.failed

        if servers(self.library):
            self._say("正在由各服务进程载入新版本……The servers are loading it.")
        late = wait_for(self.library, is_done, LOADING)
        for server in servers(self.library):
            if reason := server.failed.get(pointer.name):
                raise StoreError(
                    f"服务进程 {server.process} 无法载入版本 {pointer.number}，没有切换：{reason} "
                    f"Server process {server.process} cannot load generation {pointer.number}; nothing was switched."
                )
        for server in late:
            self._say(f"服务进程 {server.process} 还没有载入完，不再等它。Process {server.process} is late; going on.")

    def _before(self) -> Pointer:
        """The generation that the one in service took the place of, or the newest of those before that."""
        current = self.generations.current()
        last = (self.generations.manifest(current).parent or 0) if current else 0
        older = [one for one, _ in self.generations.all() if one.number <= last]
        if not older:
            raise NotFoundError(
                "没有更早的版本可退回，现有版本见 policyqa generations。"
                "There is no earlier generation to go back to; see policyqa generations.",
                "generation",
            )
        return older[-1]

    def _settle(self) -> None:
        """Put right what a publication that was cut off has left: half a generation, or a switch not written down."""
        self.generations.point(NEXT, None)
        for draft in self.generations.folder.glob(f"{DRAFT}*"):
            shutil.rmtree(draft, ignore_errors=True)
        known = {event.get("generation") for event in audit.events(self.library)}
        current = self.generations.current()
        if current and current.number not in known:
            audit.record(self.library, "publish", generation=current.number, completed="after an interruption")
        for name in self.generations.names():
            if int(name) not in known and (current is None or int(name) > current.number):
                self.generations.drop(name)


def unwritable(library: Path, error: Exception) -> StoreError:
    """Nothing was switched, for the folder cannot be written."""
    return StoreError(
        f"无法写入文件库 {library}（{error}），在用的版本没有变；请腾出空间，或检查权限后再试。"
        "Cannot write there; what is in service has not changed. Make room, or check permissions, and try again."
    )


def _number(pointer: Pointer | None) -> int | None:
    return pointer.number if pointer else None
