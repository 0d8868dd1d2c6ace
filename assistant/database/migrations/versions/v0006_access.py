"""Who may do what: accounts, sessions, keys, and who has failed to sign in."""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, Integer, Text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Four new tables."""
    op.create_table(
        "policyqa_account",
        Column("name", Text, primary_key=True),
        Column("role", Text, nullable=False),
        Column("password", Text, nullable=False),
        Column("created", DateTime(timezone=True), nullable=False),
        Column("changed", DateTime(timezone=True), nullable=False),
        Column("locked", Boolean, nullable=False),
        Column("used", DateTime(timezone=True)),
        Column("address", Text),
    )
    op.create_table(
        "policyqa_session",
        Column("id", Text, primary_key=True),
        Column("name", Text, nullable=False),
        Column("role", Text),
        Column("created", DateTime(timezone=True), nullable=False),
        Column("used", DateTime(timezone=True), nullable=False),
        Column("ends", DateTime(timezone=True), nullable=False),
        Column("address", Text, nullable=False),
        Column("browser", Text, nullable=False),
    )
    op.create_index("ix_policyqa_session_name", "policyqa_session", ["name"])
    op.create_index("ix_policyqa_session_ends", "policyqa_session", ["ends"])
    op.create_table(
        "policyqa_key",
        Column("id", Text, primary_key=True),
        Column("secret", Text, nullable=False),
        Column("role", Text, nullable=False),
        Column("note", Text, nullable=False),
        Column("maker", Text, nullable=False),
        Column("created", DateTime(timezone=True), nullable=False),
        Column("ends", DateTime(timezone=True)),
        Column("revoked", DateTime(timezone=True)),
        Column("used", DateTime(timezone=True)),
    )
    op.create_table(
        "policyqa_signin_failure",
        Column("who", Text, primary_key=True),
        Column("count", Integer, nullable=False),
        Column("last", DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_policyqa_signin_failure_last", "policyqa_signin_failure", ["last"])
