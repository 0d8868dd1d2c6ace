import logging

import pytest

from assistant.operations.sparing import Sparing
from tests.assistant.rates.clock import Hand


@pytest.fixture
def log() -> logging.Logger:
    logger = logging.getLogger("a log of its own")
    logger.filters.clear()
    return logger


def _fail(where: int) -> None:
    if where == 1:
        raise ValueError("first place")
    raise ValueError("second place")


def test_a_kind_of_line_passes_once_a_minute_and_then_says_how_many_there_were(
    log: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    now = Hand()
    log.addFilter(Sparing(60, now))
    for number in range(1000):
        log.warning("malformed request %d", number)
        log.error("another %s", "kind")
    now.time += 60
    log.warning("malformed request %d", 1000)
    assert caplog.messages == [
        "malformed request 0",
        "another kind",
        "malformed request 1000 （此前另有 999 次 and 999 more before）",
    ]


def test_errors_of_different_places_are_different_kinds(log: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    log.addFilter(Sparing(60, Hand()))
    for where in (1, 2, 1, 2):
        try:
            _fail(where)
        except ValueError:
            log.exception("it failed")
    assert [record.exc_info and str(record.exc_info[1]) for record in caplog.records] == ["first place", "second place"]


def test_what_is_no_warning_passes(log: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    log.addFilter(Sparing(60, Hand()))
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            log.info("serving")
    assert caplog.messages == ["serving"] * 3


def test_what_asyncio_says_of_one_task_is_what_it_says_of_another(caplog: pytest.LogCaptureFixture) -> None:
    log, sparing = logging.getLogger("asyncio"), Sparing(60, Hand())
    log.addFilter(sparing)
    try:
        for number in range(100):
            log.error(f"Task exception was never retrieved\nfuture: <Task finished name='Task-{number}'>")
            log.error(f"Exception in callback <bound method Server.take({number})>")
    finally:
        log.removeFilter(sparing)
    assert len(caplog.messages) == 2
