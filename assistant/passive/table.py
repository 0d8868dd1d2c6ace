"""Replies by channels from outside, for as long as they may be asked for again; nothing in them can be read."""

from sqlalchemy import Column, Float, Table, Text

from assistant.database.metadata import METADATA

# A row a message.
REPLY = Table(
    "policyqa_channel_reply",
    METADATA,
    Column("key", Text, primary_key=True),  # digest of channel, person and message
    Column("who", Text, nullable=False, index=True),  # digest of channel and person
    Column("kept", Text, nullable=False),  # what was asked and replied, encrypted by the key file
    Column("ends", Float, nullable=False, index=True),  # when it is deleted, in seconds since the epoch
)
# A row a callback: which message it brought, so that it brings no other.
SIGNATURE = Table(
    "policyqa_channel_signature",
    METADATA,
    Column("signature", Text, primary_key=True),  # digest
    Column("key", Text, nullable=False),
    Column("ends", Float, nullable=False, index=True),
)
