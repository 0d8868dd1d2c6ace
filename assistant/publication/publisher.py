"""Building a generation from the working copy, or from the one in service, and putting it in service."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from assistant.publication.draft import Built, Draft, changed_documents, received_files, segment_folder
from assistant.publication.examined import Asked, Examine, Examined, write_results
from assistant.publication.generations import Generations, Manifest, Pointer
from assistant.publication.opening import facts_version, ledger_of, open_current
from assistant.publication.results import QUESTIONS, kept_results
from assistant.publication.running import servers
from assistant.publication.switching import Say, Switched, Switching
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import InputError, NotFoundError, PolicyQAError, StoreError
from corpus.library.library import Library, documents_of
from corpus.library.place import served_documents
from corpus.load import SHIPPED
from corpus.readers.cache import SourceCache
from index.engines.ledger import by_tenths


class Cause(StrEnum):
    """Why there is a new generation."""

    PUBLISH = "publish"  # the working copy was published
    REMOVE = "remove"  # a document was removed
    INDEX = "index"  # the same documents, indexed anew


class GateError(InputError):
    """Saved questions that were answered rightly would no longer be; `examined` tells which."""

    def __init__(self, message: str, examined: Examined | None = None) -> None:
        super().__init__(message)
        self.examined = examined


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of publishing."""

    switched: Switched
    examined: Examined
    dropped: tuple[int, ...]  # generations beyond those that are kept

    @property
    def is_new(self) -> bool:
        """Whether there is a new generation; there is none where nothing had changed."""
        return self.switched.pointer != self.switched.before

    @property
    def manifest(self) -> Manifest:
        """What the generation in service says of itself."""
        return self.switched.manifest


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be published, and on whose word."""

    cause: Cause
    by: str | None
    reason: str | None = None  # given by whoever wants it in spite of broken questions
    without: str | None = None  # the id of a document that is left out

    @property
    def is_gated(self) -> bool:
        return self.cause is Cause.PUBLISH and not self.reason


class Publisher:
    """Publishes the library that the settings name. Whatever it raises, what was in service is."""

    def __init__(self, settings: Settings, examine: Examine | None = None, say: Say = lambda _: None) -> None:
        """`examine` asks the saved questions; `say` is told each step, in words for whoever waits."""
        self._settings = settings
        self._examine = examine
        self.say = say
        self._library = Library(settings.library_folder, SourceCache(settings.kept_sources))
        self._ledger = ledger_of(settings, by_tenths(say))
        self.switching = Switching(settings.library_folder, say, self._ledger.show if self._ledger else None)

    @property
    def generations(self) -> Generations:
        """What has been published."""
        return self.switching.generations

    def publish(self, *, by: str | None = None, force: str | None = None, wait: bool = True) -> Publication:
        """Publish the working copy. `force`: why it is to be published though saved questions break.

        Raises DocumentError naming every file that cannot be read, GateError, StoreError, EncoderError, and InputError
        where somebody else publishes and it is not to `wait`.
        """
        if force is not None and not force.strip():
            raise InputError("请写明为什么仍要发布。Say why it is to be published all the same.", "force")
        return self._publish(_Order(Cause.PUBLISH, by, force), wait=wait)

    def rebuild(self, *, by: str | None = None) -> Publication:
        """Index the documents in service anew, as after an upgrade of the program. Raises what `publish` raises."""
        return self._publish(_Order(Cause.INDEX, by))

    def remove(self, document_id: str, *, by: str | None = None, reason: str | None = None) -> Publication | None:
        """Take a document out of the working copy, and out of service: whatever saved questions say, what is in service
        is published without it. None where it was not in service. Raises NotFoundError, and as `publish` does.
        """
        with self.switching.alone():
            if self._serves(document_id):
                return self._publish_alone(_Order(Cause.REMOVE, by, reason, without=document_id))
            self._library.remove(document_id)
            return None

    def _serves(self, document_id: str) -> bool:
        if current := self.generations.current():
            return document_id in self.generations.manifest(current).documents
        return bool(documents_of(document_id, self._unpublished()))

    def _unpublished(self) -> Path:
        """What is served before the first publication: a library of the days before it, else the shipped documents."""
        return served_documents(self._settings.library_folder) or SHIPPED

    def _publish(self, order: _Order, *, wait: bool = True) -> Publication:
        with self.switching.alone(wait=wait):
            return self._publish_alone(order)

    def _publish_alone(self, order: _Order) -> Publication:
        draft = Draft(self.generations.folder, max(map(int, self.generations.names()), default=0) + 1)
        try:
            current = self.generations.current()
            self._collect(draft, order, current)
            if order.cause is Cause.PUBLISH and current and (same := self._unchanged(draft, current)):
                draft.discard()
                return same
            pointer, examined, segments = self._build(draft, order, current)
            if order.without is not None:
                with suppress(NotFoundError):  # it was in service alone
                    self._library.remove(order.without)  # first, or whoever publishes next brings it back
            switched = self.switching.switch(pointer)
        except BaseException:
            current = self.generations.current()
            if current is None or current.name != draft.name:
                draft.discard()
                self._sweep()
            raise
        manifest = switched.manifest
        self.switching.write_down(
            order.cause,
            manifest.number,
            before=manifest.parent,
            by=order.by,
            reason=order.reason,
            broken=[change.now.id for change in examined.broken],
            added=manifest.added,
            changed=manifest.changed,
            removed=manifest.removed,
        )
        segment_folder(self.generations.folder).keep_only(segments)
        dropped = self._retain(manifest)
        self._sweep()
        return Publication(switched, examined, dropped)

    def _sweep(self) -> None:
        """What another engine holds of generations that are gone goes too."""
        if self._ledger:
            self._ledger.sweep()

    def _unchanged(self, draft: Draft, current: Pointer) -> Publication | None:
        """Where the working copy is what is in service, and this program can serve that: nothing is published."""
        service = self._in_service()
        manifest = service.published.manifest if service and service.published else None
        if manifest is None or draft.files() != received_files(manifest.files):
            return None
        running = len(servers(self._settings.library_folder))
        kept = tuple(self._kept_results(current, None))
        return Publication(Switched(current, manifest, current, running, (), 0.0), Examined(kept), ())

    def _build(self, draft: Draft, order: _Order, current: Pointer | None) -> tuple[Pointer, Examined, frozenset[str]]:
        before = None
        with suppress(StoreError):  # damaged: then everything in it counts as new
            before = self.generations.manifest(current) if current else None
        self.say("正在读取文件、建立索引……Reading the documents and building the index.")
        service = self._in_service()
        built = draft.build(self._settings, service.index if service else None, self._ledger)
        examined = self._examined(built, service, self._kept_results(current, order.without))
        if order.is_gated and not examined.passes:
            raise GateError(examined.refusal(), examined)
        draft.add(QUESTIONS, write_results(examined.results).encode())
        manifest = self._manifest(draft, order, built, examined, before)
        manifest = replace(manifest, parent=current.number if current else None)
        return draft.seal(manifest), examined, built.segments

    def _collect(self, draft: Draft, order: _Order, current: Pointer | None) -> None:
        held = self.generations.folder / current.name if current else None
        if order.cause is not Cause.PUBLISH:
            if current:  # what somebody has altered there must not be sealed again
                self.generations.check_documents(current)
            draft.collect(held or self._unpublished().parent, held, order.without)
            return
        with self._library.working_copy() as library:
            draft.collect(library, held, order.without)

    def _examined(self, built: Built, service: Assistant | None, kept: Sequence[Asked]) -> Examined:
        if self._examine is None:
            return Examined(results=tuple(kept))
        self.say("正在用保存的问题检查新版本……Asking the saved questions of the new generation.")
        return self._examine(Assistant.over(built.index, self._settings, built.documents), service, kept)

    def _in_service(self) -> Assistant | None:
        """What the current generation answers by; None before the first, or where this program cannot open it."""
        try:
            published = open_current(self._settings)
        except PolicyQAError:
            return None
        return Assistant.over(published.index, self._settings, published.documents, published) if published else None

    def _kept_results(self, current: Pointer | None, without: str | None) -> Sequence[Asked]:
        """Those of the generation in service; not what was said of a document that is left out."""
        kept = kept_results(self.generations.folder / current.name) if current else ()
        named = ((one, {name.partition(":")[0] for name in (*one.wanted, *one.cited)}) for one in kept)
        return [one for one, documents in named if without not in documents]

    def _manifest(
        self, draft: Draft, order: _Order, built: Built, examined: Examined, before: Manifest | None
    ) -> Manifest:
        held = {document.id: document.title for document in built.corpus.documents}
        known, files = before.documents if before else {}, draft.files()
        changed = changed_documents(files, before.files) if before else set()
        return Manifest(
            number=draft.number,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            cause=order.cause,
            by=order.by,
            reason=order.reason,
            parent=before.number if before else None,
            index_version=built.index.version,
            facts_version=facts_version(built.corpus),
            index=built.index_sha256,
            documents=held,
            added=tuple(id_ for id_ in held if id_ not in known),
            changed=tuple(id_ for id_ in held if id_ in known and id_ in changed),
            removed=tuple(id_ for id_ in known if id_ not in held),
            encoded=built.encoded,
            examined={
                "asked": len(examined.results),
                "right": sum(one.right for one in examined.results),
                "broken": len(examined.broken),
                "known": examined.known,
                "set_aside": len(examined.set_aside),
            },
            files=files,
        )

    def _retain(self, current: Manifest) -> tuple[int, ...]:
        """Drop the oldest generations beyond the number that is kept, but never the one that going back leads to."""
        numbers = sorted(map(int, self.generations.names()))
        droppable = [number for number in numbers if number not in (current.number, current.parent)]
        beyond = droppable[: max(len(numbers) - self._settings.keep_generations, 0)]
        dropped = []
        for number in beyond:
            with suppress(OSError):  # it stays until the next publication; the new one is in service
                self.generations.drop(f"{number:04}")
                dropped.append(number)
        return tuple(dropped)
