"""The storages do what the strategies of `limits` ask of them, whatever they keep their counts in."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from assistant.rates.counters import Counters, beside
from assistant.rates.memory import MemoryWindows
from assistant.rates.windows import Windows
from corpus.errors import DatabaseError
from tests.assistant.rates.clock import Hand

THREE = parse("3/minute")


@pytest.fixture(params=["file", "memory"])
def windows(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Hand], Windows]:
    if request.param == "memory":
        return MemoryWindows
    return lambda now: Counters(tmp_path / "state.sqlite3", now)


def test_a_window_begins_with_its_first_hit_and_ends_with_its_time(windows: Callable[[Hand], Windows]) -> None:
    now = Hand(1000.5)
    limiter = FixedWindowRateLimiter(windows(now))
    seen = []
    for step in (0, 1, 1, 1, 56.9, 0.2):
        now.time += step
        allowed = limiter.hit(THREE, "who")
        stats = limiter.get_window_stats(THREE, "who")
        seen.append((allowed, stats.remaining, round(stats.reset_time, 1)))
    assert seen == [
        (True, 2, 1060.5),
        (True, 1, 1060.5),
        (True, 0, 1060.5),
        (False, 0, 1060.5),
        (False, 0, 1060.5),
        (True, 2, 1120.6),
    ]


def test_a_window_of_a_clock_that_was_ahead_is_over(windows: Callable[[Hand], Windows]) -> None:
    """A machine that boots a day ahead refuses nobody until tomorrow; a second's difference of two clocks is none."""
    now = Hand(100_000.0)
    limiter = FixedWindowRateLimiter(windows(now))
    assert [limiter.hit(THREE, "who") for _ in range(4)] == [True, True, True, False]
    now.time -= 1
    assert not limiter.hit(THREE, "who")
    now.time -= 86_400
    assert limiter.hit(THREE, "who")
    assert limiter.get_window_stats(THREE, "who").remaining == 2


def test_what_one_has_used_up_another_has_not(windows: Callable[[Hand], Windows]) -> None:
    limiter = FixedWindowRateLimiter(windows(Hand()))
    assert [limiter.hit(THREE, "one", cost=2) for _ in range(2)] == [True, False]
    assert limiter.hit(THREE, "other")
    assert limiter.get_window_stats(THREE, "one").remaining == 0
    assert limiter.get_window_stats(THREE, "other").remaining == 2
    assert limiter.test(THREE, "other", cost=2)
    assert not limiter.test(THREE, "other", cost=3)


def test_counts_can_be_read_by_others_cleared_and_reset(windows: Callable[[Hand], Windows]) -> None:
    now = Hand(50.0)
    storage = windows(now)
    for key in ("a", "a", "b"):
        storage.incr(key, 10)
    assert (storage.get("a"), storage.get_expiry("a")) == (2, 60.0)
    assert (storage.get("nobody"), storage.get_expiry("nobody")) == (0, 50.0)
    storage.clear("a")
    assert (storage.get("a"), storage.get("b")) == (0, 1)
    assert storage.reset() == 1
    assert storage.check()
    now.time = 61.0
    assert storage.get("b") == 0


def test_threads_lose_no_hit(windows: Callable[[Hand], Windows]) -> None:
    storage = windows(Hand())
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: storage.incr("key", 60), range(200)))
    assert sorted(seen) == list(range(1, 201))


def test_memory_forgets_whom_it_has_not_seen_for_longest() -> None:
    storage = MemoryWindows(Hand(), most=3)
    for key in ("a", "b", "a", "c", "d"):
        storage.incr(key, 60)
    assert [storage.get(key) for key in "abcd"] == [2, 0, 1, 1]


def test_windows_that_are_over_leave_the_file(tmp_path: Path) -> None:
    now = Hand(100.0)
    storage = Counters(tmp_path / "state.sqlite3", now)
    for number in range(20):
        storage.incr(f"client {number}", 10)
    now.time += 61
    storage.incr("one more", 10)
    with sqlite3.connect(tmp_path / "state.sqlite3.counts") as connection:
        assert connection.execute("SELECT key FROM policyqa_counter").fetchall() == [("one more",)]
    connection.close()


def test_counts_stand_beside_a_file_and_in_a_database_that_is_shared(tmp_path: Path) -> None:
    assert beside(tmp_path / "f.sqlite3") == tmp_path / "f.sqlite3.counts"
    assert beside("sqlite:////data/f.sqlite3") == Path("/data/f.sqlite3.counts")
    assert beside("postgresql+psycopg://u@h/d") is None


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0" + b"\xff" * 4000, b"no database" * 999])
def test_a_damaged_file_is_begun_anew_by_all_who_count_in_it(tmp_path: Path, damage: bytes) -> None:
    one, other = (Counters(tmp_path / "state.sqlite3", Hand()) for _ in range(2))
    assert [one.incr("key", 60), other.incr("key", 60)] == [1, 2]
    one.close()
    other.close()
    (tmp_path / "state.sqlite3.counts").write_bytes(damage)
    assert [one.incr("key", 60), other.incr("key", 60), one.incr("key", 60)] == [1, 2, 3]


def test_a_file_that_cannot_be_made_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("a file, no folder")
    storage = Counters(tmp_path / "here" / "state.sqlite3", Hand())
    with pytest.raises(DatabaseError):
        storage.incr("key", 60)
    assert not storage.check()


def test_of_more_clients_than_there_is_room_for_those_with_the_fewest_hits_are_forgotten(tmp_path: Path) -> None:
    """Whoever holds a network of endless addresses fills no disk, nor wipes out what others have used up."""
    now = Hand(1000.0)
    limiter = FixedWindowRateLimiter(Counters(tmp_path / "state.sqlite3", now, most=10))
    used_up = [limiter.hit(THREE, "busy") for _ in range(4)]
    for number in range(50):
        limiter.hit(THREE, f"address {number}")
    now.time += 59
    limiter.hit(parse("3/hour"), "long")
    now.time += 2  # the sweep of a minute; of the windows none but the long one goes on
    limiter.hit(THREE, "after")
    assert used_up[-1] is False
    with sqlite3.connect(tmp_path / "state.sqlite3.counts") as file:
        assert file.execute("SELECT count(*) FROM policyqa_counter").fetchone() == (2,)


def test_room_is_made_among_windows_that_go_on(tmp_path: Path) -> None:
    now, hour = Hand(1000.0), parse("3/hour")
    limiter = FixedWindowRateLimiter(Counters(tmp_path / "state.sqlite3", now, most=10))
    for _ in range(4):
        limiter.hit(hour, "busy")
    for number in range(50):
        limiter.hit(hour, f"address {number}")
    now.time += 61
    assert not limiter.hit(hour, "busy")
    with sqlite3.connect(tmp_path / "state.sqlite3.counts") as file:
        assert file.execute("SELECT count(*) FROM policyqa_counter").fetchone() == (10,)
