"""Where the audit lies: the rows, and the head of their chain, whose row is the lock under which one is added."""

from collections.abc import Collection

from sqlalchemy import Column, Connection, Integer, Table, Text, event

from assistant.database.metadata import METADATA, UtcDateTime

AUDIT = Table(
    "policyqa_audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 … without a gap
    Column("time", UtcDateTime, nullable=False, index=True),
    Column("event", Text, nullable=False),
    Column("by", Text, nullable=False),  # an account, a key, or the name at the machine; empty: the program itself
    Column("what", Text, nullable=False),  # a JSON object, in its canonical form
    Column("previous", Text, nullable=False),  # hash of the row before
    Column("hash", Text, nullable=False),
)

HEAD = Table(
    "policyqa_audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("number", Integer, nullable=False),  # of the last row
    Column("hash", Text, nullable=False),
    Column("cut_through", Integer, nullable=False),  # rows up to this number may be deleted: they are past keeping
)

# Ordinary SQL cannot alter or delete a row. Whoever owns the database can take these guards away; the chain tells.
_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS policyqa_audit_kept BEFORE UPDATE ON policyqa_audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit can only be added to'); END",
    "CREATE TRIGGER IF NOT EXISTS policyqa_audit_whole BEFORE DELETE ON policyqa_audit "
    "WHEN OLD.number > (SELECT COALESCE(MAX(cut_through), 0) FROM policyqa_audit_head) "
    "BEGIN SELECT RAISE(ABORT, 'the audit can only be added to'); END",
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION policyqa_audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' THEN "
    "IF OLD.number <= (SELECT COALESCE(MAX(cut_through), 0) FROM policyqa_audit_head) THEN RETURN OLD; END IF; "
    "END IF; RAISE EXCEPTION 'the audit can only be added to'; END $$",
    "CREATE OR REPLACE TRIGGER policyqa_audit_kept BEFORE UPDATE OR DELETE ON policyqa_audit "
    "FOR EACH ROW EXECUTE FUNCTION policyqa_audit_kept()",
    "CREATE OR REPLACE TRIGGER policyqa_audit_whole BEFORE TRUNCATE ON policyqa_audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION policyqa_audit_kept()",
)


def guard(connection: Connection) -> None:
    """Let the database itself refuse to alter or delete a row."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)


@event.listens_for(METADATA, "after_create")
def _guard_again(_metadata: object, connection: Connection, tables: Collection[Table], **_: object) -> None:
    """Where a table is made anew because somebody took it away; a file that holds other tables alone has none."""
    if AUDIT in tables or HEAD in tables:
        guard(connection)
