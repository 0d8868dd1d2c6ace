"""The audit, which can only be added to, and what is switched off and said on every page."""

from alembic import op
from sqlalchemy import Column, DateTime, Integer, Text

from assistant.audit.table import guard

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Three new tables."""
    op.create_table(
        "policyqa_audit",
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("time", DateTime(timezone=True), nullable=False),
        Column("event", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("what", Text, nullable=False),
        Column("previous", Text, nullable=False),
        Column("hash", Text, nullable=False),
    )
    op.create_index("ix_policyqa_audit_time", "policyqa_audit", ["time"])
    op.create_table(
        "policyqa_audit_head",
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("number", Integer, nullable=False),
        Column("hash", Text, nullable=False),
        Column("cut_through", Integer, nullable=False),
    )
    op.create_table(
        "policyqa_operation",
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("version", Integer, nullable=False),
        Column("state", Text, nullable=False),
    )
    guard(op.get_bind())
