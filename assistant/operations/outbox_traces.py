"""What messages on their way hold of a document that has gone: taken out, and looked for afterwards.

A message stays and is sent all the same: what a caller asked for is not the document's.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, select, update

from assistant.operations.outbox import OUTBOX, as_body

Holds = Callable[[str], bool]
_SAID = ("told", "address", "quotes")  # of a note: what came of the clause that it names
_KEPT = select(OUTBOX.c.id, OUTBOX.c.created, OUTBOX.c.body).where(OUTBOX.c.body.is_not(None))


def forget(connection: Connection, document_id: str, holds: Holds) -> None:
    """Blank in every message the ids of a document, what was said by it, and the texts that hold its words."""
    for row in connection.execute(_KEPT).all():
        before = json.loads(row.body)
        after = _without(before, document_id, holds)
        if after != before:
            connection.execute(update(OUTBOX).where(OUTBOX.c.id == row.id).values(body=as_body(after)))


def traces(connection: Connection, document_id: str, holds: Holds) -> Iterator[str]:
    """The messages that still hold something of it, by when they were put in."""
    for row in connection.execute(_KEPT).all():
        told = json.loads(row.body)
        if told != _without(told, document_id, holds):
            yield f"{row.created:%Y-%m-%d} 待发 message {row.id}"


def _without(told: dict[str, Any], document_id: str, holds: Holds) -> dict[str, Any]:
    """Of a message, what is not of the document."""
    data: dict[str, Any] = told["data"]
    names_it = any(text.startswith(f"{document_id}:") for text in _texts(data))

    def kept(name: str, text: str) -> bool:
        of_it = text.startswith(f"{document_id}:") or holds(text)
        return not of_it and not (names_it and name in _SAID)

    def left(name: str, value: object) -> object:
        if isinstance(value, dict):
            return {inner: left(inner, one) for inner, one in value.items()}
        if isinstance(value, list):
            return [left(name, one) for one in value if not isinstance(one, str) or kept(name, one)]
        return "" if isinstance(value, str) and not kept(name, value) else value

    return {**told, "data": left("", data)}


def _texts(value: object) -> Iterator[str]:
    """Every text in what JSON can hold."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
