"""Rows of the audit, and what was found wrong with them, in words for the page and the terminal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from assistant.audit.chain import Fault
from assistant.audit.row import Row
from assistant.messages import Messages
from corpus.clock import CHINA
from corpus.errors import InputError

_UNTOLD = frozenset({"sha256", "values", "salt", "format", "traces"})  # for programs: in the export
_LONGEST = 160  # characters of one value on the page


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are looked at: of an event, from a day to another as typed, below a number."""

    event: str = ""
    first: str = ""
    to: str = ""
    before: int | None = None

    def span(self, words: Messages) -> tuple[datetime | None, datetime | None]:
        """From when on, and up to when, the last day included; days are China's. Raises InputError."""
        first, last = _day(self.first, words), _day(self.to, words)
        end = last + timedelta(days=1) if last else None
        return (_begin(first) if first else None, _begin(end) if end else None)

    def query(self, before: int | None = None) -> tuple[tuple[str, str], ...]:
        """The same for an address, below another number."""
        pairs = (("event", self.event), ("from", self.first), ("to", self.to), ("before", str(before or "")))
        return tuple((name, value) for name, value in pairs if value)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row as the page has it."""

    number: int
    time: str
    event: str
    by: str
    what: tuple[tuple[str, str], ...]


def shown_row(row: Row, words: Messages) -> ShownRow:
    """A row in words; what somebody has made unreadable stays as it is, for verifying says so."""
    try:
        details: Mapping[str, object] = row.details
    except ValueError:
        details = {"?": row.what}
    told = tuple((name, _value(value)) for name, value in details.items() if name not in _UNTOLD and value is not None)
    what = tuple(pair for pair in told if pair[1])
    return ShownRow(row.number, moment(row.time, words), event_name(row.event, words), row.by, what)


def event_name(event: str, words: Messages) -> str:
    """An event in words, where there are any."""
    key, known = f"audit_page.name.{event}", words.keys()
    return words(key) if key in known else event


def told_fault(fault: Fault, words: Messages) -> str:
    """What is wrong, at which row."""
    return words(f"audit_page.fault.{fault.kind}", number=fault.number)


def moment(moment_: datetime, words: Messages) -> str:
    """A moment in China as it is written out, to the second."""
    there = moment_.astimezone(CHINA)
    return f"{words.day(there.date())} {there:%H:%M:%S}"


def _value(value: object) -> str:
    if isinstance(value, str):
        text = value
    elif isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        text = " ".join(map(str, value))
    else:
        text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _day(text: str, words: Messages) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(words("operation.fault.day")) from error


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
