"""The answers that are kept forget a document that has been removed."""

import re
from collections.abc import Callable

from sqlalchemy import Connection, select, update

from assistant.feedback.table import FEEDBACK

# Columns of what people wrote.
_WORDS = ("question", "topic", "follows", "follows_topic", "verdict_reason", "comment")


def forget(connection: Connection, document_id: str, holds: Callable[[str], bool]) -> None:
    """Remove from the rows that the document was cited, and every text that `holds` something of it; the rows stay."""
    cited = re.compile(rf"(?:^| ){re.escape(document_id)}:[^ ]*")  # an id may hold blanks
    columns = (FEEDBACK.c.number, FEEDBACK.c.clauses, *(FEEDBACK.c[name] for name in _WORDS))
    changes = {}
    # The option is the statement's: a connection would keep it, and PostgreSQL refuse to change rows by it.
    for row in connection.execute(select(*columns).execution_options(yield_per=1000)).mappings():
        change: dict[str, str | None] = {name: None for name in _WORDS if row[name] and holds(row[name])}
        if row["clauses"] and cited.search(row["clauses"]):
            change["clauses"] = cited.sub("", row["clauses"]).strip() or None
        if change:
            changes[row["number"]] = change
    for number, change in changes.items():
        connection.execute(update(FEEDBACK).where(FEEDBACK.c.number == number).values(change))
