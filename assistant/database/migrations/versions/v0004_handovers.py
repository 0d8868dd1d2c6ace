"""Hand-overs: conversations behind a code, with numbers to call back, and what the brake on guesses counts."""

from alembic import op
from sqlalchemy import Column, Date, DateTime, Integer, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Two new tables."""
    op.create_table(
        "policyqa_handover",
        Column("id", Text, primary_key=True),
        Column("ticket", Text, nullable=False),
        Column("code", Text),
        Column("created", DateTime(timezone=True), nullable=False),
        Column("code_until", DateTime(timezone=True), nullable=False),
        Column("place", Text),
        Column("wanted", Text),
        Column("turns", Text, nullable=False),
        Column("unanswered", Text, nullable=False),
        Column("readings", Integer, nullable=False),
        Column("read", DateTime(timezone=True)),
        Column("telephone", Text),
        Column("call_day", Date),
        Column("call_until", DateTime(timezone=True)),
        Column("tries", Integer, nullable=False),
    )
    op.create_index("ix_policyqa_handover_ticket", "policyqa_handover", ["ticket"], unique=True)
    op.create_index("ix_policyqa_handover_code", "policyqa_handover", ["code"], unique=True)
    op.create_index("ix_policyqa_handover_call_day", "policyqa_handover", ["call_day"])
    op.create_table(
        "policyqa_handover_attempt",
        Column("number", Integer, primary_key=True),
        Column("time", DateTime(timezone=True), nullable=False),
        Column("what", Text, nullable=False),
        Column("client", Text, nullable=False),
    )
    op.create_index("ix_policyqa_handover_attempt_time", "policyqa_handover_attempt", ["time"])
