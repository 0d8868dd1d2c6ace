"""A sum tells the text that named it."""

import pytest

from assistant.question.recalled import sums_in


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("以前补12万的", {120_000.0}),
        ("每户三百元", {300.0}),
        ("补300的那个", {300.0}),
        ("the 400 yuan of 2018", {400.0}),
        ("2019年5月", set()),
        ("3万人", set()),
    ],
)
def test_sums_are_read_in_yuan(text: str, sums: set[float]) -> None:
    assert sums_in(text) == sums
