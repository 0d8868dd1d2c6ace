"""What is counted; across processes: test_shared_metrics.py."""

import asyncio

import pytest
from starlette.types import Receive, Scope, Send

from assistant.assembly import Assembler
from assistant.channels.closing import Closing
from assistant.channels.offered import Channels
from assistant.operations.metrics import Metrics, RequestMetrics
from corpus.clock import china_now
from corpus.corpus import Corpus
from corpus.records.services import Services
from tests.assistant.operations.asgi import Recorder, exchange, request


def _lines(metrics: Metrics) -> list[str]:
    return metrics.render().decode().splitlines()


def test_the_state_of_the_queue_and_withheld_answers_are_told() -> None:
    metrics = Metrics()
    for change in (1, 1, -1):
        metrics.count_waiting(change)
    metrics.count_refused()
    metrics.count_dropped()
    corpus = Corpus((), ())
    channels = Channels(Services(), corpus, china_now)
    assembler = Assembler(corpus, "0123456789ab", Closing(lambda: channels, corpus))
    for so_far in (1, 2, 2):
        assembler.law_violations = so_far
        metrics.count_violations(assembler)
    assert {
        "policyqa_requests_waiting 1.0",
        "policyqa_requests_refused_total 1.0",
        "policyqa_requests_dropped_total 1.0",
        "policyqa_law_violations_total 2.0",
    } <= set(_lines(metrics))


def test_two_servers_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.count_refused()
    assert "policyqa_requests_refused_total 0.0" in _lines(other)


def test_a_request_is_counted_by_its_outcome_also_when_nobody_waits_for_one() -> None:
    async def leave(_scope: Scope, _receive: Receive, _send: Send) -> None:
        return

    async def fail(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError

    metrics = Metrics()
    exchange(RequestMetrics(Recorder(), metrics), request())
    exchange(RequestMetrics(leave, metrics), request())
    with pytest.raises(RuntimeError):
        exchange(RequestMetrics(fail, metrics), request())
    for status in (200, 499, 500):
        assert f'policyqa_requests_total{{route="unknown",status="{status}"}} 1.0' in _lines(metrics)


def test_what_is_no_request_passes() -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    async def nothing() -> None:  # pragma: no cover
        raise AssertionError

    asyncio.run(RequestMetrics(app, Metrics())({"type": "lifespan"}, nothing, nothing))  # type: ignore[arg-type]
    assert seen == [{"type": "lifespan"}]
