"""A file of rows as a source of documents."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DocumentError
from corpus.rows import Rows, rows_in
from index.streaming.source import SourceState

_BATCH = 4096  # rows: a chunk of them takes some 30 MB while it is made


@dataclass(frozen=True, slots=True)
class RowsFile:
    """JSONL, or gzipped as .gz: `{id, title, text}` a line."""

    path: Path
    batch: int = _BATCH

    def state(self) -> SourceState:
        """What the file holds. Raises DocumentError."""
        try:
            seen = self.path.stat()
            with self.path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise DocumentError(
                f"{self.path}:1: 文件无法读取，请检查 POLICYQA_CORPUS 的路径和权限。"
                f"cannot be read ({error.strerror}); check the path in POLICYQA_CORPUS and its permissions"
            ) from error
        return SourceState(digest, seen.st_size, seen.st_mtime_ns)

    def batches(self) -> Iterator[Rows]:
        """Its rows, so many at a time. Raises DocumentError."""
        return rows_in(self.path, self.batch)
