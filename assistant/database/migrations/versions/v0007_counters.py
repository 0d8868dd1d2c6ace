"""Counters: who has asked, read and written how often, for as long as a limit's window lasts."""

from alembic import op
from sqlalchemy import BigInteger, Column, Float, Text

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """One new table. In PostgreSQL it is written without a log: counts are no loss, and one is made a request."""
    unlogged = ["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else []
    op.create_table(
        "policyqa_counter",
        Column("key", Text, primary_key=True),
        Column("hits", BigInteger, nullable=False),
        Column("ends", Float, nullable=False),
        prefixes=unlogged,
    )
    op.create_index("ix_policyqa_counter_ends", "policyqa_counter", ["ends"])
