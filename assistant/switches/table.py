"""Where it lies what is switched: one row, so that a look at it costs next to nothing."""

from sqlalchemy import Column, Integer, Table, Text

from assistant.database.metadata import METADATA

OPERATION = Table(
    "policyqa_operation",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("version", Integer, nullable=False),  # one more with every change
    Column("state", Text, nullable=False),  # JSON, see state.py
)
