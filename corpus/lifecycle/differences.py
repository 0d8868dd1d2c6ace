"""How one version of a document differs from another, clause by clause and part by part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from corpus.clause import Clause, Document, Part
from corpus.lifecycle.alignment import Pairs, Text, align
from corpus.lifecycle.version import Version
from corpus.lifecycle.wording import Span, marks
from corpus.text.characters import fold


class Change(StrEnum):
    """What has become of a clause or part. Moved: its number is another one."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    MOVED_AND_CHANGED = "moved_and_changed"
    NEW = "new"
    GONE = "gone"


Unit = TypeVar("Unit", Clause, Part)


@dataclass(frozen=True, slots=True)
class Difference(Generic[Unit]):
    """A clause or part of both versions, or of one.

    `old_marks` and `new_marks` are offsets into the text of the document of each: what only that version says, behind
    the number of the clause or part. Law: without them both say the same, but for blanks and the width of characters.
    """

    change: Change
    old: Unit | None
    new: Unit | None
    old_marks: tuple[Span, ...] = ()
    new_marks: tuple[Span, ...] = ()
    parts: "tuple[Difference[Part], ...]" = ()  # of a clause that is not the same: every part of both sides, once


@dataclass(frozen=True)
class Differences:
    """Two versions of a document compared. Law: every clause of both stands in exactly one entry.

    The entries follow the order of the newer one; what is gone stands where it was.
    """

    old: Document
    new: Document
    entries: tuple[Difference[Clause], ...]

    @cached_property
    def _by_old_id(self) -> "dict[str, tuple[Difference[Clause], Difference[Part] | None]]":
        found: dict[str, tuple[Difference[Clause], Difference[Part] | None]] = {}
        for entry in self.entries:
            if entry.old is not None:
                found[entry.old.id] = entry, None
                found |= {part.id: (entry, None) for part in entry.old.all_parts()}
            found |= {part.old.id: (entry, part) for part in entry.parts if part.old is not None}
        return found

    def counterpart(self, id_: str) -> Clause | None:
        """The clause of the newer version that a clause, or the clause of a part, has become; None where it is gone."""
        entry = self._by_old_id.get(id_)
        return entry[0].new if entry else None

    def clause_of(self, id_: str) -> Clause | None:
        """The clause of the older version of this id, or the one that holds the part of this id."""
        entry = self._by_old_id.get(id_)
        return entry[0].old if entry else None

    def change_of(self, id_: str) -> tuple[Change, str | None] | None:
        """What has become of a clause or part of the older version, and its id now; None for an id that it has not."""
        if id_ not in self._by_old_id:
            return None
        clause, part = self._by_old_id[id_]
        if part is not None:
            return part.change, part.new.id if part.new else None
        of_clause = clause.old is not None and clause.old.id == id_
        if clause.new is None or of_clause:
            return clause.change, clause.new.id if clause.new else None
        return clause.change, f"{clause.new.id}{id_.removeprefix(clause.old.id)}" if clause.old else None

    def count(self, change: Change) -> int:
        """How many clauses are so."""
        return sum(entry.change is change for entry in self.entries)


def differences(old: Version, new: Version) -> Differences:
    """Compare two versions, of one id or of two."""
    entries = _compared(old.document, old.clauses, new.document, new.clauses)
    return Differences(old.document, new.document, tuple(entries))


def counterparts(one: Version, other: Version) -> Mapping[str, Clause]:
    """By the id of a clause of one version, the clause of the other that it has become, or was."""
    pairs = _aligned(one.clauses, other.clauses, (one.document.id, other.document.id))
    return {one.clauses[i].id: other.clauses[j] for i, j in pairs.items()}


def _aligned(old: Sequence[Unit], new: Sequence[Unit], roots: tuple[str, str]) -> Pairs:
    return align([_text(one, roots[0]) for one in old], [_text(one, roots[1]) for one in new])


def _compared(
    old: Document, old_units: Sequence[Unit], new: Document, new_units: Sequence[Unit], root: tuple[str, str] = ("", "")
) -> Iterator[Difference[Unit]]:
    """Every unit of both sides once; `root` is what their ids begin with, where that is not their document's."""
    roots = root[0] or old.id, root[1] or new.id
    pairs = _aligned(old_units, new_units, roots)
    back = {j: i for i, j in pairs.items()}
    gone = iter([i for i in range(len(old_units)) if i not in pairs])
    waiting = next(gone, None)
    for j, unit in enumerate(new_units):
        while waiting is not None and j in back and waiting < back[j]:
            yield Difference(Change.GONE, old_units[waiting], None)
            waiting = next(gone, None)
        if j in back:
            yield _pair(old, old_units[back[j]], new, unit, roots)
        else:
            yield Difference(Change.NEW, None, unit)
    while waiting is not None:
        yield Difference(Change.GONE, old_units[waiting], None)
        waiting = next(gone, None)


def _pair(old: Document, before: Unit, new: Document, after: Unit, roots: tuple[str, str]) -> Difference[Unit]:
    starts = _body_start(before), _body_start(after)
    moved = _path(before, roots[0]) != _path(after, roots[1])
    first, second = marks(old.text[starts[0] : before.end], new.text[starts[1] : after.end])
    if first or second:
        change = Change.MOVED_AND_CHANGED if moved else Change.CHANGED
    else:
        change = Change.MOVED if moved else Change.SAME
    parts: tuple[Difference[Part], ...] = ()
    if isinstance(before, Clause) and isinstance(after, Clause) and change is not Change.SAME:
        roots = before.id, after.id
        parts = tuple(_compared(old, before.all_parts(), new, after.all_parts(), roots))
    return Difference(change, before, after, _shifted(first, starts[0]), _shifted(second, starts[1]), parts)


def _text(unit: Clause | Part, root: str) -> Text:
    skipped = _body_start(unit) - unit.start
    return Text(_path(unit, root), "".join(fold(unit.text[skipped:]).split()))


def _path(unit: Clause | Part, root: str) -> str:
    """The number path as cited, within the document, or of a part within its clause."""
    return unit.id.removeprefix(root)


def _body_start(unit: Clause | Part) -> int:
    """Where its words begin, behind its own number."""
    if isinstance(unit, Clause):
        return unit.body_start
    return unit.start + len(unit.number) if unit.text.startswith(unit.number) else unit.start


def _shifted(spans: Sequence[Span], by: int) -> tuple[Span, ...]:
    return tuple((start + by, end + by) for start, end in spans)
