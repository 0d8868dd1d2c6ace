"""Spans of OpenTelemetry, for who has installed `policyqa[otel]` and says where they go (OTEL_EXPORTER_OTLP_ENDPOINT).

A span for each request, and in it one for each step of an answer: understand, retrieve, judge, compose. They hold
routes, status and times; never a question, an id of a document or an address. Without the setting nothing of it is
imported.
"""

import logging
import os
import time
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import stopwatch
from assistant.operations.request import RequestNotes, notes_of

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Tracer

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
_LOG = logging.getLogger(__name__)
_SERVER_ERROR = 500


class Tracing:
    """Where spans go, until `stop`."""

    def __init__(self, provider: "TracerProvider") -> None:
        self._provider = provider
        self._tracer: Tracer = provider.get_tracer("policyqa")
        stopwatch.on_lap = self._lap

    def layer(self, app: ASGIApp) -> ASGIApp:
        """The app with a span around each request."""
        return _Traced(app, self._tracer)

    def stop(self) -> None:
        """Send what is left, and make no more."""
        stopwatch.on_lap = None
        self._provider.shutdown()

    def _lap(self, name: str, seconds: float) -> None:
        end = time.time_ns()
        self._tracer.start_span(name, start_time=end - round(seconds * 1e9)).end(end)


def open_tracing(environment: Mapping[str, str] | None = None) -> Tracing | None:
    """Tracing to the address that the environment names; None where it names none, or the extra is not installed."""
    environment = os.environ if environment is None else environment
    if not environment.get(ENDPOINT, "").strip():
        return None
    if find_spec("opentelemetry") is None or find_spec("opentelemetry.sdk") is None:
        _LOG.warning(
            '设置了 %s，但没有安装 otel：pip install "policyqa[otel]"。%s is set without the extra otel: install it.',
            ENDPOINT,
            ENDPOINT,
        )
        return None
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    provider = TracerProvider(resource=Resource.create({"service.name": "policyqa"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Tracing(provider)


class _Traced:
    """ASGI layer inside RequestLog, whose notes name the span when the request has ended."""

    def __init__(self, app: ASGIApp, tracer: "Tracer") -> None:
        self._app = app
        self._tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        notes = notes_of(scope) or RequestNotes("")
        with self._tracer.start_as_current_span("request", record_exception=False) as span:

            async def watch(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                    if message["status"] >= _SERVER_ERROR:
                        span.set_attribute("error.type", str(message["status"]))
                await send(message)

            try:
                await self._app(scope, receive, watch)
            finally:
                span.update_name(f"{scope['method']} {notes.route or '-'}")
                span.set_attribute("http.request.method", scope["method"])
                span.set_attribute("http.route", notes.route)
                span.set_attribute("policyqa.request_id", notes.id)
