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
_MOMENTS = frozenset({"ends", "until", "before", "time"})
_WORDS = {
    "role": "access.role.",
    "channels": "operation.channel.",
    "means": "audit_page.means.",
    "why": "audit_page.why.",
}  # where the words of a field's values are
_FIRST = date(1970, 1, 1)  # of the days that can be asked for
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
        first, last = _day(self.first, words, "from"), _day(self.to, words, "to")
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
    told = tuple(
        (_named(f"audit_page.field.{name}", name, words), _value(name, value, words))
        for name, value in details.items()
        if name not in _UNTOLD and value is not None
    )
    what = tuple(pair for pair in told if pair[1])
    return ShownRow(row.number, moment(row.time), event_name(row.event, words), person(row.by, words), what)


def event_name(event: str, words: Messages) -> str:
    """An event in words, where there are any."""
    return _named(f"audit_page.name.{event}", event, words)


def person(by: str, words: Messages) -> str:
    """Who has done something, as `who` (assistant/audit/writes.py) and the commands write them down."""
    means, _, name = by.partition(":")
    key, known = f"audit_page.person.{means}", words.keys()
    return words(key, name=name) if key in known else by


def told_fault(fault: Fault, words: Messages) -> str:
    """What is wrong, at which row."""
    return words(f"audit_page.fault.{fault.kind}", number=fault.number)


def moment(moment_: datetime) -> str:
    """A moment in China, to the second."""
    return f"{moment_.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def _named(key: str, otherwise: str, words: Messages) -> str:
    known = words.keys()
    return words(key) if key in known else otherwise


def _value(name: str, value: object, words: Messages) -> str:
    """What a field of a row holds: roles, channels, ways and yes or no in words, moments in China."""
    if isinstance(value, bool):
        text = words(f"audit_page.{'yes' if value else 'no'}")
    elif isinstance(value, str):
        text = _moment(value) if name in _MOMENTS else _word(name, value, words)
    elif isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        text = words.list(_word(name, str(item), words) for item in value)
    else:
        text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _word(name: str, value: str, words: Messages) -> str:
    table = _WORDS.get(name)
    return _named(f"{table}{value.replace(' ', '_')}", value, words) if table else value


def _moment(text: str) -> str:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:  # somebody has made it unreadable: verifying says so
        return text
    return moment(found) if found.tzinfo else text


def _day(text: str, words: Messages, field: str) -> date | None:
    if not text.strip():
        return None
    try:
        found = date.fromisoformat(text.strip())
        if not _FIRST <= found < date.max:
            raise ValueError(text)
        return found
    except ValueError as error:
        raise InputError(words("operation.fault.day"), field) from error


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
