"""Laws of Chinese numerals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.numeral import LARGEST, from_chinese, to_chinese


@given(st.integers(1, 9999))
def test_every_number_survives_being_written_and_read(value: int) -> None:
    assert from_chinese(to_chinese(value)) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1, "一"),
        (10, "十"),
        (26, "二十六"),
        (103, "一百零三"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1260, "一千二百六十"),
    ],
)
def test_numbers_are_written_as_laws_print_them(value: int, written: str) -> None:
    assert to_chinese(value) == written


def test_a_numeral_without_units_is_read_digit_by_digit() -> None:
    assert from_chinese("二〇二三") == 2023


@pytest.mark.parametrize("value", [0, -1, LARGEST + 1])
def test_numbers_no_heading_has_are_refused(value: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        to_chinese(value)
