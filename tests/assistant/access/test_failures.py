"""Failed sign-ins in the audit: a stranger can cause as many as they like, and fills nothing with them."""

from datetime import timedelta

from assistant.access.failures import Failures
from tests.assistant.access.conftest import Clock
from tests.people import Told


def test_a_stranger_writes_few_rows_and_the_next_one_tells_how_many_there_were(told: Told, clock: Clock) -> None:
    failed = Failures(told, clock)
    for number in range(1000):
        failed(account="", address=f"198.51.100.{number % 250}", means="password", why="wait")
    assert len(told) == 10
    assert all("more" not in what for _, what in told)
    clock.now += timedelta(minutes=1)
    for _ in range(5):
        failed(account="", address="198.51.100.1", means="password", why="wait")
    assert (len(told), told[-1][1]["more"]) == (11, 990)


def test_whom_a_stranger_holds_back_is_no_other_account(told: Told, clock: Clock) -> None:
    failed = Failures(told, clock)
    for _ in range(100):
        failed(account="", address="198.51.100.1", means="password", why="wrong")
    failed(account="ada", address="198.51.100.1", means="password", why="wrong")
    assert told[-1][1]["account"] == "ada"
