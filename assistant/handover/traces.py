"""What hand-overs hold of a document that has gone: taken out, and looked for afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlalchemy import Connection, select, update

from assistant.handover.conversation import Conversation, read_back, written
from assistant.handover.table import HANDOVER
from assistant.question.history import Turn

Holds = Callable[[str], bool]
_COLUMNS = [HANDOVER.c[name] for name in ("id", "turns", "unanswered", "place", "wanted")]


def forget(connection: Connection, document_id: str, holds: Holds) -> None:
    """Take out of every conversation what cites a document, and the texts that hold its words."""
    for row in connection.execute(select(*_COLUMNS)).all():
        before = read_back(*row[1:])
        after = _without(before, document_id, holds)
        if after != before:
            connection.execute(update(HANDOVER).where(HANDOVER.c.id == row.id).values(written(after)))


def traces(connection: Connection, document_id: str, holds: Holds) -> Iterator[str]:
    """The conversations that still hold something of it, by when they were handed over."""
    for row in connection.execute(select(*_COLUMNS, HANDOVER.c.created)).all():
        said = read_back(*row[1:-1])
        if said != _without(said, document_id, holds):
            yield f"{row.created:%Y-%m-%d} 转人工 hand-over {row.id}"


def _without(said: Conversation, document_id: str, holds: Holds) -> Conversation:
    return replace(
        said,
        turns=tuple(_turn_without(turn, document_id, holds) for turn in said.turns),
        unanswered=tuple(text for text in said.unanswered if not holds(text)),
        wanted=None if said.wanted and holds(said.wanted) else said.wanted,
    )


def _turn_without(turn: Turn, document_id: str, holds: Holds) -> Turn:
    """An answer that cites the document is of it as a whole: its title stands in it, and its matter."""
    others = tuple(id_ for id_ in turn.clause_ids if id_.partition(":")[0] != document_id)
    gone = others != turn.clause_ids or holds(turn.content)
    return replace(turn, content="", clause_ids=others) if gone else turn
