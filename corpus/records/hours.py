"""When a place is open (hours, in channels.yaml) and which days the state has made holidays (holidays.yaml).

    hours: always                                        day and night
    hours: {周一至周五: [09:00-12:00, 13:30-17:00]}        by days of the week, as Chinese names them; 周六 alone, too

    years:
      - {year: 2026, source: …, checked: 2026-11-30, off: [2026-01-01, …], working: [2026-01-04, …]}

Times are those of China. On a day off nothing but `always` is open; a day that is worked in the place of another is
taken for a Monday.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

import yaml

from corpus.records.nodes import Read, RecordFile
from corpus.records.quotes import Origin, read_origin

_DAYS = "一二三四五六日"
_SPAN = re.compile(rf"周([{_DAYS}])(?:至周([{_DAYS}]))?")
_HOURS = re.compile(r"([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})")
_SCHEMA = "the head of corpus/records/hours.py"
_MIDNIGHT = "24:00"


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours. `week` holds the spans of each day that has some, Monday = 0; `always` is day and night."""

    always: bool = False
    week: Mapping[int, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    written: tuple[tuple[str, tuple[str, ...]], ...] = ()  # as the office wrote it: days, spans


@dataclass(frozen=True, slots=True)
class Year:
    """The holidays of one year."""

    year: int
    off: frozenset[date]
    working: frozenset[date]
    origin: Origin


def read_hours(file: RecordFile, node: yaml.Node) -> Hours:
    """The value of `hours`."""
    if isinstance(node, yaml.ScalarNode):
        file.one_of(node, ["always"])
        return Hours(always=True)
    week: dict[int, tuple[tuple[time, time], ...]] = {}
    written = []
    for days, spans in file.mapping(node).items():
        if not (match := _SPAN.fullmatch(days)):
            raise file.fault(
                spans, f"“{days}”不是星期，请写 周一至周五 或 周六。", f"{days!r} are no days; write 周一至周五 or 周六"
            )
        first = _DAYS.index(match[1])
        last = _DAYS.index(match[2] or match[1])
        if last < first:
            raise file.fault(
                spans, f"“{days}”先后颠倒，请分成两项。", f"{days!r} ends before it begins; write two entries"
            )
        read = tuple(_span(file, one) for one in file.sequence(spans))
        for day in range(first, last + 1):
            if day in week:
                raise file.fault(spans, f"周{_DAYS[day]} 写了两次，请留一个。", f"周{_DAYS[day]} comes twice; keep one")
            week[day] = read
        written.append((days, file.texts(spans)))
    return Hours(week=week, written=tuple(written))


def read_holidays(data: bytes, path: str) -> Read[Year]:
    """The years in order, and every fault."""
    file = RecordFile(path, _SCHEMA)
    root = file.root(data)
    if root is None:
        return (), ()
    years = file.needed(file.mapping(root, {"years"}), "years", root)
    return file.each(file.sequence(years), lambda node: _year(file, node))


def _span(file: RecordFile, node: yaml.Node) -> tuple[time, time]:
    match = _HOURS.fullmatch(file.text(node))
    try:
        first, last = (_time(match[1]), _time(match[2])) if match else (time.max, time.min)
    except ValueError:
        first, last = time.max, time.min
    if last <= first:
        raise file.fault(
            node,
            "这里要写时间，如 09:00-12:00，先早后晚。",
            "hours are expected here, as 09:00-12:00, the end behind the beginning",
        )
    return first, last


def _time(text: str) -> time:
    return time.max if text == _MIDNIGHT else time.fromisoformat(text)


def _year(file: RecordFile, node: yaml.Node) -> Year:
    entry = file.mapping(node, {"year", "off", "working", "source", "checked"})
    year = int(file.number(file.needed(entry, "year", node)))
    days = {key: [file.day(one) for one in file.sequence(file.needed(entry, key, node))] for key in ("off", "working")}
    if wrong := [day for found in days.values() for day in found if day.year != year]:
        raise file.fault(
            node, f"{wrong[0]} 不在 {year} 年，请移到那一年。", f"{wrong[0]} is not in {year}; move it to its year"
        )
    return Year(year, frozenset(days["off"]), frozenset(days["working"]), read_origin(file, entry, node))
