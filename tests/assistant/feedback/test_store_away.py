"""A database that is away loses nothing that was asked, and stops no answer."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.feedback.store import FeedbackStore, Verdict
from corpus.errors import DatabaseError
from eval.postgresql import PostgresServer
from eval.speed.small_disk import can_mount, small_disk
from tests.assistant.feedback.kept import START, Clock, answer_to

Away = tuple[Path | str, Callable[[], None]]


@pytest.fixture(
    params=[
        "sqlite",
        "postgresql",
        pytest.param("full disk", marks=pytest.mark.skipif(not can_mount(), reason="root alone mounts a small disk")),
    ]
)
def away(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Away]:
    """A database that is away, and what brings it back: a file where its folder should be, a server that crashed, or a
    disk without a free block.
    """
    if request.param == "full disk":
        with small_disk(tmp_path / "disk") as disk:
            disk.fill()
            yield disk.folder / "feedback.sqlite3", disk.clear
        return
    if request.param == "sqlite":
        blocked = tmp_path / "blocked"
        blocked.write_text("", encoding="utf-8")
        yield blocked / "feedback.sqlite3", blocked.unlink
        return
    server: PostgresServer = request.getfixturevalue("postgresql")
    url: str = request.getfixturevalue("postgresql_url")
    server.stop()
    yield url, server.start
    if not server.runs:
        server.start()


def test_a_failing_store_is_logged_once_a_minute_and_never_raises_from_record(
    away: Away, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    where, come_back = away
    store = FeedbackStore(where, now=clock)
    with caplog.at_level(logging.ERROR):
        store.record(answer_to("首贷"))
        store.record(answer_to("首贷"))
    assert len(caplog.records) == 1
    with pytest.raises(DatabaseError):
        store.judge("a" * 32, Verdict.WRONG)
    come_back()
    clock.now += timedelta(minutes=1)
    store.record(answer_to("又好了"))
    assert [row.question for row in store.rows()] == ["首贷", "首贷", "又好了"]


def test_what_is_asked_while_the_database_is_away_waits_in_its_order_and_for_its_verdict(
    away: Away, clock: Clock
) -> None:
    where, come_back = away
    store = FeedbackStore(where, now=clock)
    store.record(answer_to("停电", answer_id="1" * 32))
    clock.now += timedelta(seconds=1)
    store.record(answer_to("停水", answer_id="2" * 32))
    come_back()
    assert store.judge("1" * 32, Verdict.HELPFUL)  # a verdict does not wait for the minute to pass
    rows = list(store.rows())
    assert [(row.question, row.verdict) for row in rows] == [("停电", "helpful"), ("停水", None)]
    assert [row.time for row in rows] == [START, START + timedelta(seconds=1)]


def test_what_waits_is_written_at_the_end_and_is_bounded(away: Away, clock: Clock) -> None:
    where, come_back = away
    with FeedbackStore(where, now=clock) as store:
        for number in range(1003):
            store.record(answer_to(f"第{number}问", answer_id=f"{number:032x}"))
        come_back()
    kept = [row.question for row in FeedbackStore(where, now=clock).rows()]
    assert kept == [f"第{number}问" for number in range(3, 1003)]


def test_a_database_that_is_away_does_not_keep_the_store_from_opening(
    away: Away, caplog: pytest.LogCaptureFixture
) -> None:
    FeedbackStore.open(away[0])
    assert "POLICYQA_FEEDBACK" in caplog.text
