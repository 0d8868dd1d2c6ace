"""Which days are worked, whether a place is open, and when it opens next: over nights, weekends and holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clock import CHINA, china_now
from corpus.load import load_corpus
from corpus.records.calendar import Calendar, Opening
from corpus.records.hours import Hours, read_hours
from corpus.records.nodes import RecordFile
from corpus.records.services import read_services


def hours(text: str) -> Hours:
    file = RecordFile("hours.yaml", "")
    node = file.root(text.encode())
    assert node
    return read_hours(file, node)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


CALENDAR = Calendar(read_services(None, load_corpus()).holidays)
OFFICE = hours("{周一至周五: ['09:00-12:00', '13:30-17:00']}")
SATURDAY = hours("{周六: ['09:00-12:00']}")
LATE = hours("{周一至周日: ['08:00-24:00']}")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-02-13", True),  # a Friday
        ("2026-02-14", True),  # a Saturday that is worked
        ("2026-02-15", False),  # a Sunday, and the first day of the spring festival
        ("2026-02-16", False),  # a Monday of it
        ("2026-02-24", True),
        ("2026-02-28", True),
        ("2026-10-10", True),
        ("2026-11-28", False),
    ],
)
def test_a_day_is_worked_as_the_state_has_made_it(day: str, works: bool) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ("2026-11-30", "2026-12-01"),  # Monday
        ("2026-12-04", "2026-12-07"),  # over a weekend
        ("2026-02-13", "2026-02-14"),  # to a Saturday that is worked
        ("2026-02-14", "2026-02-24"),  # over the Spring Festival
        ("2026-09-30", "2026-10-08"),
        ("2026-10-09", "2026-10-10"),
        ("2030-10-01", "2030-10-02"),  # nobody has checked that year
    ],
)
def test_the_next_day_that_is_worked(day: str, following: str) -> None:
    assert CALENDAR.next_working_day(date.fromisoformat(day)) == date.fromisoformat(following)


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)))
def test_it_is_the_first_one_after_the_day(day: date) -> None:
    following = CALENDAR.next_working_day(day)
    assert CALENDAR.is_working(following)
    between = (day + timedelta(days=number) for number in range(1, (following - day).days))
    assert not any(map(CALENDAR.is_working, between))


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-12-01T09:00", True, None),
        ("2026-12-01T08:59", False, "2026-12-01T09:00"),
        ("2026-12-01T12:00", False, "2026-12-01T13:30"),
        ("2026-12-01T16:59:59", True, None),
        ("2026-12-01T17:00", False, "2026-12-02T09:00"),
        ("2026-12-04T18:00", False, "2026-12-07T09:00"),  # Friday evening → Monday
        ("2026-02-14T10:00", True, None),  # a Saturday that is worked
        ("2026-02-14T17:00", False, "2026-02-24T09:00"),  # over the whole spring festival
        ("2026-02-18T10:00", False, "2026-02-24T09:00"),
        ("2026-09-30T20:00", False, "2026-10-08T09:00"),
        ("2026-10-10T13:00", False, "2026-10-10T13:30"),
    ],
)
def test_office_hours_hold_over_nights_weekends_and_holidays(moment: str, is_open: bool, opens: str | None) -> None:
    expected = at(opens) if opens else None
    assert CALENDAR.opening(OFFICE, at(moment)) == Opening(is_open, expected)


def test_a_day_that_is_worked_in_exchange_counts_as_a_monday() -> None:
    assert CALENDAR.opening(SATURDAY, at("2026-02-14T10:00")) == Opening(False, at("2026-03-07T09:00"))
    assert CALENDAR.opening(SATURDAY, at("2026-03-07T10:00")) == Opening(True)


def test_midnight_ends_a_day_and_a_holiday_closes_what_is_open_on_every_weekday() -> None:
    assert CALENDAR.opening(LATE, at("2026-12-01T23:59:59")) == Opening(True)
    assert CALENDAR.opening(LATE, at("2026-02-16T10:00")) == Opening(False, at("2026-02-24T08:00"))


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)))
def test_day_and_night_is_always_open_and_no_hours_are_never_known(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert CALENDAR.opening(Hours(always=True), aware) == Opening(True)
    assert CALENDAR.opening(None, aware) == Opening(None)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)))
def test_it_is_open_when_it_is_said_to_open_next_and_not_before(moment: datetime) -> None:
    opening = CALENDAR.opening(OFFICE, moment.replace(tzinfo=CHINA))
    if opening.next_open:
        assert opening.next_open > moment.replace(tzinfo=CHINA)
        assert CALENDAR.opening(OFFICE, opening.next_open).open
        assert not CALENDAR.opening(OFFICE, opening.next_open - timedelta(microseconds=1)).open


def test_a_year_that_nobody_wrote_down_goes_by_its_weekdays_and_says_so() -> None:
    assert CALENDAR.opening(OFFICE, at("2027-01-04T10:00")) == Opening(True, holidays_known=False)
    crossing = CALENDAR.opening(OFFICE, at("2026-12-31T18:00"))
    assert (crossing.next_open, crossing.holidays_known) == (at("2027-01-01T09:00"), False)
    assert not CALENDAR.knows(date(2027, 1, 1))


def test_a_moment_of_another_zone_is_taken_in_china() -> None:
    assert CALENDAR.opening(OFFICE, datetime(2026, 12, 1, 2, tzinfo=UTC)).open  # ten in the morning there
    assert china_now().tzinfo is CHINA


def test_the_last_day_there_is_does_not_overflow() -> None:
    assert not CALENDAR.opening(SATURDAY, at("9999-12-31T23:59")).open
