"""What has been told, so that it is told once by whichever worker sees it first."""

from sqlalchemy import Column, Table, Text

from assistant.database.metadata import METADATA, UtcDateTime

TOLD = Table(
    "policyqa_told",
    METADATA,
    Column("key", Text, primary_key=True),  # of what has happened; or what a worker does for all, see announcer.py
    Column("time", UtcDateTime, nullable=False, index=True),
)
