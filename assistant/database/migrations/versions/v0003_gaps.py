"""Gaps: questions that are lacking an answer, put together, worked on, with their history."""

from alembic import op
from sqlalchemy import Column, DateTime, Integer, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Three new tables."""
    op.create_table(
        "policyqa_gap",
        Column("id", Text, primary_key=True),
        Column("state", Text, nullable=False),
        Column("owner", Text),
        Column("target", Text),
        Column("created", DateTime(timezone=True), nullable=False),
        Column("changed", DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_policyqa_gap_state", "policyqa_gap", ["state"])
    op.create_table(
        "policyqa_gap_question",
        Column("key", Text, primary_key=True),
        Column("gap", Text, nullable=False),
    )
    op.create_index("ix_policyqa_gap_question_gap", "policyqa_gap_question", ["gap"])
    op.create_table(
        "policyqa_gap_history",
        Column("number", Integer, primary_key=True),
        Column("gap", Text, nullable=False),
        Column("time", DateTime(timezone=True), nullable=False),
        Column("who", Text),
        Column("before", Text, nullable=False),
        Column("after", Text, nullable=False),
        Column("note", Text),
    )
    op.create_index("ix_policyqa_gap_history_gap", "policyqa_gap_history", ["gap"])
