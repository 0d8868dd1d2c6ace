"""Which way a gap may go."""

import pytest

from assistant.gaps.states import MOVES, State, check_move
from corpus.errors import InputError


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_a_move_is_in_the_table_or_refused(before: State, after: State) -> None:
    if after in MOVES[before]:
        check_move(before, after)
    else:
        with pytest.raises(InputError, match=rf"No way from {before} to {after}; go to .*{MOVES[before][0]}"):
            check_move(before, after)


def test_every_state_is_left_and_reached() -> None:
    assert set(MOVES) == set(State) == {after for moves in MOVES.values() for after in moves}
