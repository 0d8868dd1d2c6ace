"""No cell of 1 to 4 is shown, and none can be computed as what is left of a total."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.feedback.disclosure import LEAST, Cell, Hidden, is_small, shown, shown_part, shown_parts, shown_series

COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=12)
PAIRS = st.lists(
    st.integers(0, 15).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), min_size=1, max_size=12
)


def _cannot_be_computed(cells: list[Cell], counts: list[int]) -> bool:
    """Whether what is left of the total is of several cells, and of LEAST questions; or there is nothing hidden."""
    hidden = [count for cell, count in zip(cells, counts, strict=True) if isinstance(cell, Hidden)]
    return not any(hidden) or sum(counts) < LEAST or (len(hidden) > 1 and sum(hidden) >= LEAST)


def test_a_small_number_is_hidden_and_the_next_with_it() -> None:
    assert shown_series([40, 3, 9, 0, 12]) == [40, Hidden.FEW, Hidden.WITHHELD, 0, 12]
    assert shown_series([40, 3, 9, 2, 12]) == [40, Hidden.FEW, 9, Hidden.FEW, 12]
    assert shown_series([40, 1, 9, 2, 12]) == [40, Hidden.FEW, Hidden.WITHHELD, Hidden.FEW, 12]
    assert shown_series([3]) == [Hidden.FEW]


def test_nothing_small_and_nothing_is_hidden() -> None:
    assert shown_series([5, 0, 7]) == [5, 0, 7]
    assert [shown(count) for count in (0, 1, 4, 5)] == [0, Hidden.FEW, Hidden.FEW, 5]


def test_a_part_is_hidden_where_it_or_what_is_left_is_small() -> None:
    assert shown_part(9, 30) == (9, 30)
    assert shown_part(2, 30) == (Hidden.FEW, 30)
    assert shown_part(28, 30) == (Hidden.WITHHELD, 30)
    assert shown_part(0, 30) == (0, 30)
    assert shown_part(30, 30) == (30, 30)
    assert shown_part(0, 3) == (Hidden.FEW, Hidden.FEW)


@given(COUNTS)
def test_no_series_shows_a_small_number_or_lets_one_be_computed(counts: list[int]) -> None:
    cells = shown_series(counts)
    assert all(isinstance(cell, Hidden) or not is_small(cell) for cell in cells)
    assert all(cell in (count, Hidden.FEW, Hidden.WITHHELD) for cell, count in zip(cells, counts, strict=True))
    assert all((cell is Hidden.FEW) <= (count < LEAST) for cell, count in zip(cells, counts, strict=True))
    assert _cannot_be_computed(cells, counts)


@given(PAIRS)
def test_no_series_of_parts_does(pairs: list[tuple[int, int]]) -> None:
    parts, wholes = [part for part, _ in pairs], [whole for _, whole in pairs]
    cells = shown_parts(parts, wholes)
    shown_of_parts, shown_of_wholes = [part for part, _ in cells], [whole for _, whole in cells]
    assert _cannot_be_computed(shown_of_wholes, wholes)
    total_of_parts, _ = shown_part(sum(parts), sum(wholes))
    assert isinstance(total_of_parts, Hidden) or _cannot_be_computed(shown_of_parts, parts)
    for part, whole in cells:
        assert isinstance(part, Hidden) or not is_small(part)
        assert isinstance(part, Hidden) or not isinstance(whole, Hidden)
        assert isinstance(part, Hidden) or isinstance(whole, Hidden) or not is_small(whole - part)
