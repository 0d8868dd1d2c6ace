"""Where the segments of a library are kept, each document as it was parsed and as it was encoded.

One sealed file an entry, written in one step and named by a digest of all that it was made from: whatever of that
changes, the entry has another name, and an old one is never taken for it. The folder may be deleted at any time, which
costs the time of parsing and encoding again.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_ENDING = ".segment"
_DRAFT = ".new"
_NAME = re.compile(r"[0-9a-f]{64}")
_SEAL = 32  # bytes of a SHA-256, before the content


class SegmentStore(Protocol):
    """Bytes by key, 64 hexadecimal digits. Neither method raises: what cannot be read or kept is made again."""

    def get(self, key: str) -> bytes | None:
        """What was put there, or None where it is not there, or not whole."""

    def put(self, key: str, data: bytes) -> None:
        """Keep it, in place of what was there."""


class SegmentFolder:
    """A `SegmentStore` in a folder. Safe from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        try:
            sealed = self._path(key).read_bytes()
        except OSError:
            return None
        data = sealed[_SEAL:]
        return data if hashlib.sha256(data).digest() == sealed[:_SEAL] else None

    def put(self, key: str, data: bytes) -> None:
        draft = ""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=_DRAFT, delete=False) as file:
                draft = file.name
                file.write(hashlib.sha256(data).digest() + data)
            os.replace(draft, self._path(key))  # noqa: PTH105  (one step, of a name)
        except OSError:
            if draft:
                _remove(Path(draft))

    def keys(self) -> frozenset[str]:
        """What is kept, whole or not."""
        return frozenset(path.stem for path in self._files(_ENDING) if _NAME.fullmatch(path.stem))

    def drop(self, keys: Iterable[str]) -> None:
        """Remove these; none need be there."""
        for key in keys:
            _remove(self._path(key))

    def keep_only(self, keys: Iterable[str]) -> None:
        """Remove all others, and what was left half written. Nobody else may be writing."""
        self.drop(self.keys() - set(keys))
        for draft in self._files(_DRAFT):
            _remove(draft)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"

    def _files(self, ending: str) -> list[Path]:
        try:
            return [path for path in self.folder.iterdir() if path.suffix == ending]
        except OSError:
            return []


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """A store of which nothing is changed. Satisfies `SegmentStore`."""

    store: SegmentStore

    def get(self, key: str) -> bytes | None:
        return self.store.get(key)

    def put(self, key: str, data: bytes) -> None:
        """Keeps nothing."""


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
