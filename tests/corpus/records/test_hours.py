"""Which days are worked: ordinary weeks, holidays, and weekends worked in exchange."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.load import SHIPPED
from corpus.records.hours import is_worked, next_working_day, read_holidays

HOLIDAYS = SHIPPED / "records" / "holidays.yaml"
YEARS, _ = read_holidays(HOLIDAYS.read_bytes(), str(HOLIDAYS))


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
    assert next_working_day(date.fromisoformat(day), YEARS) == date.fromisoformat(following)


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)))
def test_it_is_the_first_one_after_the_day(day: date) -> None:
    following = next_working_day(day, YEARS)
    assert is_worked(following, YEARS)
    between = (day + timedelta(days=number) for number in range(1, (following - day).days))
    assert not any(is_worked(one, YEARS) for one in between)
