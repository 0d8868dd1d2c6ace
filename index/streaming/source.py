"""Where the documents of a stream come from, and by what it is told whether they are still the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from corpus.parsed import ParsedDocument

MAPPED = "mapped"  # the form of a generation that was built from a stream, as its manifest says


class Batch(Protocol):
    """Some documents, not yet read. May go to another process."""

    @property
    def digest(self) -> str:
        """64 hexadecimal digits of all that decides its documents, but for the program."""

    @property
    def read(self) -> int:
        """How far the source has been read with it, in bytes."""

    def documents(self) -> tuple[ParsedDocument, ...]:
        """The documents, at least one. Raises DocumentError."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """By what it is told whether a source is still the one that an index was built from."""

    digest: str  # SHA-256 of its content
    size: int
    modified: int  # nanoseconds

    def same_file(self, other: "SourceState | None") -> bool:
        """Whether it can be told without reading the content that nothing has changed."""
        return other is not None and (self.size, self.modified) == (other.size, other.modified)


class Source(Protocol):
    """Where documents come from."""

    def state(self) -> SourceState:
        """What it holds now. Raises DocumentError."""

    def batches(self) -> Iterable[Batch]:
        """All of its documents. Raises DocumentError."""
