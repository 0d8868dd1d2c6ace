"""Answers with the verdicts on them, as databases were before their schema had a version."""

from alembic import op
from sqlalchemy import Column, DateTime, Integer, Text

revision = "0001"
down_revision = None


def upgrade() -> None:
    """The table and its indexes."""
    op.create_table(
        "policyqa_feedback",
        Column("number", Integer, primary_key=True),
        Column("time", DateTime(timezone=True), nullable=False),
        Column("answer_id", Text),
        Column("question", Text),
        Column("topic", Text),
        Column("language", Text),
        Column("status", Text),
        Column("reason", Text),
        Column("clauses", Text),
        Column("index_version", Text),
        Column("verdict", Text),
        Column("verdict_reason", Text),
        Column("comment", Text),
        Column("judged", DateTime(timezone=True)),
    )
    op.create_index("ix_policyqa_feedback_time", "policyqa_feedback", ["time"])
    op.create_index("ix_policyqa_feedback_answer_id", "policyqa_feedback", ["answer_id"])
