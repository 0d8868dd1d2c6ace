"""What was asked and not got: refusals, answers marked wrong, outdated or missing, answers that were not sure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, or_, select

from assistant.answer import Reason, Status
from assistant.feedback.table import FEEDBACK

UNSURE = 0.6  # confidence below which an answer is looked at
MOST = 20_000  # questions that are looked at, those asked most
# A greeting lacks nothing, and what cannot be read nobody can add.
_LACKING = (Reason.NOT_IN_DOCUMENTS, Reason.PLACE_NOT_COVERED, Reason.OUT_OF_SCOPE)
_MARKS = ("wrong", "outdated", "missing")


class Kind(StrEnum):
    """What was lacking."""

    REFUSED = "refused"
    WRONG = "wrong"
    OUTDATED = "outdated"
    MISSING = "missing"
    UNSURE = "unsure"


@dataclass(slots=True)
class Asked:
    """One question, however often it was asked; personal data masked."""

    key: str
    question: str  # as it was put last
    follows: str | None  # the question that it refers to
    last: datetime
    clauses: str | None  # that were cited last, space-separated
    count: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    weeks: Counter[date] = field(default_factory=Counter)  # by Monday

    @property
    def whole(self) -> str:
        """The question behind the one that it refers to."""
        return f"{self.follows} {self.question}" if self.follows else self.question


def asked_in(connection: Connection, unsure: float = UNSURE) -> dict[str, Asked]:
    """Everything that was lacking, by key, the most asked first; at most `MOST` questions.

    `unsure`: the confidence, 0..1, below which an answer counts as not sure.
    """
    found: dict[str, Asked] = {}
    for row in connection.execute(_topics(unsure)):
        key = key_of(row.topic, row.follows_topic)
        found[key] = Asked(key, "", None, row.last, None)
    for row in connection.execute(_figures(unsure)):
        if one := found.get(key_of(row.topic, row.follows_topic)):
            one.count += row.times
            one.kinds[row.kind] += row.times
            for place in (row.places or "").split():
                one.places[place] += row.times
            if row.week:
                one.weeks[row.week] += row.times
    for row in connection.execute(_words(unsure)):
        if one := found.get(key_of(row.topic, row.follows_topic)):
            one.question, one.follows, one.clauses = row.question, row.follows, row.clauses
    return dict(sorted(found.items(), key=lambda item: (-item[1].count, item[0])))


def key_of(topic: str, follows_topic: str | None) -> str:
    """32 hexadecimal digits of what is asked and what it refers to, so that no words need be kept to know it."""
    return sha256(f"{topic}\n{follows_topic or ''}".encode()).hexdigest()[:32]


def _lacking(unsure: float) -> tuple[Any, ...]:
    refused = FEEDBACK.c.reason.in_(_LACKING)
    not_sure = and_(FEEDBACK.c.status == Status.ANSWERED, FEEDBACK.c.confidence < unsure)
    return FEEDBACK.c.topic.is_not(None), or_(refused, FEEDBACK.c.verdict.in_(_MARKS), not_sure)


def _topics(unsure: float) -> Select[Any]:
    return (
        select(FEEDBACK.c.topic, FEEDBACK.c.follows_topic, func.max(FEEDBACK.c.time).label("last"))
        .where(*_lacking(unsure))
        .group_by(FEEDBACK.c.topic, FEEDBACK.c.follows_topic)
        .order_by(func.count().desc(), FEEDBACK.c.topic)
        .limit(MOST)
    )


def _figures(unsure: float) -> Select[Any]:
    kind = case(
        (FEEDBACK.c.verdict.in_(_MARKS), FEEDBACK.c.verdict),
        (FEEDBACK.c.reason.is_not(None), Kind.REFUSED),
        else_=Kind.UNSURE,
    ).label("kind")
    columns = (FEEDBACK.c.topic, FEEDBACK.c.follows_topic, kind, FEEDBACK.c.places, FEEDBACK.c.week)
    return select(*columns, func.count().label("times")).where(*_lacking(unsure)).group_by(*columns)


def _words(unsure: float) -> Select[Any]:
    """The words of each topic as they were put last."""
    last = (
        select(func.max(FEEDBACK.c.number).label("number"))
        .where(*_lacking(unsure))
        .group_by(FEEDBACK.c.topic, FEEDBACK.c.follows_topic)
        .subquery()
    )
    columns: Sequence[Any] = (FEEDBACK.c.topic, FEEDBACK.c.follows_topic, FEEDBACK.c.question, FEEDBACK.c.follows)
    return select(*columns, FEEDBACK.c.clauses).join(last, FEEDBACK.c.number == last.c.number)
