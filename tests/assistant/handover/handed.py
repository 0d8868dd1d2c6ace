"""A conversation to be handed over, and what a database keeps of it."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import MetaData, create_engine, select

from assistant.handover.conversation import Conversation
from assistant.handover.telephone import Telephone
from assistant.question.history import Turn

SAID = Conversation(
    (Turn("user", "怎么注销抵押"), Turn("assistant", "在网上申请。[1]", ("harbin-66:11",)), Turn("user", "要多久")),
    ("要多久",),
    "哈尔滨",
)


def saying(conversation: Conversation = SAID) -> Callable[[Telephone | None], Conversation]:
    return lambda _: conversation


def bytes_of(where: Path | str) -> bytes:
    """All that is kept: of SQLite the file, its log, and what else lies beside them but the key; else all rows."""
    if isinstance(where, Path):
        return b"\n".join(path.read_bytes() for path in sorted(where.parent.iterdir()) if path.suffix != ".key")
    engine, tables = create_engine(where), MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        rows = [str(row) for table in tables.tables.values() for row in connection.execute(select(table))]
    engine.dispose()
    return "\n".join(rows).encode()
