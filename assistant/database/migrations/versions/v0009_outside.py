"""What other systems have been told, and what a channel outside of the site was replied."""

from alembic import op
from sqlalchemy import Column, DateTime, Float, Text

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Three new tables."""
    op.create_table(
        "policyqa_told",
        Column("key", Text, primary_key=True),
        Column("time", DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_policyqa_told_time", "policyqa_told", ["time"])
    op.create_table(
        "policyqa_channel_reply",
        Column("key", Text, primary_key=True),
        Column("who", Text, nullable=False),
        Column("kept", Text, nullable=False),
        Column("ends", Float, nullable=False),
    )
    op.create_index("ix_policyqa_channel_reply_who", "policyqa_channel_reply", ["who"])
    op.create_index("ix_policyqa_channel_reply_ends", "policyqa_channel_reply", ["ends"])
    op.create_table(
        "policyqa_channel_signature",
        Column("signature", Text, primary_key=True),
        Column("key", Text, nullable=False),
        Column("ends", Float, nullable=False),
    )
    op.create_index("ix_policyqa_channel_signature_ends", "policyqa_channel_signature", ["ends"])
