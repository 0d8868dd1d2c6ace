"""What has been published: generations on disk, each sealed by its manifest, and the pointer to the one in service.

POLICYQA_LIBRARY/generations/
├── CURRENT    the generation in service and the SHA-256 of its manifest; replaced in one step
├── NEXT       the one that servers shall load now, because it is about to be put in service
├── LOCK       held by whoever publishes or switches; others wait
├── segments/  what the newest one is made of, a document each, so that only what changes is made again
├── .new-0008  one that is being built, or was when the machine went down
└── 0008/      documents/, corpus.json, index/, results.json; manifest.json, written last
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.publication import audit
from corpus.errors import NotFoundError, StoreError
from corpus.library.place import CURRENT, DOCUMENTS, pointer_in
from corpus.library.writing import write

NEXT, LOCK, MANIFEST = "NEXT", "LOCK", "manifest.json"
DRAFT = ".new-"
SWITCHES = frozenset({"publish", "remove", "index", "rollback"})  # events of the audit record that name what serves
FORMAT = 1  # of the manifest
_NAME = re.compile(r"[0-9]{4,}")
_CHUNK = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class Pointer:
    """A generation by its name, and the SHA-256 of its manifest."""

    name: str
    sha256: str

    @property
    def number(self) -> int:
        return int(self.name)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself. Days and times are ISO 8601, UTC."""

    number: int
    created: str
    cause: str  # of Cause
    by: str | None  # who published, as they call themselves
    reason: str | None  # why it was published though saved questions broke, or why a document was removed
    parent: int | None  # the generation that it was built beside
    index_version: str  # of what is searched
    facts_version: str  # of what is known of the documents and not searched
    index: str  # SHA-256 of the manifest of its index
    documents: Mapping[str, str]  # id → title
    added: tuple[str, ...]  # ids, against the parent
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    encoded: int  # documents that were encoded anew
    examined: Mapping[str, int]  # saved questions: asked, right, broken, known, set_aside
    files: Mapping[str, str]  # path inside the generation → SHA-256, all files but the index's own and this one

    def to_json(self) -> bytes:
        """As written to the disk."""
        return (json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=2) + "\n").encode()


class Generations:
    """The generations in a folder. Reads and points; it builds nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Pointer | None:
        """The one in service; None before the first publication. Raises StoreError where CURRENT is damaged."""
        found = self._pointer(CURRENT)
        if found is None and self.names() and self.all() and self.served():
            raise damaged(self.folder / CURRENT)
        return found

    def served(self) -> list[int]:
        """The numbers of those that were put in service, one a switch, by the audit record."""
        numbers = (one.get("generation") for one in audit.events(self.folder.parent) if one.get("event") in SWITCHES)
        return [number for number in numbers if isinstance(number, int)]

    def next(self) -> Pointer | None:
        """The one that is about to be put in service."""
        return self._pointer(NEXT)

    def manifest(self, pointer: Pointer) -> Manifest:
        """What a generation says of itself. Raises StoreError where it is missing, damaged or of a later format."""
        data = self._bytes(pointer.name)
        if hashlib.sha256(data).hexdigest() != pointer.sha256:
            raise damaged(self.folder / pointer.name / MANIFEST)
        return _manifest(data, self.folder / pointer.name / MANIFEST)

    def all(self) -> list[tuple[Pointer, Manifest]]:
        """Every generation that can be read, the oldest first."""
        found = []
        for name in self.names():
            try:
                data = self._bytes(name)
                manifest = _manifest(data, self.folder / name)
            except StoreError:
                continue
            found.append((Pointer(name, hashlib.sha256(data).hexdigest()), manifest))
        return found

    def find(self, number: int) -> tuple[Pointer, Manifest]:
        """A generation by its number. Raises NotFoundError."""
        for pointer, manifest in self.all():
            if manifest.number == number:
                return pointer, manifest
        raise NotFoundError(
            f"没有版本 {number}，现有版本见 policyqa generations。No generation {number}; see policyqa generations.",
            "generation",
        )

    def check(self, pointer: Pointer) -> Manifest:
        """Compare every file with its seal. Raises StoreError naming the first that differs."""
        manifest, folder = self.manifest(pointer), self.folder / pointer.name
        _compare(folder, {**manifest.files, f"index/{MANIFEST}": manifest.index})
        _compare(folder, dict(_of_index(folder / "index" / MANIFEST)))
        return manifest

    def check_documents(self, pointer: Pointer) -> None:
        """Compare the documents with their seals: all that another index needs. Raises StoreError as `check` does."""
        files = self.manifest(pointer).files.items()
        _compare(self.folder / pointer.name, {path: seal for path, seal in files if path.startswith(f"{DOCUMENTS}/")})

    def point(self, name: str, pointer: Pointer | None) -> None:
        """Let CURRENT or NEXT name another generation, in one step. Raises OSError."""
        file = self.folder / name
        if pointer is None:
            file.unlink(missing_ok=True)
            return
        draft = self.folder / f"{name}.new"
        write(draft, f"{pointer.name} {pointer.sha256}\n".encode())
        if file.is_dir() and not file.is_symlink():  # nothing that a publication makes, and no file can replace it
            shutil.rmtree(file)
        draft.replace(file)
        sync_folder(self.folder)

    def names(self) -> list[str]:
        """The folders of generations, the oldest first."""
        if not self.folder.is_dir():
            return []
        folders = (one.name for one in self.folder.iterdir() if _NAME.fullmatch(one.name) and one.is_dir())
        return sorted(folders, key=int)

    def drop(self, name: str) -> None:
        """Remove a generation: its manifest first, so that what a crash leaves is none."""
        (self.folder / name / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(self.folder / name)

    def _pointer(self, name: str) -> Pointer | None:
        file = self.folder / name
        if found := pointer_in(file):
            return Pointer(*found)
        if name == CURRENT and os.path.lexists(file):
            raise damaged(file)
        return None

    def _bytes(self, name: str) -> bytes:
        file = self.folder / name / MANIFEST
        try:
            return file.read_bytes()
        except OSError as error:
            raise damaged(file) from error


def sync_folder(folder: Path) -> None:
    """See to it that names given in a folder are on the disk too; where a system cannot, it is left out."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _manifest(data: bytes, path: Path) -> Manifest:
    try:
        table: dict[str, Any] = json.loads(data)
        if table.pop("format") != FORMAT:
            raise StoreError(
                f"{path} 由更新的程序写成，请升级 policyqa。It was written by a later program; upgrade policyqa."
            )
        for key in ("added", "changed", "removed"):
            table[key] = tuple(table[key])
        return Manifest(**table)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(path) from error


def _of_index(manifest: Path) -> Iterator[tuple[str, str]]:
    """The files of the index inside the generation, with their seals."""
    for name, seal in json.loads(manifest.read_bytes())["files"].items():
        yield f"index/{name}", seal["sha256"]


def _compare(folder: Path, seals: Mapping[str, str]) -> None:
    for path, sha256 in seals.items():
        if _digest(folder / path) != sha256:
            raise damaged(folder / path)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise damaged(path) from error
    return digest.hexdigest()


def damaged(path: Path) -> StoreError:
    """A file of a generation is not as it was written."""
    return StoreError(
        f"{path} 缺失或被改动：请用 policyqa rollback 换回别的版本，或重新发布（policyqa publish）。"
        "It is missing or altered; go back to another generation with policyqa rollback, or publish again."
    )
