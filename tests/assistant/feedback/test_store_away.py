"""A database that is away loses nothing that was asked, and stops no answer."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.feedback.store import FeedbackStore, Verdict
from corpus.errors import DatabaseError
from tests.assistant.feedback.kept import START, Clock, answer_to


def test_a_failing_store_is_logged_once_a_minute_and_never_raises_from_record(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    store = FeedbackStore(blocked / "feedback.sqlite3", now=clock)
    with caplog.at_level(logging.ERROR):
        store.record(answer_to("首贷"))
        store.record(answer_to("首贷"))
    assert len(caplog.records) == 1
    with pytest.raises(DatabaseError):
        store.judge("a" * 32, Verdict.WRONG)
    blocked.unlink()
    clock.now += timedelta(minutes=1)
    store.record(answer_to("又好了"))
    assert [row.question for row in store.rows()] == ["首贷", "首贷", "又好了"]


def test_what_is_asked_while_the_database_is_away_waits_in_its_order_and_for_its_verdict(
    tmp_path: Path, clock: Clock
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    file = blocked / "feedback.sqlite3"
    store = FeedbackStore(file, now=clock)
    store.record(answer_to("停电", answer_id="1" * 32))
    clock.now += timedelta(seconds=1)
    store.record(answer_to("停水", answer_id="2" * 32))
    blocked.unlink()
    assert store.judge("1" * 32, Verdict.HELPFUL)  # a verdict does not wait for the minute to pass
    rows = list(store.rows())
    assert [(row.question, row.verdict) for row in rows] == [("停电", "helpful"), ("停水", None)]
    assert [row.time for row in rows] == [START, START + timedelta(seconds=1)]


def test_what_waits_is_written_at_the_end_and_is_bounded(tmp_path: Path, clock: Clock) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    with FeedbackStore(blocked / "feedback.sqlite3", now=clock) as store:
        for number in range(1003):
            store.record(answer_to(f"第{number}问", answer_id=f"{number:032x}"))
        blocked.unlink()
    kept = [row.question for row in FeedbackStore(blocked / "feedback.sqlite3", now=clock).rows()]
    assert kept == [f"第{number}问" for number in range(3, 1003)]


def test_a_database_that_is_away_does_not_keep_the_store_from_opening(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    FeedbackStore.open(blocked / "feedback.sqlite3")
    assert "POLICYQA_FEEDBACK" in caplog.text
