"""What a follow-up refers to, where and how it was asked, how sure the answer was, and in which week."""

from datetime import UTC, datetime, timedelta, timezone

from alembic import op
from sqlalchemy import Column, Date, DateTime, Float, Integer, MetaData, Table, Text, func, select, update

revision = "0002"
down_revision = "0001"

_CHINA = timezone(timedelta(hours=8))
_WEEK = timedelta(days=7)
_FEEDBACK = Table(
    "policyqa_feedback",
    MetaData(),
    Column("number", Integer, primary_key=True),
    Column("time", DateTime(timezone=True)),
    Column("week", Date),
)
# PostgreSQL counts as fast without these, and its indexes take no long text.
_COUNTED = ["week", "places", "status", "reason", "verdict"]
_CITED = ["status", "clauses", "week", "places"]
_LACKING = ["reason", "topic", "follows_topic", "verdict", "week", "places"]


def upgrade() -> None:
    """New columns, empty in the rows there are but for the week, which their time tells; indexes to count by."""
    for column in (
        Column("confidence", Float),
        Column("places", Text),
        Column("follows", Text),
        Column("follows_topic", Text),
        Column("channel", Text),
        Column("week", Date),
    ):
        op.add_column("policyqa_feedback", column)
    _fill_in_weeks()
    if op.get_context().dialect.name == "sqlite":
        op.create_index("ix_policyqa_feedback_counted", "policyqa_feedback", _COUNTED)
        op.create_index("ix_policyqa_feedback_cited", "policyqa_feedback", _CITED)
        op.create_index("ix_policyqa_feedback_lacking", "policyqa_feedback", _LACKING)


def _fill_in_weeks() -> None:
    """One update a week, by the index of the times."""
    connection = op.get_bind()
    first, last = connection.execute(select(func.min(_FEEDBACK.c.time), func.max(_FEEDBACK.c.time))).one()
    if first is None:
        return
    start, end = _monday(first), _in_utc(last)
    while start <= end:
        inside = (_FEEDBACK.c.time >= start, _FEEDBACK.c.time < start + _WEEK)
        connection.execute(update(_FEEDBACK).where(*inside).values(week=start.astimezone(_CHINA).date()))
        start += _WEEK


def _monday(moment: datetime) -> datetime:
    """The beginning of the week in China that holds a moment, in UTC."""
    there = _in_utc(moment).astimezone(_CHINA)
    midnight = there.replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight - timedelta(days=there.weekday())).astimezone(UTC)


def _in_utc(moment: datetime) -> datetime:
    """SQLite keeps no time zone: what it holds is in UTC."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
