"""New questions are put into gaps. A gap that nobody has touched is put together anew with them, and keeps its id.

Whoever has a gap, or had it, finds in it what was in it; what is new may only come to it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from assistant.gaps.asked import Asked
from assistant.gaps.clustering import MEMBERS, Groups
from assistant.gaps.states import State
from assistant.gaps.table import GAP, GAP_HISTORY, GAP_QUESTION
from index.query import Query

AT_ONCE = 2_000  # questions that are put into groups at one look; new ones beyond wait for the next

Read = Callable[[Sequence[str]], list[Query]]


def gap_of(connection: Connection) -> dict[str, str]:
    """The gap of each question that is in one, by its key."""
    rows = connection.execute(select(GAP_QUESTION.c.key, GAP_QUESTION.c.gap))
    return {row.key: row.gap for row in rows}


def new_gap(connection: Connection, now: datetime) -> str:
    """The id of another open gap, still without questions."""
    id_ = uuid4().hex[:12]
    connection.execute(insert(GAP).values(id=id_, state=State.OPEN, created=now, changed=now))
    return id_


def group(connection: Connection, asked: Mapping[str, Asked], read: Read, now: datetime) -> int:
    """Put what is in no gap yet into one; how many questions those are. `asked`: everything, the most asked first."""
    before = gap_of(connection)
    new = [one for key, one in asked.items() if key not in before][:AT_ONCE]
    if not new:
        return 0
    touched = _Held(connection, asked, before, AT_ONCE - len(new))
    queries = iter(read([text for texts in touched.members.values() for text in texts]))
    groups = Groups([[next(queries) for _ in texts] for texts in touched.members.values()])
    moving = [*touched.loose, *new]
    found = groups.add(read([one.whole for one in moving]))

    gap_ids = dict(enumerate(touched.members))
    ids = _names(found, [before.get(one.key) for one in moving], len(gap_ids))
    for number in dict.fromkeys(found):
        if number not in gap_ids:
            gap_ids[number] = ids.get(number) or new_gap(connection, now)
    for one, number in zip(moving, found, strict=True):
        _put(connection, one.key, before.get(one.key), gap_ids[number])
    _remove(connection, {before[one.key] for one in touched.loose} - set(gap_ids.values()))
    return len(new)


class _Held:
    """What is in gaps: the questions of those that nobody has touched, and a few of each of the others."""

    def __init__(
        self, connection: Connection, asked: Mapping[str, Asked], before: Mapping[str, str], most: int
    ) -> None:
        rows = connection.execute(select(GAP.c.id).where(GAP.c.state == State.OPEN, GAP.c.owner.is_(None)))
        history = set(connection.execute(select(GAP_HISTORY.c.gap).distinct()).scalars())
        untouched = {row.id for row in rows} - history
        sizes = Counter(before[key] for key in asked if key in before)
        self.loose: list[Asked] = []
        self.members: dict[str, list[str]] = {}
        chosen: set[str] = set()
        for key, one in asked.items():  # the most asked first
            id_ = before.get(key)
            if id_ is None:
                continue
            if id_ in untouched and id_ not in chosen and id_ not in self.members and sizes[id_] <= most:
                chosen.add(id_)
                most -= sizes[id_]
            if id_ in chosen:
                self.loose.append(one)
            elif len(self.members.setdefault(id_, [])) < MEMBERS:
                self.members[id_].append(one.whole)


def _names(found: Sequence[int], before: Iterable[str | None], held: int) -> dict[int, str]:
    """Which group keeps the id of which gap: the two that share most questions first, each once."""
    shared = Counter((number, id_) for number, id_ in zip(found, before, strict=True) if id_ and number >= held)
    names: dict[int, str] = {}
    for number, id_ in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if number not in names and id_ not in names.values():
            names[number] = id_
    return names


def _put(connection: Connection, key: str, before: str | None, after: str) -> None:
    if before is None:
        connection.execute(insert(GAP_QUESTION).values(key=key, gap=after))
    elif before != after:
        connection.execute(update(GAP_QUESTION).where(GAP_QUESTION.c.key == key).values(gap=after))


def _remove(connection: Connection, emptied: Iterable[str]) -> None:
    for id_ in emptied:
        connection.execute(delete(GAP).where(GAP.c.id == id_))
