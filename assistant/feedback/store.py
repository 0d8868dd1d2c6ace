"""What was asked, and what people said of the answers: a store that forgets (反馈).

A question is kept with its personal data masked, so that what the documents lack can be seen; everything goes after the
days that the settings say. One SQLite file unless a database is named; several processes may write.
"""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from threading import Lock
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from assistant.answer import Answer
from assistant.database.database import TRIES, Database
from assistant.feedback.forgetting import forget as answers_forget
from assistant.feedback.recorded import Channel, Verdict, answer_columns, kept, question_columns
from assistant.feedback.rows import FeedbackRow, Gap
from assistant.feedback.table import FEEDBACK, cited_query, gaps_query
from assistant.handover import traces
from assistant.handover.expiry import delete_expired
from assistant.operations import outbox, outbox_traces
from assistant.question.history import Turn
from assistant.settings import PREFIX
from corpus.errors import DatabaseError, NotFoundError, SettingsError

__all__ = ["FeedbackRow", "FeedbackStore", "Gap", "Verdict"]

_LOG = logging.getLogger(__name__)
_PURGE_EVERY = timedelta(hours=1)
_PAUSE = timedelta(minutes=1)  # after a failure to record: an asker must not wait for a database that is away
_MOST_WAITING = 1000  # answers that wait in memory for such a database, the latest; at most 12 kB each

# What the page sends as the reason of a verdict; any other words are kept as well.
REASONS = ("wrong_clause", "outdated", "not_my_place", "incomplete", "hard_to_understand")


def _not_given() -> NotFoundError:
    return NotFoundError(
        "没有给出过这个答案，或者它已经删除；请重新提问，再评价新的答案。"
        "No such answer was given, or it has been deleted: ask again and judge the new answer."
    )


def _now() -> datetime:
    return datetime.now(UTC)


_Row = Mapping[str, str | float | datetime | None]


class FeedbackStore:
    """Keeps answers and verdicts in a database, or nothing. Safe from several threads and processes.

    `where` is a SQLite file, a database URL, or None for a store that keeps nothing. Rows older than `days` are
    deleted; 0 keeps them for ever. Raises SettingsError for a URL that cannot be used. Every method but `record`
    raises DatabaseError when the database fails.
    """

    def __init__(self, where: Path | str | None, days: int = 180, now: Callable[[], datetime] = _now) -> None:
        self._database = None if where is None else Database(where)
        self._keep = timedelta(days=days)
        self._now = now
        self._purge_at = self._record_at = datetime.min.replace(tzinfo=UTC)
        self._waiting: deque[_Row] = deque(maxlen=_MOST_WAITING)  # recorded, and not in the database yet
        self._lock = Lock()  # held to take from `_waiting` and to put back

    @classmethod
    def open(cls, where: Path | str | None, days: int = 180) -> "FeedbackStore":
        """A store that has been purged. A database that is away is logged, not raised: it may come back."""
        store = cls(where, days)
        try:
            store.purge()
        except DatabaseError as error:
            _LOG.error("%s", error)
        return store

    @property
    def database(self) -> Database | None:
        """Where it is kept, for parts that keep tables of their own beside; None where nothing is kept."""
        return self._database

    def __enter__(self) -> "FeedbackStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave a file that holds everything, so that it can be copied. A database that fails is logged, not raised."""
        try:
            if self._database is not None:
                if self._waiting:
                    self._write(lambda _: None, tries=1)  # whoever stops the server is waiting
                self._database.close()
        except DatabaseError as error:
            _LOG.error("%s", error)

    def record(
        self,
        answer: Answer,
        history: Sequence[Turn] = (),
        channel: Channel | None = None,
        allowed: Callable[[_Row], bool] = lambda _: True,
    ) -> bool:
        """Keep that this was asked after these turns and what came of it. Never raises: what fails is logged.

        Where the database is away the answer waits for the next write that succeeds. False where what would be kept is
        not `allowed`.
        """
        if self._database is None:
            return True
        row = {"time": self._now(), **answer_columns(answer, history, channel)}
        if not allowed(row):
            return False
        with self._lock:
            self._waiting.append(row)
        if self._now() < self._record_at:
            return True
        try:
            self._write(lambda _: None, tries=1)  # the asker is waiting
        except DatabaseError as error:
            self._record_at = self._now() + _PAUSE
            _LOG.error("answers are kept in memory for %d seconds: %s", _PAUSE.total_seconds(), error)
        return True

    def judge(
        self,
        answer_id: str,
        verdict: Verdict,
        reason: str | None = None,
        comment: str | None = None,
        *,
        given: bool = True,
    ) -> bool:
        """Keep a verdict with its answer, in place of an earlier one; False when the store keeps nothing.

        `given`: whether the answer is known to have been given. Of one that is not, nothing is kept unless it was
        recorded, and NotFoundError is raised.
        """
        values = {
            "verdict": verdict,
            "verdict_reason": reason and kept(reason),
            "comment": comment and kept(comment),
            "verdict_time": self._now(),
        }

        def work(connection: Connection) -> None:
            same = FEEDBACK.c.answer_id == answer_id
            if connection.execute(update(FEEDBACK).where(same).values(values)).rowcount == 0:
                if not given:
                    raise _not_given()
                connection.execute(insert(FEEDBACK).values(time=self._now(), answer_id=answer_id, **values))

        if not given and self._database is None:
            raise _not_given()
        return self._write(work)

    def mark(self, question: str, clause_id: str | None, verdict: Verdict, index_version: str) -> str | None:
        """Keep a verdict on a search result, or on the question itself. By what is returned it can be taken back.

        None when the store keeps nothing.
        """
        mark_id = uuid4().hex
        row = {
            "time": self._now(),
            "answer_id": mark_id,
            **question_columns(question),
            "channel": Channel.CONSOLE,
            "clauses": clause_id,
            "verdict": verdict,
            "index_version": index_version,
            "verdict_time": self._now(),
        }
        return mark_id if self._write(lambda connection: connection.execute(insert(FEEDBACK).values(row))) else None

    def take_back(self, mark_id: str) -> bool:
        """Delete a mark, so that it is as if it had not been made; False where nothing is kept by this id.

        Answers stay, whatever was said of them.
        """
        marks = (FEEDBACK.c.answer_id == mark_id, FEEDBACK.c.status.is_(None), FEEDBACK.c.index_version.is_not(None))
        deleted: list[int] = []
        self._write(lambda connection: deleted.append(connection.execute(delete(FEEDBACK).where(*marks)).rowcount))
        return sum(deleted) > 0

    def most_cited(self, limit: int, days: int) -> list[str]:
        """Ids of the clauses that most answers of the last days cite, most cited first; none where nothing is kept."""
        if self._database is None:
            return []
        with self._database.transaction() as connection:
            found = connection.execute(cited_query(self._now() - timedelta(days=days))).all()
        counts: Counter[str] = Counter()
        for row in found:
            counts.update(dict.fromkeys(row.clauses.split(" "), row.times))
        return [id_ for id_, _ in counts.most_common(limit)]

    @property
    def is_kept(self) -> bool:
        """Whether anything is kept at all."""
        return self._database is not None

    def forget(self, document_id: str, holds: Callable[[str], bool]) -> None:
        """Take a document, and every text that `holds` some of it, out of answers, hand-overs and messages."""

        def work(connection: Connection) -> None:
            answers_forget(connection, document_id, holds)
            traces.forget(connection, document_id, holds)
            outbox_traces.forget(connection, document_id, holds)

        self._write(work)

    def beside(self, document_id: str, holds: Callable[[str], bool]) -> list[str]:
        """The hand-overs and messages on their way that hold something of a document; see `forget`."""
        if self._database is None:
            return []
        with self._database.transaction() as connection:
            kept_beside = (traces, outbox_traces)
            return [found for one in kept_beside for found in one.traces(connection, document_id, holds)]

    def purge(self) -> None:
        """Delete what is older than the days that rows are kept, and hand-overs and messages whose time is over."""
        self._purge_at = datetime.min.replace(tzinfo=UTC)
        self._write(lambda _: None)

    def rows(self) -> Iterator[FeedbackRow]:
        """Everything that is kept, oldest first. Raises SettingsError when the store is switched off."""
        entries = self._stream()
        return chain(list(islice(entries, 1)), entries)  # so that what fails does so here, not at the first row

    def gaps(self, limit: int) -> list[Gap]:
        """At most `limit` questions without an answer, most frequent first, then the latest.

        Those that differ only in marks, blanks, capitals or traditional characters are one. Raises SettingsError when
        the store is switched off.
        """
        with self._opened().transaction() as connection:
            found = connection.execute(gaps_query(limit)).all()
        return [Gap(row.question, row.times, row.time, row.reason or Verdict.MISSING, row.follows) for row in found]

    def _stream(self) -> Iterator[FeedbackRow]:
        columns = [FEEDBACK.c[field.name] for field in fields(FeedbackRow)]
        with self._opened().transaction() as connection:
            streaming = connection.execution_options(yield_per=1000)
            for row in streaming.execute(select(*columns).order_by(FEEDBACK.c.number)):
                yield FeedbackRow(*row)

    def _write(self, work: Callable[[Connection], object], tries: int = TRIES) -> bool:
        """Do `work`, and before it what waits, in one transaction; False when the store keeps nothing."""
        if self._database is None:
            return False
        with self._lock:
            rows = list(self._waiting)
            self._waiting.clear()

        ended = 0  # hand-overs and messages

        def write(connection: Connection) -> None:
            nonlocal ended
            if rows:
                connection.execute(insert(FEEDBACK), rows)
            work(connection)
            if self._now() >= self._purge_at:
                ended = self._purge(connection)

        try:
            self._database.write(write, tries=tries)
        except DatabaseError:
            with self._lock:
                self._waiting = deque([*rows, *self._waiting], maxlen=_MOST_WAITING)
            raise
        if ended:
            self._database.fold()
        return True

    def _purge(self, connection: Connection) -> int:
        if self._keep:
            connection.execute(delete(FEEDBACK).where(FEEDBACK.c.time < self._now() - self._keep))
        ended = delete_expired(connection, self._now()) + outbox.purge(connection, self._now())
        self._purge_at = self._now() + _PURGE_EVERY
        return ended

    def _opened(self) -> Database:
        if self._database is None:
            raise SettingsError(
                f"反馈存储已关闭，没有可读的内容；如需保存，请设置 {PREFIX}FEEDBACK。"
                f"Feedback is switched off, so there is nothing to read; to keep it, set {PREFIX}FEEDBACK."
            )
        return self._database
