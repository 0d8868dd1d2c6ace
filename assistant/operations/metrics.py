"""What Prometheus may ask of one app: requests, answers and how long they took. No question text is kept."""

from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Answer

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # seconds


class Metrics:
    """Counters of one app in a registry of their own, so that several apps may live in one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "policyqa_requests", "HTTP requests by route and status", ["route", "status"], registry=self._registry
        )
        self._answers = Counter(
            "policyqa_answers", "Answers by status and reason", ["status", "reason"], registry=self._registry
        )
        self._seconds = Histogram(
            "policyqa_request_seconds",
            "Seconds from request to response, by route",
            ["route"],
            registry=self._registry,
            buckets=_BUCKETS,
        )

    def count_answer(self, answer: Answer) -> None:
        self._answers.labels(answer.status, answer.reason or "").inc()

    def count_request(self, route: str, status: int, seconds: float) -> None:
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def render(self) -> bytes:
        """The exposition text of Prometheus."""
        return generate_latest(self._registry)


class RequestMetrics:
    """ASGI layer that counts each request under its route template, so that ids do not become labels."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500  # what the server sends when the app raises before it answers
        started = perf_counter()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            route = getattr(scope.get("route"), "path", "unknown")
            self._metrics.count_request(route, status, perf_counter() - started)
