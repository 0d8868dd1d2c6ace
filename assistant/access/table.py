"""The tables of accounts, sessions, keys, and of failures to sign in."""

from sqlalchemy import Boolean, Column, Integer, Table, Text

from assistant.database.metadata import METADATA, UtcDateTime

ACCOUNT = Table(
    "policyqa_account",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # as argon2 writes it: parameters, salt and hash
    Column("created", UtcDateTime, nullable=False),
    Column("changed", UtcDateTime, nullable=False),  # the password, last
    Column("locked", Boolean, nullable=False),  # by an admin
    Column("used", UtcDateTime),  # when it last signed in
    Column("address", Text),  # from where
)

SESSION = Table(
    "policyqa_session",
    METADATA,
    Column("id", Text, primary_key=True),  # SHA-256 of what the cookie holds
    Column("name", Text, nullable=False, index=True),
    Column("role", Text),  # as the issuer told it; None: the account's, as it is now
    Column("created", UtcDateTime, nullable=False),
    Column("used", UtcDateTime, nullable=False),  # to the minute
    Column("ends", UtcDateTime, nullable=False, index=True),  # however much it is used
    Column("address", Text, nullable=False),
    Column("browser", Text, nullable=False),
)

KEY = Table(
    "policyqa_key",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("secret", Text, nullable=False),  # SHA-256
    Column("role", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("maker", Text, nullable=False),
    Column("created", UtcDateTime, nullable=False),
    Column("ends", UtcDateTime),
    Column("revoked", UtcDateTime),
    Column("used", UtcDateTime),  # to the hour
)

FAILURE = Table(
    "policyqa_signin_failure",
    METADATA,
    Column("who", Text, primary_key=True),  # an account or an address, as a digest
    Column("count", Integer, nullable=False),
    Column("last", UtcDateTime, nullable=False, index=True),
)
