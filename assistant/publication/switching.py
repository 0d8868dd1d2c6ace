"""Putting a generation in service: announced, loaded by every server, then switched in one step; and going back.

Nothing here needs an index or a model, so that going back takes no longer than it must.
"""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.publication import audit
from assistant.publication.generations import DRAFT, LOCK, NEXT, Generations, Manifest, Pointer
from assistant.publication.running import Server, servers, wait_for
from corpus.errors import InputError, NotFoundError, StoreError
from corpus.library.place import CURRENT, generations_folder

LOADING = 600  # seconds that servers get to load a generation before it is switched without them
SWITCHING = 10  # seconds that they get to switch

Say = Callable[[str], None]
Show = Callable[[Path], object]


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

    def __init__(self, library: Path, say: Say = lambda _: None, show: Show | None = None) -> None:
        """`say` is told what is waited for; `show` is told of the index that is about to be put in service."""
        self.library = library
        self.generations = Generations(generations_folder(library))
        self._say = say
        self._show = show

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
            audit.check(self.library)
            self._settle()
            yield
        except OSError as error:
            raise unwritable(self.library, error) from error
        finally:
            lock.release()

    def rollback(
        self, number: int | None = None, *, by: str | None = None, wait: bool = True, with_removed: bool = False
    ) -> Switched:
        """Put an older generation in service: the one of this number, else the one that was published before.

        `with_removed`: though it holds a document that was removed since. Raises NotFoundError where there is none,
        StoreError where it is damaged, InputError as `alone` does and where a removed document would be back.
        """
        with self.alone(wait=wait):
            pointer = self._before() if number is None else self.generations.find(number)[0]
            if pointer == self.generations.current():
                raise InputError(
                    f"版本 {pointer.number} 已在服务中。Generation {pointer.number} is in service already."
                )
            if not with_removed:
                self._refuse_removed(pointer)
            switched = self.switch(pointer)
            self.write_down("rollback", pointer.number, before=_number(switched.before), by=by)
        return switched

    def _refuse_removed(self, pointer: Pointer) -> None:
        """Raises InputError where a generation holds a document that has been removed since."""
        held, current = self.generations.manifest(pointer).documents, self.generations.current()
        served: Mapping[str, str] = {}  # what has been added again is back already
        with suppress(StoreError):
            served = self.generations.manifest(current).documents if current else {}
        later = (one for one in audit.events(self.library) if one["event"] == "remove")
        removed = {id_ for one in later if one["generation"] > pointer.number for id_ in one.get("removed", ())}
        if back := [id_ for id_ in held if id_ in removed and id_ not in served]:
            names = "、".join(back)
            raise InputError(
                f"版本 {pointer.number} 里有后来删去的 {names}，退回会让它重新可查；确要退回请加 --with-removed。"
                f"Generation {pointer.number} holds {names}, removed since, which would be back in service; "
                "add --with-removed where that is meant."
            )

    def write_down(self, event: str, generation: int, **what: Any) -> None:  # noqa: ANN401  (what JSON can hold)
        """Add a switch that has been done to the audit record. Raises StoreError where that cannot be written."""
        try:
            audit.record(self.library, event, generation=generation, **what)
        except OSError as error:
            raise StoreError(
                f"已换上版本 {generation}，但审计记录写不进去（{error}）；请腾出空间，下次发布或退回时会补记。"
                f"Generation {generation} is in service, and the audit record cannot be written; make room, and the "
                "next publication or rollback writes it down."
            ) from error

    def switch(self, pointer: Pointer) -> Switched:
        """Put a generation in service, alone in the folder. Raises StoreError where it cannot be loaded."""
        manifest, before = self.generations.check(pointer), self.generations.current()
        try:
            self.generations.point(NEXT, pointer)
            self._load(pointer)
            if self._show:
                self._show(self.generations.folder / pointer.name / "index")
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
        last = self._parent(current) if current else 0
        older = [one for one, _ in self.generations.all() if one.number <= last]
        if not older:
            raise NotFoundError(
                "没有更早的版本可退回，现有版本见 policyqa generations。"
                "There is no earlier generation to go back to; see policyqa generations.",
                "generation",
            )
        return older[-1]

    def _parent(self, pointer: Pointer) -> int:
        """What a generation took the place of, 0 where it was the first; where that cannot be read, the one below."""
        try:
            return self.generations.manifest(pointer).parent or 0
        except StoreError:
            return pointer.number - 1

    def _settle(self) -> None:
        """Put right what was cut off: half a generation, one that never was in service, a switch not written down."""
        current, announced = self._in_service(), self.generations.next()
        for draft in self.generations.folder.glob(f"{DRAFT}*"):
            shutil.rmtree(draft, ignore_errors=True)
        known = self.generations.served()
        if announced and announced != current and announced.number not in known:
            self.generations.drop(announced.name)
        self.generations.point(NEXT, None)
        if current and (not known or known[-1] != current.number):
            self._complete(current, is_back=current.number in known)

    def _in_service(self) -> Pointer | None:
        """The current generation; where the pointer is damaged or gone, what the record says, else the newest."""
        try:
            return self.generations.current()
        except StoreError as error:
            held = {pointer.number: pointer for pointer, _ in self.generations.all()}
            last = next((one for one in reversed(self.generations.served()) if one in held), max(held, default=0))
            found = held.get(last)
            self._say(f"{error} 已按记录恢复为 restored from the record: {last or '—'}")
            self.generations.point(CURRENT, found)
            return found

    def _complete(self, current: Pointer, *, is_back: bool) -> None:
        """Write down the switch to what is in service."""
        said: dict[str, Any] = {"event": "rollback"} if is_back else {"event": "publish"}
        with suppress(StoreError):
            manifest = self.generations.manifest(current)
            if not is_back:
                said = {
                    "event": manifest.cause,
                    "before": manifest.parent,
                    "by": manifest.by,
                    "reason": manifest.reason,
                }
        audit.record(self.library, **said, generation=current.number, completed="after an interruption")


def unwritable(library: Path, error: Exception) -> StoreError:
    """Nothing was switched, for the folder cannot be written."""
    return StoreError(
        f"无法写入文件库 {library}（{error}），在用的版本没有变；请腾出空间，或检查权限后再试。"
        "Cannot write there; what is in service has not changed. Make room, or check permissions, and try again."
    )


def _number(pointer: Pointer | None) -> int | None:
    return pointer.number if pointer else None
