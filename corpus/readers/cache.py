"""What was read from files, kept beside the index, so that a start does not read two thousand PDFs again.

One file an entry, named by the digest of the content, its format and the readers: whatever of these changes, it is read
anew. Each is sealed and written in one step; one that is missing, cut short or altered counts as never written. The
folder may be deleted at any time.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import which
from typing import Any

from corpus.readers.registry import Format
from corpus.readers.source import Anchor, LineKind, Source, SourceLine

# What an answer of a reader depends on beside its own code: an extra that is installed later reads more of a file.
_LIBRARIES = (
    "lxml", "onnxruntime", "openpyxl", "pdfminer.six", "pdfplumber", "pillow", "pypdfium2", "python-docx", "rapidocr",
)  # fmt: skip
_SEAL = 64


class SourceCache:
    """Sources in a folder; None: nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def key(self, data: bytes, format_: Format) -> str:
        """The name of the entry for this content."""
        return hashlib.sha256(
            f"{readers_fingerprint()} {format_} ".encode() + hashlib.sha256(data).digest()
        ).hexdigest()

    def get(self, key: str) -> Source | None:
        """What was read, or None where it is not kept."""
        self._used.add(key)
        if self._folder is None:
            return None
        try:
            sealed = (self._folder / f"{key}.json").read_bytes()
        except OSError:
            return None
        seal, data = sealed[:_SEAL], sealed[_SEAL:]
        return _source(json.loads(data)) if hashlib.sha256(data).hexdigest().encode() == seal else None

    def put(self, key: str, source: Source) -> None:
        """Keep it. A folder that cannot be written costs the time of reading again, and is no error."""
        if self._folder is None:
            return
        data = json.dumps(_table(source), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        draft = self._folder / f"{key}.{os.getpid()}.new"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(hashlib.sha256(data).hexdigest().encode() + data)
            draft.replace(self._folder / f"{key}.json")

    def forget(self, data: bytes, format_: Format) -> None:
        """Remove what was read from this content, if it is kept."""
        if self._folder is not None:
            _remove([self._folder / f"{self.key(data, format_)}.json"])

    def drop_unused(self) -> None:
        """Remove the entries that nobody has asked for since this object was made."""
        if self._folder is not None:
            _remove(path for path in self._folder.glob("*.json") if path.stem not in self._used)
            _remove(self._folder.glob("*.new"))


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


@cache
def readers_fingerprint() -> str:
    """A digest of the readers' code, of their libraries, and of what is installed beside them."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    digest.update(str(which("soffice")).encode())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _table(source: Source) -> dict[str, Any]:
    return {
        "lines": [
            [line.text, line.kind, line.level, line.anchor.page, line.anchor.table, line.anchor.row, line.doubtful]
            for line in source.lines
        ],
        "facts": source.facts,
        "notices": source.notices,
    }


def _source(table: dict[str, Any]) -> Source:
    return Source(
        lines=tuple(
            SourceLine(text, LineKind(kind), level, Anchor(page, of_table, row), doubtful)
            for text, kind, level, page, of_table, row, doubtful in table["lines"]
        ),
        facts=tuple((name, value) for name, value in table["facts"]),
        notices=tuple(table["notices"]),
    )
