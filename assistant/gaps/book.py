"""The gaps with their states, owners and histories, kept beside the answers. Safe from several processes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from assistant.feedback.database import Database
from assistant.feedback.store import FeedbackStore
from assistant.gaps.asked import MOST, UNSURE, Asked, asked_in
from assistant.gaps.clustering import MEMBERS, Groups
from assistant.gaps.states import State, check_move
from assistant.gaps.table import GAP, GAP_HISTORY, GAP_QUESTION
from assistant.privacy.masking import mask
from assistant.settings import PREFIX
from corpus.errors import NotFoundError, SettingsError
from index.query import Query

AT_ONCE = 2_000  # new questions that are put into groups at one look; the others wait for the next
_LONGEST = 500  # characters of a name or a note

T = TypeVar("T", str, date)
Read = Callable[[Sequence[str]], list[Query]]


@dataclass(frozen=True, slots=True)
class Move:
    """One line of a gap's history."""

    time: datetime
    who: str | None
    before: str
    after: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask the same and did not get it, the most asked first."""

    id: str
    state: State
    owner: str | None
    target: str | None
    created: datetime
    changed: datetime
    questions: tuple[Asked, ...]

    @property
    def example(self) -> str:
        """The question that was asked most, personal data masked."""
        return self.questions[0].whole

    @property
    def count(self) -> int:
        """How often these were asked."""
        return sum(one.count for one in self.questions)

    @property
    def last(self) -> datetime:
        return max(one.last for one in self.questions)

    def kinds(self) -> Counter[str]:
        """How often each was lacking."""
        return _sum(one.kinds for one in self.questions)

    def places(self) -> Counter[str]:
        """How often each place was meant."""
        return _sum(one.places for one in self.questions)

    def weeks(self) -> dict[date, int]:
        """How often in each week, by its Monday, in order."""
        return dict(sorted(_sum(one.weeks for one in self.questions).items()))


class GapBook:
    """Gaps in a database. Every method raises FeedbackError when that fails."""

    def __init__(
        self, database: Database, *, now: Callable[[], datetime] = lambda: datetime.now(UTC), unsure: float = UNSURE
    ) -> None:
        """`unsure`: the confidence, 0..1, below which an answer counts as lacking."""
        self._database = database
        self._now = now
        self._unsure = unsure

    def refresh(self, read: Read) -> int:
        """Put new questions into gaps, reopen closed ones that are asked again, drop what is forgotten; how many new.

        `read` gives the vectors of questions.
        """
        return self._database.write(lambda connection: self._refresh(connection, read))

    def gaps(self, *, state: State | None = None, place: str | None = None, limit: int | None = None) -> list[Gap]:
        """Those in a state, or of a place; the most asked first."""
        with self._database.transaction() as connection:
            found = self._gaps(connection)
        fitting = (gap for gap in found if state in (None, gap.state) and (place is None or place in gap.places()))
        return sorted(fitting, key=lambda gap: (-gap.count, gap.created, gap.id))[:limit]

    def gap(self, gap_id: str) -> Gap:
        """Raises NotFoundError."""
        found = next((gap for gap in self.gaps() if gap.id == gap_id), None)
        if found is None:
            raise NotFoundError(f"没有缺口 {gap_id}，编号见缺口列表。No gap {gap_id}; see the list of gaps.", "gap")
        return found

    def history(self, gap_id: str) -> list[Move]:
        """What happened to a gap, the first first."""
        columns = [GAP_HISTORY.c[name] for name in ("time", "who", "before", "after", "note")]
        with self._database.transaction() as connection:
            rows = connection.execute(
                select(*columns).where(GAP_HISTORY.c.gap == gap_id).order_by(GAP_HISTORY.c.number)
            )
            return [Move(*row) for row in rows]

    def move(
        self, gap_id: str, after: State, *, who: str | None = None, note: str | None = None, target: str | None = None
    ) -> None:
        """Change the state; who takes a gap owns it. Raises InputError for a move that there is not, NotFoundError."""
        gap = self.gap(gap_id)
        check_move(gap.state, after)
        self._database.write(lambda connection: self._move(connection, gap, after, who, note, target))

    def _move(  # noqa: PLR0917  (what is moved, whereto, and what is said of it)
        self,
        connection: Connection,
        gap: Gap,
        after: State,
        who: str | None,
        note: str | None,
        target: str | None = None,
    ) -> None:
        values = {"state": after, "changed": self._now()}
        if after is State.TAKEN:
            values["owner"] = _kept(who) or gap.owner
        if after is State.OPEN:
            values["owner"] = None
        if target:
            values["target"] = target
        same = (GAP.c.id == gap.id, GAP.c.state == gap.state)  # of two who move it at once, one does
        if connection.execute(update(GAP).where(*same).values(values)).rowcount:
            connection.execute(
                insert(GAP_HISTORY).values(
                    gap=gap.id, time=self._now(), who=_kept(who), before=gap.state, after=after, note=_kept(note)
                )
            )

    def _refresh(self, connection: Connection, read: Read) -> int:
        asked = asked_in(connection, self._unsure)
        known = _gap_of(connection)
        _forget(connection, known, asked)
        new = [one for key, one in asked.items() if key not in known][:AT_ONCE]
        if new:
            self._group(connection, asked, known, new, read)
        for gap in self._gaps(connection):
            if gap.state is State.CLOSED and gap.last > gap.changed:
                self._move(connection, gap, State.OPEN, None, "又有人问 · asked again")
        return len(new)

    def _group(
        self,
        connection: Connection,
        asked: Mapping[str, Asked],
        known: Mapping[str, str],
        new: Sequence[Asked],
        read: Read,
    ) -> None:
        members: dict[str, list[str]] = {}
        for key, one in asked.items():  # the most asked first
            if key in known and len(members.setdefault(known[key], [])) < MEMBERS:
                members[known[key]].append(one.whole)
        gap_ids = list(members)
        queries = iter(read([text for texts in members.values() for text in texts]))
        groups = Groups([[next(queries) for _ in texts] for texts in members.values()])
        for one, group in zip(new, groups.add(read([one.whole for one in new])), strict=True):
            while len(gap_ids) <= group:
                gap_ids.append(uuid4().hex[:12])
                values = {"id": gap_ids[-1], "state": State.OPEN, "created": self._now(), "changed": self._now()}
                connection.execute(insert(GAP).values(values))
            connection.execute(insert(GAP_QUESTION).values(key=one.key, gap=gap_ids[group]))

    def _gaps(self, connection: Connection) -> list[Gap]:
        asked = asked_in(connection, self._unsure)
        gap_of = _gap_of(connection)
        questions: dict[str, list[Asked]] = {}
        for key, one in asked.items():
            if key in gap_of:
                questions.setdefault(gap_of[key], []).append(one)
        rows = connection.execute(select(GAP)).all()
        return [
            Gap(row.id, State(row.state), row.owner, row.target, row.created, row.changed, tuple(questions[row.id]))
            for row in rows
            if row.id in questions
        ]


def _gap_of(connection: Connection) -> dict[str, str]:
    """The gap of each question that is in one, by its key."""
    rows = connection.execute(select(GAP_QUESTION.c.key, GAP_QUESTION.c.gap))
    return {row.key: row.gap for row in rows}


def open_book(feedback: FeedbackStore) -> GapBook:
    """The gaps beside the answers. Raises SettingsError where nothing is kept."""
    if feedback.database is None:
        raise SettingsError(
            f"反馈存储已关闭，看不到缺口；请设置 {PREFIX}FEEDBACK。"
            f"Feedback is switched off, so there are no gaps to be seen; set {PREFIX}FEEDBACK."
        )
    return GapBook(feedback.database)


def _forget(connection: Connection, known: dict[str, str], asked: Mapping[str, Asked]) -> None:
    """Drop the questions that the feedback store has forgotten, and gaps that have none left, with their history."""
    gone = [key for key in known if key not in asked] if len(asked) < MOST else []
    gaps = {known.pop(key) for key in gone} - set(known.values())
    for start in range(0, len(gone), 500):
        connection.execute(delete(GAP_QUESTION).where(GAP_QUESTION.c.key.in_(gone[start : start + 500])))
    for gap in gaps:
        connection.execute(delete(GAP).where(GAP.c.id == gap))
        connection.execute(delete(GAP_HISTORY).where(GAP_HISTORY.c.gap == gap))


def _kept(text: str | None) -> str | None:
    """Words of the office as they are kept: personal data masked, on one line, not endless."""
    return " ".join(mask(text).split())[:_LONGEST] or None if text else None


def _sum(counters: Iterable[Counter[T]]) -> Counter[T]:
    total: Counter[T] = Counter()
    for counter in counters:
        total += counter
    return total
