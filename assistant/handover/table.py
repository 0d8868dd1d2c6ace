"""Where hand-overs are kept: beside the answers, for a day or until a call back is done, whichever is later."""

from sqlalchemy import Column, Date, Integer, Table, Text

from assistant.database.metadata import METADATA, UtcDateTime

# One row a conversation. It goes when both its code and its call are over.
HANDOVER = Table(
    "policyqa_handover",
    METADATA,
    Column("id", Text, primary_key=True),  # random; by it the pages of the office name it
    Column("ticket", Text, nullable=False, unique=True, index=True),  # random; by it the asker's tab adds to it
    Column("code", Text, unique=True, index=True),  # six digits; none once it has expired
    Column("created", UtcDateTime, nullable=False),
    Column("code_until", UtcDateTime, nullable=False),
    Column("place", Text),  # that was chosen, personal data masked as in every text below
    Column("wanted", Text),  # in the asker's words
    Column("turns", Text, nullable=False),  # JSON: [[role, content, [clause ids]], …]; content that was removed is ""
    Column("unanswered", Text, nullable=False),  # JSON: questions
    Column("readings", Integer, nullable=False),  # how often the code was typed in
    Column("read", UtcDateTime),  # the last time
    Column("telephone", Text),  # encrypted
    Column("call_day", Date, index=True),  # on whose list it stands
    Column("call_until", UtcDateTime),  # when the number is deleted at the latest
    Column("tries", Integer, nullable=False),  # calls that nobody answered
)
# Wrong codes and codes drawn, for a day: what the brake counts. Who did it is a digest under a key, no address.
ATTEMPT = Table(
    "policyqa_handover_attempt",
    METADATA,
    Column("number", Integer, primary_key=True),  # in order
    Column("time", UtcDateTime, nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("client", Text, nullable=False),
)
