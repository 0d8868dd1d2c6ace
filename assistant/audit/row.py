"""One row of the audit, and the hash that binds it to the row before.

    hash = sha256(the row as JSON: its keys sorted, no blanks, UTF-8)

The row holds the hash of the one before, so that no row can be altered, left out, put in or moved without all that
follow being made anew. Anybody can work it out again from an export.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.privacy.masking import mask

NONE = "0" * 64  # the hash before the first row
_LONGEST = 4_000  # characters of one text in `what`
_MOST = 200  # items of one list in `what`
_TYPED = frozenset({"reason", "text", "english", "note"})  # what people write freely: no citizen's data may stay in it


@dataclass(frozen=True, slots=True)
class Row:
    """What was done. `what` is a JSON object in its canonical form; `previous` and `hash` are 64 hexadecimal digits."""

    number: int
    time: datetime  # UTC
    event: str
    by: str
    what: str
    previous: str
    hash: str

    @property
    def details(self) -> dict[str, Any]:
        """`what`, read. Raises ValueError where somebody has made something else of it."""
        try:
            found = json.loads(self.what)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
        if not isinstance(found, dict):
            raise ValueError("no JSON object")
        return found

    def to_dict(self) -> dict[str, Any]:
        """As exported, one key a column."""
        return {**_hashed(self), "hash": self.hash}


def canonical(value: object) -> str:
    """JSON with sorted keys and no blanks. Raises ValueError for what JSON cannot hold (NaN), TypeError likewise."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "replace").decode()


def digest(row: Row) -> str:
    """The hash that a row must have. Raises ValueError where `what` is no JSON object."""
    return hashlib.sha256(canonical(_hashed(row)).encode()).hexdigest()


def _hashed(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "time": row.time.astimezone(UTC).isoformat(timespec="microseconds"),
        "event": row.event,
        "by": row.by,
        "what": row.details,
        "previous": row.previous,
    }


def kept(what: Mapping[str, Any]) -> str:
    """What is kept of the details: bounded, and personal data masked where somebody may have typed it."""
    return canonical({key: _bounded(value, key) for key, value in what.items()})


def _bounded(value: object, key: str = "") -> object:
    if isinstance(value, str):
        text = mask(value) if key in _TYPED else value
        return clean(text, _LONGEST)
    if isinstance(value, Mapping):
        return {clean(str(name), _LONGEST): _bounded(inner, str(name)) for name, inner in list(value.items())[:_MOST]}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else list(value)
        return [*(_bounded(item, key) for item in items[:_MOST]), *(["…"] if len(items) > _MOST else [])]
    if value is None or isinstance(value, bool | int | float):
        return value
    return clean(str(value), _LONGEST)


def clean(text: str, most: int) -> str:
    """A text that every database takes, cut where it is longer than `most` characters."""
    text = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    return text if len(text) <= most else f"{text[: most - 1]}…"
