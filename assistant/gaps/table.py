"""Where the gaps are kept: beside the answers, without a word of what anybody asked.

A question is known by a digest of its topic, and its words are those of the feedback store: what is forgotten there is
forgotten here.
"""

from sqlalchemy import Column, Integer, Table, Text

from assistant.database.metadata import METADATA, UtcDateTime

GAP = Table(
    "policyqa_gap",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("state", Text, nullable=False, index=True),
    Column("owner", Text),  # a name as typed
    Column("target", Text),  # what was written for it: the id of a clause or part, or a file of the library
    Column("created", UtcDateTime, nullable=False),
    Column("changed", UtcDateTime, nullable=False),  # its state
)
GAP_QUESTION = Table(
    "policyqa_gap_question",
    METADATA,
    Column("key", Text, primary_key=True),  # see `asked.key_of`
    Column("gap", Text, nullable=False, index=True),
)
GAP_HISTORY = Table(
    "policyqa_gap_history",
    METADATA,
    Column("number", Integer, primary_key=True),  # in order
    Column("gap", Text, nullable=False, index=True),
    Column("time", UtcDateTime, nullable=False),
    Column("who", Text),  # a name as typed; none where it happened by itself
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("note", Text),
)
