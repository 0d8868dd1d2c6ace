"""An outbox: what is on its way to the office's own systems."""

from alembic import op
from sqlalchemy import Column, DateTime, Integer, Text

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """One new table."""
    op.create_table(
        "policyqa_outbox",
        Column("number", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("kind", Text, nullable=False),
        Column("body", Text),
        Column("state", Text, nullable=False),
        Column("created", DateTime(timezone=True), nullable=False),
        Column("due", DateTime(timezone=True), nullable=False),
        Column("tries", Integer, nullable=False),
        Column("problem", Text),
    )
    op.create_index("ix_policyqa_outbox_state", "policyqa_outbox", ["state"])
