"""B³ by value."""

import pytest

from eval.measures.clusters import b_cubed


def test_the_example_of_the_paper() -> None:
    """Bagga and Baldwin 1998, figures 1 and 2: one wrong link between 5 and 2, or between 5 and 5, of 12 items."""
    labels = [1] * 5 + [2] * 2 + [3] * 5
    small = b_cubed(labels, [1] * 5 + [2] * 7)
    assert small.precision == pytest.approx(16 / 21)  # .762, "76.2%"
    assert small.recall == 1
    large = b_cubed(labels, [1] * 5 + [2] * 2 + [1] * 5)
    assert large.precision == pytest.approx(7 / 12)  # "58.3%"
    assert large.f1 == pytest.approx(2 * (7 / 12) / (7 / 12 + 1))


def test_bounds() -> None:
    assert b_cubed("aab", "xxy").f1 == 1
    assert b_cubed("aaaa", "wxyz").recall == 0.25
    assert b_cubed([], []).f1 == 0
    with pytest.raises(ValueError, match="shorter"):
        b_cubed("ab", "a")
