import pytest

from assistant import stopwatch
from assistant.stopwatch import Stopwatch


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time now, in seconds; what is set in front is what the stopwatch reads."""
    now = [100.0]
    monkeypatch.setattr(stopwatch, "perf_counter", lambda: now[0])
    return now


def test_a_lap_holds_everything_since_the_one_before_and_the_total_is_their_sum(clock: list[float]) -> None:
    watch = Stopwatch()
    for name, seconds in (("understand", 0.25), ("retrieve", 0.5), ("compose", 1.0)):
        clock[0] += seconds
        watch.lap(name)
    assert watch.milliseconds() == {"understand": 250.0, "retrieve": 500.0, "compose": 1000.0, "total": 1750.0}


def test_a_name_that_comes_again_is_added_to(clock: list[float]) -> None:
    watch = Stopwatch()
    for seconds in (0.25, 0.5):
        clock[0] += seconds
        watch.lap("retrieve")
    assert watch.milliseconds() == {"retrieve": 750.0, "total": 750.0}


def test_what_comes_after_the_last_lap_counts_nowhere(clock: list[float]) -> None:
    watch = Stopwatch()
    clock[0] += 1
    assert watch.milliseconds() == {"total": 0.0}
