"""Looking through the chain: which row was altered, is missing, was put in or moved, and whether its end was cut off.

What a chain can prove: that the rows between two hashes that somebody has kept elsewhere are those that were written.
What it cannot: anything about rows after the last hash that was kept elsewhere, for whoever controls the database can
write them anew, hashes and all; nor that everything that happened was written down.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.audit.row import NONE, Row, canonical, digest

CUT = "audit_cut"  # the event that tells which rows were past keeping
BEGUN = "audit_begun"  # the event of the first row


@dataclass(frozen=True, slots=True)
class Head:
    """The number and the hash of a row: whoever has kept them elsewhere can tell whether the rows up to it stand."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, at which row. `kind` is the last word of its message's key."""

    number: int
    kind: str  # altered, missing, moved, start, cut_off, another


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look through the chain has found."""

    rows: int
    first: int | None  # the number of the oldest row that is kept
    head: Head | None  # the last row; None: there is none
    cut: int  # how many rows were past keeping before the first
    faults: tuple[Fault, ...]
    against: tuple[Head, ...] = ()  # heads kept elsewhere that it was held against

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(rows: Iterable[Row], heads: Iterable[Head] = ()) -> Verified:
    """Look through all rows in the order of their numbers; `heads` are what is known of the chain from elsewhere."""
    against = tuple(heads)
    wanted: dict[int, set[str]] = {}
    for known in against:
        wanted.setdefault(known.number, set()).add(known.hash)
    faults: list[Fault] = []
    first: Row | None = None
    last: Row | None = None
    cuts: dict[int, str] = {}
    count = 0
    for row in rows:
        count += 1
        if last is None:
            first = row
        elif row.number != last.number + 1:
            faults.append(Fault(last.number + 1, "missing"))
        elif row.previous != last.hash:
            faults.append(Fault(row.number, "moved"))
        if not _is_whole(row):
            faults.append(Fault(row.number, "altered"))
        elif row.event == CUT:
            cuts[int(row.details.get("through", 0))] = str(row.details.get("hash", ""))
        if wanted.pop(row.number, {row.hash}) != {row.hash}:
            faults.append(Fault(row.number, "another"))
        last = row
    if first is not None and not _begins(first, cuts):
        faults.insert(0, Fault(first.number, "start"))
    end = last.number if last else 0
    faults += [Fault(number, "cut_off") for number in sorted(wanted) if number > end][:1]
    faults += [Fault(number, "missing") for number in sorted(wanted) if first and first.number < number <= end]
    gone = first.number - 1 if first else 0
    head = Head(last.number, last.hash) if last else None
    return Verified(count, first.number if first else None, head, gone, tuple(dict.fromkeys(faults)), against)


def _is_whole(row: Row) -> bool:
    """Whether its hash is that of what it says, and it says it as it was written."""
    try:
        return row.hash == digest(row) and row.what == canonical(row.details)
    except ValueError:
        return False


def _begins(first: Row, cuts: dict[int, str]) -> bool:
    """Whether nothing stood before it but what a later row says was past keeping."""
    if first.number == 1:
        return first.previous == NONE and first.event == BEGUN
    return cuts.get(first.number - 1) == first.previous
