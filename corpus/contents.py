"""The headings and clauses of one document as a tree, made from the headings that stand above each clause."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from typing import TypeAlias

from corpus.clause import Clause


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with what stands below it, in the order of the text."""

    text: str  # as printed
    position: int  # which of the document's headings it is, from 1
    entries: tuple["Entry", ...]

    def clauses(self) -> Iterator[Clause]:
        """Every clause below it."""
        for entry in self.entries:
            yield from entry.clauses() if isinstance(entry, Heading) else (entry,)


Entry: TypeAlias = Heading | Clause


def contents(clauses: Sequence[Clause]) -> tuple[Entry, ...]:
    """The tree of the clauses of one document, which stand in the order of its text; none is left out."""
    return tuple(_entries(clauses, 0, count(1)))


def _entries(clauses: Sequence[Clause], depth: int, positions: Iterator[int]) -> Iterator[Entry]:
    """What stands below a heading at this depth; a heading that comes again later is another heading."""
    for text, group in groupby(clauses, key=lambda clause: clause.path[depth] if len(clause.path) > depth else None):
        if text is None:
            yield from group
        else:
            yield Heading(text, next(positions), tuple(_entries(list(group), depth + 1, positions)))


def in_order(entries: Sequence[Entry], depth: int = 0) -> Iterator[tuple[int, Entry]]:
    """Headings and clauses as they follow one another in the text, each with how many headings it stands below."""
    for entry in entries:
        yield depth, entry
        if isinstance(entry, Heading):
            yield from in_order(entry.entries, depth + 1)
