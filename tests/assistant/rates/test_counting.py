"""While the database is away counting goes on in memory, nobody waits for it, and the log has a line a minute."""

from pathlib import Path

import pytest
from limits import parse

from assistant.rates.counters import Counters
from assistant.rates.counting import Counting, Demand, Standing
from corpus.errors import DatabaseError
from tests.assistant.rates.clock import Hand

TWO = [Demand(parse("2/minute"), "who")]


class Cut(Counters):
    """Counters whose database can be taken away; how often it was tried meanwhile."""

    away = False
    tried = 0

    def count(self, *arguments: object) -> object:  # type: ignore[override]
        self._try()
        return super().count(*arguments)  # type: ignore[arg-type]

    def check(self) -> bool:
        self.tried += 1
        return not self.away and super().check()

    def _try(self) -> None:
        self.tried += 1
        if self.away:
            raise DatabaseError("away")


def _allowed(counting: Counting) -> bool:
    (standing,) = counting.hit(TWO)
    return standing.allowed


def test_counting_goes_on_in_memory_and_returns_to_the_database(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    now = Hand()
    shared = Cut(tmp_path / "state.sqlite3", now)
    counting = Counting(shared, now, pause=60)
    assert _allowed(counting)
    shared.away = True
    assert [_allowed(counting) for _ in range(3)] == [True, True, False]  # those counted elsewhere are not known
    assert shared.tried == 2
    assert len(caplog.messages) == 1
    now.time += 59
    _allowed(counting)
    assert shared.tried == 2
    now.time += 1
    _allowed(counting)
    counting.close()  # which waits for what it does in its thread
    assert (shared.tried, counting.away, len(caplog.messages)) == (3, True, 2)
    shared.away = False
    counting.try_again()
    assert not counting.away
    assert [_allowed(counting) for _ in range(3)] == [True, True, False]
    assert len(caplog.messages) == 3


def test_a_standing_says_what_is_left(tmp_path: Path) -> None:
    now = Hand(1000.25)
    counting = Counting(Counters(tmp_path / "state.sqlite3", now), now)
    assert counting.hit(TWO) == [Standing(limit=2, allowed=True, remaining=1, seconds=60)]
    now.time += 59.9
    assert counting.hit(TWO) == [Standing(limit=2, allowed=True, remaining=0, seconds=1)]
    assert counting.hit(TWO) == [Standing(limit=2, allowed=False, remaining=0, seconds=1)]
    counting.close()
