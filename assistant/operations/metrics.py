"""Prometheus counters of one server, or of all processes that share a folder for them. No question text is kept."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from time import perf_counter
from weakref import WeakKeyDictionary

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Answer
from assistant.assembly import Assembler
from assistant.operations.outbox import Standing
from assistant.operations.request import note_route, noted_route
from assistant.operations.shared_metrics import FOLDER, alone
from assistant.service import Assistant

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # seconds
_CLIENT_LEFT = 499  # what nginx calls a request whose client went away before it was answered


class Metrics:
    """Counters in a registry of their own, so that several apps may live in one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counted: WeakKeyDictionary[Assembler, int] = WeakKeyDictionary()
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "policyqa_requests", "HTTP requests by route and status", ["route", "status"], registry=registry
        )
        self._seconds = Histogram(
            "policyqa_request_seconds",
            "Seconds from request to response, by route",
            ["route"],
            registry=registry,
            buckets=_BUCKETS,
        )
        self._answers = Counter(
            "policyqa_answers", "Answers by status and reason", ["status", "reason"], registry=registry
        )
        self._violations = Counter(
            "policyqa_law_violations", "Answers withheld because a quote or a number did not hold", registry=registry
        )
        self._waiting = Gauge(
            "policyqa_requests_waiting", "Requests waiting for a turn", registry=registry, multiprocess_mode="livesum"
        )
        self._served: tuple[str, str] | None = None
        self._serving = Gauge(
            "policyqa_in_service",
            "Processes that answer from this generation of the library and this index",
            ["generation", "index_version"],
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._refused = Counter("policyqa_requests_refused", "Requests refused: queue full", registry=registry)
        self._dropped = Counter("policyqa_requests_dropped", "Requests whose client left the queue", registry=registry)
        self._limited = Counter(
            "policyqa_requests_limited", "Requests refused: too many of one client", ["kind"], registry=registry
        )
        self._unrecorded = Counter(
            "policyqa_answers_unrecorded", "Answers not recorded: too many of one client or in all", registry=registry
        )

        self._phrasings = Counter(
            "policyqa_phrasings",
            "Replies of the language model, by what became of them and why",
            ["outcome", "reason"],
            registry=registry,
        )
        self._messages = Counter(
            "policyqa_channel_messages",
            "Messages of channels outside of the site, by what became of them",
            ["channel", "outcome"],
            registry=registry,
        )
        self._webhooks = Gauge(
            "policyqa_webhook_messages",
            "Webhook messages that wait or have failed",
            ["state"],
            registry=registry,
            multiprocess_mode="mostrecent",
        )
        self._oldest = Gauge(
            "policyqa_webhook_oldest_seconds",
            "Seconds that the oldest webhook message has waited",
            registry=registry,
            multiprocess_mode="mostrecent",
        )

    def count_answer(self, answer: Answer) -> None:
        self._answers.labels(answer.status, answer.reason or "").inc()

    def count_violations(self, assembler: Assembler) -> None:
        """The answers that it has withheld since this was last asked; calls may overlap."""
        with self._lock:
            counted, so_far = self._counted.get(assembler, 0), assembler.law_violations
            self._violations.inc(max(0, so_far - counted))
            self._counted[assembler] = max(so_far, counted)

    def set_in_service(self, assistant: Assistant) -> None:
        """What answers from now on; what did before no longer does."""
        published = assistant.published
        now = str(published.manifest.number) if published else "", assistant.index.version
        with self._lock:
            if self._served and self._served != now:
                self._serving.labels(*self._served).set(0)
            self._serving.labels(*now).set(1)
            self._served = now

    def count_request(self, route: str, status: int, seconds: float) -> None:
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_waiting(self, change: int) -> None:
        """One more waits (1), or one less (-1)."""
        self._waiting.inc(change)

    def count_refused(self) -> None:
        self._refused.inc()

    def count_dropped(self) -> None:
        self._dropped.inc()

    def count_limited(self, kind: str) -> None:
        self._limited.labels(kind).inc()

    def count_unrecorded(self) -> None:
        self._unrecorded.inc()

    def count_phrasings(self, counts: Mapping[tuple[str, str], int]) -> None:
        """So many more of each outcome and reason."""
        for (outcome, reason), count in counts.items():
            self._phrasings.labels(outcome, reason).inc(count)

    def count_message(self, channel: str, outcome: str) -> None:
        self._messages.labels(channel, outcome).inc()

    def set_webhooks(self, standing: Standing) -> None:
        """How it stands with webhooks, as this process has last seen it."""
        self._webhooks.labels("waiting").set(standing.waiting)
        self._webhooks.labels("failed").set(standing.failed)
        waited = (datetime.now(UTC) - standing.oldest).total_seconds() if standing.oldest else 0.0
        self._oldest.set(max(0.0, waited))

    def render(self) -> bytes:
        """The exposition text of Prometheus; of all processes that share a folder, where they do."""
        if FOLDER not in os.environ:
            return generate_latest(self._registry)
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        with alone(Path(os.environ[FOLDER])):
            return generate_latest(shared)


class RequestMetrics:
    """ASGI layer that counts each request under its route template, so that ids do not become labels."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = _CLIENT_LEFT
        started = perf_counter()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception:
            status = 500  # what the server sends when the app raises
            raise
        finally:
            note_route(scope)
            route = getattr(scope.get("route"), "path", "") or noted_route(scope) or "unknown"
            self._metrics.count_request(route, status, perf_counter() - started)
