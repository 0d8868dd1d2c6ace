"""Which days are worked, and whether a place is open at a moment or when it opens next.

On a day off nothing but `always` is open; a day that is worked in the place of another is taken for a Monday. A year
that nobody has written down is taken by its weekdays, and said to be so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from corpus.clock import CHINA
from corpus.records.hours import Hours, Year

_MONDAY, _SATURDAY = 0, 5
_LOOKED_AHEAD = 60  # days: no holiday closes anything for longer


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether something is open. `open` is None where nobody has written down its hours."""

    open: bool | None
    next_open: datetime | None = None  # of what is closed
    holidays_known: bool = True  # whether the holidays of every year looked at are written down


class Calendar:
    """The days of some years, as the state has made them. Times are those of China."""

    def __init__(self, years: Iterable[Year]) -> None:
        years = tuple(years)
        self._known = frozenset(year.year for year in years)
        self._off = frozenset[date]().union(*(year.off for year in years))
        self._working = frozenset[date]().union(*(year.working for year in years))

    def knows(self, day: date) -> bool:
        """Whether the holidays of its year are written down."""
        return day.year in self._known

    def weekday(self, day: date) -> int | None:
        """The day of the week that a day counts as, Monday = 0; None of a day off."""
        if day in self._off:
            return None
        return _MONDAY if day in self._working else day.weekday()

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day."""
        weekday = self.weekday(day)
        return weekday is not None and weekday < _SATURDAY

    def next_working_day(self, day: date) -> date:
        """The first day after `day` on which offices work."""
        while True:
            day += timedelta(days=1)
            if self.is_working(day):
                return day

    def opening(self, hours: Hours | None, moment: datetime) -> Opening:
        """Whether a place of these hours is open at a moment, which has a time zone, and if not, when next."""
        if hours is None or hours.always:
            return Opening(None if hours is None else True)
        local = moment.astimezone(CHINA)
        day, clock = local.date(), local.time()
        known = self.knows(day)
        if any(first <= clock < last for first, last in self._spans(hours, day)):
            return Opening(True, holidays_known=known)
        found = next(self._openings(hours, local), None)
        return Opening(False, found, known and (found is None or self.knows(found.date())))

    def _openings(self, hours: Hours, after: datetime) -> Iterator[datetime]:
        """When it opens after a moment, the soonest first."""
        day = after.date()
        for ahead in range(min(_LOOKED_AHEAD, (date.max - day).days) + 1):
            one = day + timedelta(days=ahead)
            begins = sorted(first for first, _ in self._spans(hours, one))
            yield from (opens for first in begins if (opens := _at(one, first)) > after)

    def _spans(self, hours: Hours, day: date) -> tuple[tuple[time, time], ...]:
        weekday = self.weekday(day)
        return () if weekday is None else hours.week.get(weekday, ())


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, CHINA)
