"""Where the feedback store keeps what it keeps: one table, in words that SQLite and PostgreSQL both understand."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Float,
    Index,
    Integer,
    Select,
    Table,
    Text,
    and_,
    cast,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.engine.default import DefaultExecutionContext

from assistant.answer import Reason, Status
from assistant.database.metadata import METADATA, UtcDateTime
from corpus.clock import CHINA

# Where the texts could be lacking something. A greeting lacks nothing, and what cannot be read nobody can add.
LACKING = (Reason.NOT_IN_DOCUMENTS, Reason.PLACE_NOT_COVERED, Reason.OUT_OF_SCOPE)


def week_of(moment: datetime) -> date:
    """The Monday of the week in China that holds an aware moment: weeks are those of ISO 8601."""
    day = moment.astimezone(CHINA).date()
    return day - timedelta(days=day.weekday())


def _week_of_time(context: DefaultExecutionContext) -> date:
    """The week of a row that is inserted, by its time."""
    return week_of(context.get_current_parameters()["time"])  # type: ignore[no-untyped-call]


# One row an answer, with what was said of it; a mark or a verdict on an unknown answer is a row without an answer, that
# is, without a status. A mark that is taken back is deleted.
FEEDBACK = Table(
    "policyqa_feedback",
    METADATA,
    Column("number", Integer, primary_key=True),  # in the order of arrival
    Column("time", UtcDateTime, nullable=False, index=True),
    Column("answer_id", Text, index=True),  # or the id of a mark
    Column("question", Text),  # personal data masked
    Column("topic", Text),  # what is left of the question when marks, blanks and capitals do not count
    Column("language", Text),
    Column("status", Text),
    Column("reason", Text),  # why there was no answer
    Column("clauses", Text),  # ids, space-separated: the cited ones, or the one that was marked
    Column("index_version", Text),
    Column("verdict", Text),
    Column("verdict_reason", Text),
    Column("comment", Text),
    Column("judged", UtcDateTime, key="verdict_time"),
    Column("confidence", Float),  # of the answer, 0 to 1
    Column("places", Text),  # that the question is about, space-separated
    Column("follows", Text),  # the question that this one refers to, personal data masked
    Column("follows_topic", Text),
    Column("channel", Text),  # chat, api or console
    Column("week", Date, default=_week_of_time),  # its Monday, in China
)


# All that a count reads, in the order in which it groups, so that half a million rows are counted without a look at the
# table. PostgreSQL counts as fast without, and its indexes take no long text.
for _name, _columns in (
    ("counted", ("week", "places", "status", "reason", "verdict")),
    ("cited", ("status", "clauses", "week", "places")),
    ("lacking", ("reason", "topic", "follows_topic", "verdict", "week", "places")),
):
    Index(f"ix_policyqa_feedback_{_name}", *(FEEDBACK.c[one] for one in _columns)).ddl_if(dialect="sqlite")


def cited_query(since: datetime) -> Select[Any]:
    """Which clauses answers since then cite together, and how many do; answers that nobody found wrong."""
    return (
        select(FEEDBACK.c.clauses, func.count().label("times"))
        .where(
            FEEDBACK.c.time >= since,
            FEEDBACK.c.status == Status.ANSWERED,
            FEEDBACK.c.clauses.is_not(None),
            or_(FEEDBACK.c.verdict.is_(None), FEEDBACK.c.verdict == "helpful"),
        )
        .group_by(FEEDBACK.c.clauses)
        .order_by(func.count().desc(), FEEDBACK.c.clauses)
    )


def gaps_query(limit: int, *within: ColumnElement[bool], least: int = 1) -> Select[Any]:
    """The topics that lack an answer: the last question on each, how often, when last, why; most frequent first.

    A follow-up is of one topic with those alone that refer to the same. Counted are the rows `within`, and listed are
    topics of `least` rows or more.
    """
    refused = FEEDBACK.c.reason.in_(LACKING)
    marked_missing = and_(FEEDBACK.c.reason.is_(None), FEEDBACK.c.verdict == "missing")
    by = (FEEDBACK.c.topic, FEEDBACK.c.follows_topic)
    counted = union_all(
        *(
            select(*by, func.count().label("times"), func.max(FEEDBACK.c.number).label("last"))
            .where(one, FEEDBACK.c.topic.is_not(None), *within)
            .group_by(FEEDBACK.c.reason, *by)  # in the order of the index
            for one in (refused, marked_missing)
        )
    ).subquery()
    times = cast(func.sum(counted.c.times), Integer)  # PostgreSQL adds up to a decimal
    topics = (
        select(times.label("times"), func.max(counted.c.last).label("last"))
        .group_by(counted.c.topic, counted.c.follows_topic)
        .having(times >= least)
        .subquery()
    )
    return (
        select(FEEDBACK.c.question, topics.c.times, FEEDBACK.c.time, FEEDBACK.c.reason, FEEDBACK.c.follows)
        .join(topics, FEEDBACK.c.number == topics.c.last)
        .order_by(topics.c.times.desc(), FEEDBACK.c.number.desc())
        .limit(limit)
    )
