"""Laws of merged cells: what a row takes over from the row above, and what it does not."""

import pytest

from corpus.parser.merged_cells import fill

ABOVE = ["1", "助听器", "门诊", "60", "4000", "凭处方"]


@pytest.mark.parametrize(
    ("cells", "filled"),
    [
        (["2", "假牙", "5000"], ["2", "假牙", "门诊", "60", "5000", "凭处方"]),  # left out, as on a copied page
        (["", "轮椅", "门诊", "50", "900", "凭残疾证"], ["1", "轮椅", "门诊", "50", "900", "凭残疾证"]),
        (["", "轮椅", "门诊"], ["1", "轮椅", "门诊"]),  # what it lacks at its end is empty
        (["3", "拐杖", "", "30", "100", ""], ["3", "拐杖", "", "30", "100", ""]),  # empty, not merged
    ],
)
def test_a_text_shows_merged_cells_by_what_is_left_out_or_empty_at_the_beginning(
    cells: list[str], filled: list[str]
) -> None:
    assert fill(cells, ABOVE) == filled


def test_where_the_format_says_what_is_merged_nothing_is_guessed() -> None:
    assert fill(["2", "假牙", "", "", "5000"], ABOVE, (2, 3)) == ["2", "假牙", "门诊", "60", "5000"]
    assert fill(["", "假牙", "门诊", "50", "900"], ABOVE, ()) == ["", "假牙", "门诊", "50", "900"]
    assert fill(["2", "假牙"], ABOVE, (5,)) == ["2", "假牙", "", "", "", "凭处方"]
