"""The gaps with their states, owners and histories, kept beside the answers. Safe from several processes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlalchemy import Connection, delete, insert, select, update

from assistant.database.database import Database
from assistant.feedback.store import FeedbackStore
from assistant.gaps.asked import MOST, UNSURE, Asked, asked_in
from assistant.gaps.grouping import Read, gap_of, group, new_gap
from assistant.gaps.states import MERGEABLE, State, check_move
from assistant.gaps.table import GAP, GAP_HISTORY, GAP_QUESTION
from assistant.privacy.masking import mask
from assistant.settings import PREFIX
from corpus.errors import InputError, NotFoundError, SettingsError

_LONGEST = 500  # characters of a name or a note

T = TypeVar("T", str, date)


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
    """Gaps in a database. Every method raises DatabaseError when that fails."""

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

    def reopened(self, since: datetime) -> dict[str, list[datetime]]:
        """The gaps that were closed and are asked again, with the moments since then."""
        again = (GAP_HISTORY.c.before == State.CLOSED, GAP_HISTORY.c.after == State.OPEN, GAP_HISTORY.c.time >= since)
        found: dict[str, list[datetime]] = {}
        with self._database.transaction() as connection:
            for row in connection.execute(select(GAP_HISTORY.c.gap, GAP_HISTORY.c.time).where(*again)):
                found.setdefault(row.gap, []).append(row.time)
        return found

    def move(
        self, gap_id: str, after: State, *, who: str | None = None, note: str | None = None, target: str | None = None
    ) -> bool:
        """Change the state; who takes a gap owns it. False where somebody else has moved it meanwhile.

        Raises InputError for a move that there is not, NotFoundError.
        """
        gap = self.gap(gap_id)
        check_move(gap.state, after)
        return self._database.write(lambda connection: self._move(connection, gap, after, who, note, target))

    def _move(  # noqa: PLR0917  (what is moved, whereto, and what is said of it)
        self,
        connection: Connection,
        gap: Gap,
        after: State,
        who: str | None,
        note: str | None,
        target: str | None = None,
    ) -> bool:
        values = {"state": after, "changed": self._now()}
        if after is State.TAKEN:
            values["owner"] = _kept(who) or gap.owner
        if after is State.OPEN:
            values["owner"] = None
        if target:
            values["target"] = target
        same = (GAP.c.id == gap.id, GAP.c.state == gap.state)  # of two who move it at once, one does
        moved = bool(connection.execute(update(GAP).where(*same).values(values)).rowcount)
        if moved:
            self._tell(connection, gap.id, (gap.state, after), who, note)
        return moved

    def _tell(
        self, connection: Connection, gap_id: str, states: tuple[State, State], who: str | None, note: str | None
    ) -> None:
        """One more line of a gap's history."""
        line = {"gap": gap_id, "time": self._now(), "who": _kept(who), "note": _kept(note)}
        connection.execute(insert(GAP_HISTORY).values(**line, before=states[0], after=states[1]))

    def take_out(self, gap_id: str, key: str, *, who: str | None = None) -> str:
        """Put one question of a gap into another of its own, whose id is returned. Raises NotFoundError, InputError."""
        gap = self.gap(gap_id)
        if key not in {one.key for one in gap.questions}:
            raise NotFoundError(
                "这个缺口里没有这个问题，请刷新页面。This question is not in the gap; reload the page.", "key"
            )
        if len(gap.questions) == 1:
            raise InputError("这个缺口只有这一个问题。The gap holds nothing but this question.", "key")
        return self._database.write(lambda connection: self._take_out(connection, gap, key, who))

    def _take_out(self, connection: Connection, gap: Gap, key: str, who: str | None) -> str:
        own = new_gap(connection, self._now())
        connection.execute(update(GAP_QUESTION).where(GAP_QUESTION.c.key == key).values(gap=own))
        self._tell(connection, gap.id, (gap.state, gap.state), who, f"移出一个问题 · a question taken out to {own}")
        self._tell(connection, own, (State.OPEN, State.OPEN), who, f"移自 · taken out of {gap.id}")
        return own

    def merge(self, gap_id: str, other_id: str, *, who: str | None = None) -> None:
        """Put all questions of another gap into this one. Raises NotFoundError, InputError.

        Nothing may have been written for the other yet: it would be lost.
        """
        gap, other = self.gap(gap_id), self.gap(other_id)
        if gap.id == other.id or other.state not in MERGEABLE:
            raise InputError(
                "只能并入另一个待处理或处理中的缺口。Only another gap that is open or taken can be merged.", "other"
            )
        self._database.write(lambda connection: self._merge(connection, gap, other, who))

    def _merge(self, connection: Connection, gap: Gap, other: Gap, who: str | None) -> None:
        connection.execute(update(GAP_QUESTION).where(GAP_QUESTION.c.gap == other.id).values(gap=gap.id))
        connection.execute(delete(GAP_HISTORY).where(GAP_HISTORY.c.gap == other.id))
        connection.execute(delete(GAP).where(GAP.c.id == other.id))
        self._tell(connection, gap.id, (gap.state, gap.state), who, f"并入 · merged with {other.id}")

    def _refresh(self, connection: Connection, read: Read) -> int:
        asked = asked_in(connection, self._unsure)
        _forget(connection, gap_of(connection), asked)
        new = group(connection, asked, read, self._now())
        for gap in self._gaps(connection):
            if gap.state is State.CLOSED and gap.last > gap.changed:
                self._move(connection, gap, State.OPEN, None, "又有人问 · asked again")
        return new

    def _gaps(self, connection: Connection) -> list[Gap]:
        asked = asked_in(connection, self._unsure)
        known = gap_of(connection)
        questions: dict[str, list[Asked]] = {}
        for key, one in asked.items():
            if key in known:
                questions.setdefault(known[key], []).append(one)
        rows = connection.execute(select(GAP)).all()
        return [
            Gap(row.id, State(row.state), row.owner, row.target, row.created, row.changed, tuple(questions[row.id]))
            for row in rows
            if row.id in questions
        ]


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
