"""What a clerk does with what is in service: publish the library, go back to what it was, remove a document."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from assistant.publication.draft import changed_documents
from assistant.publication.generations import Generations, Manifest
from assistant.publication.switching import Show, Switching
from corpus.library.place import generations_folder
from corpus.library.view import Table
from index.lexicon.lexicon import LEXICON
from ui.library.command import Command, Say, in_a_process
from ui.library.work import Task, Work


class Publication:
    """The generations of a library, and the work that makes and changes them."""

    def __init__(self, library: Path, run: Command = in_a_process, show: Show | None = None) -> None:
        """`run` runs a command of policyqa with the settings of this process; `show` is what going back tells."""
        self._library = library
        self._generations = Generations(generations_folder(library))
        self._run = run
        self._show = show
        self._work = Work()

    def view(self) -> Table:
        """How far the work is: `state` is idle, running, done, refused or failed."""
        return self._work.view()

    def publish(self, *, by: str = "", reason: str = "") -> Table:
        """Publish the library; `reason`: why, though saved questions break. Raises BusyError."""
        arguments = ["publish", "--json", *_given(by=by, force=reason)]

        def call(say: Say) -> Table:
            done = self._run(arguments, say)
            return done if "refused" in done else {**_in_service(done), "encoded": done["encoded"]}

        self._work.start(Task.PUBLISH, call)
        return self.view()

    def rollback(self, number: int, *, by: str = "") -> Table:
        """Put an older generation in service. Raises NotFoundError, BusyError."""
        self._generations.find(number)

        def call(say: Say) -> Table:
            # Whoever confirms it on the page has read which documents come back.
            done = Switching(self._library, say, self._show).rollback(number, by=by or None, with_removed=True)
            switch = {"servers": done.servers, "late": done.late, "seconds": done.seconds}
            return _in_service({"number": number, "documents": done.manifest.documents, **switch})

        self._work.start(Task.ROLLBACK, call)
        return self.view()

    def documents(self) -> Mapping[str, str]:
        """The titles of what the generation in service holds, by id. Raises StoreError."""
        manifest = self._served()
        return manifest.documents if manifest else {}

    def has_new_words(self) -> bool:
        """Whether the office's own words are others than in service. Raises StoreError."""
        file, manifest = self._library / LEXICON, self._served()
        words = sha256(file.read_bytes()).hexdigest() if file.is_file() else None
        return words != (manifest.files.get(LEXICON) if manifest else None)

    def remove(self, document_id: str, *, by: str = "", reason: str = "", purge: bool = False) -> None:
        """Remove a document from service and library, and prove it. Raises BusyError.

        `purge`: drop the generations that are kept to go back to, and hold it, too.
        """
        options = [*_given(by=by, reason=reason), *(["--purge"] if purge else [])]
        arguments = ["documents", "remove", "--json", *options, "--", document_id]
        self._work.start(Task.REMOVE, lambda say: self._run(arguments, say))

    def generations(self) -> list[Table]:
        """What has been published, the newest first. Raises StoreError where the pointer is damaged."""
        held, current = self._generations.all(), self._generations.current()
        served = next((manifest for pointer, manifest in held if pointer == current), None)
        titles = {id_: title for _, manifest in held for id_, title in manifest.documents.items()}
        return [_row(manifest, served, titles) for _, manifest in reversed(held)]

    def _served(self) -> Manifest | None:
        current = self._generations.current()
        return self._generations.manifest(current) if current else None


def _given(**options: str) -> list[str]:
    """The options that have a value, as a command takes them."""
    return [f"--{name}={value}" for name, value in options.items() if value]


def _in_service(done: Table) -> Table:
    """What is told of a switch."""
    told = {key: done[key] for key in ("number", "servers", "late", "seconds")}
    return {**told, "documents": len(done["documents"])}


def _row(manifest: Manifest, served: Manifest | None, titles: Mapping[str, str]) -> Table:
    def named(ids: Iterable[str]) -> list[Table]:
        return [{"id": id_, "title": titles.get(id_, id_)} for id_ in ids]

    now = served or manifest
    held, others = manifest.documents, now.documents
    other = changed_documents(manifest.files, now.files)
    return {
        "number": manifest.number,
        "current": manifest == served,
        "created": manifest.created,
        "cause": manifest.cause,
        "by": manifest.by,
        "reason": manifest.reason,
        "documents": len(held),
        "added": named(manifest.added),
        "changed": named(manifest.changed),
        "removed": named(manifest.removed),
        "examined": manifest.examined,
        "index_version": manifest.index_version,
        "going_back": {
            "returning": named(id_ for id_ in held if id_ not in others),
            "leaving": named(id_ for id_ in others if id_ not in held),
            "changing": named(id_ for id_ in held if id_ in others and id_ in other),
        },
    }
