"""What is on its way holds nothing of a document that has gone, and is sent all the same."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.feedback.store import FeedbackStore
from assistant.operations.outbox import KEPT, UNSENT, Outbox
from tests.assistant.feedback.kept import START, Clock

OWN = "流动茶摊须在每月第一个工作日前登记摊位编号"
NOTE = {
    "summary": "茶摊怎么登记",
    "told": "《茶摊管理办法》是这样写的",
    "clause_id": "tea:1",
    "address": "《茶摊管理办法》第一条",
    "quotes": [OWN],
    "department": "市场监管局",
}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(where: Path | str, clock: Clock) -> FeedbackStore:
    return FeedbackStore(where, now=clock)


@pytest.fixture
def outbox(store: FeedbackStore, clock: Clock) -> Outbox:
    assert store.database is not None
    return Outbox(store.database, clock)


def _holds(text: str) -> bool:
    return OWN in text


def test_a_removed_document_is_taken_out_of_a_note_that_waits_and_of_one_that_failed(
    store: FeedbackStore, outbox: Outbox
) -> None:
    outbox.put("note", NOTE)
    outbox.failed(outbox.put("note", {**NOTE, "clause_id": "", "told": f"照“{OWN}”办"}), "HTTP 404")
    assert len(store.beside("tea", _holds)) == 2
    store.forget("tea", _holds)
    assert store.beside("tea", _holds) == []
    failed, waiting = (json.loads(one.body or "")["data"] for one in outbox.latest("note", 2))
    blank = {"told": "", "clause_id": "", "quotes": []}
    assert waiting == {**NOTE, **blank, "address": ""}
    assert failed == {**NOTE, **blank}


def test_another_document_leaves_it_as_it_is(store: FeedbackStore, outbox: Outbox) -> None:
    outbox.put("note", {**NOTE, "tries": 3})
    (before,) = outbox.latest("note", 1)
    store.forget("te", lambda _: False)
    assert outbox.latest("note", 1) == [before]


def test_what_has_failed_and_what_nobody_sends_go_by_themselves(
    store: FeedbackStore, outbox: Outbox, clock: Clock
) -> None:
    outbox.failed(outbox.put("note", NOTE), "HTTP 404")
    outbox.put("note", NOTE)
    clock.now += KEPT + timedelta(seconds=1)
    store.purge()
    assert [one.state for one in outbox.latest("note", 9)] == ["waiting"]
    clock.now += UNSENT
    store.purge()
    assert outbox.latest("note", 9) == []


def test_what_another_process_has_delivered_is_not_undone(outbox: Outbox) -> None:
    id_ = outbox.put("note", NOTE)
    outbox.delivered(id_)
    outbox.later(id_, datetime.now(UTC), "ReadTimeout")
    outbox.failed(id_, "HTTP 404")
    (one,) = outbox.latest("note", 1)
    assert (one.state, one.tries, one.problem, one.created) == ("delivered", 1, None, START)
