"""Spans: none without the setting, and nothing imported; with it one a request and one a step, without a question."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assistant import stopwatch
from assistant.operations import tracing
from assistant.operations.request_log import RequestLog
from assistant.operations.tracing import ENDPOINT, Tracing, open_tracing
from assistant.service import Assistant
from tests.api_app import make_app

MARK = "秘密SECRET7"
WITHOUT = """
import sys
import assistant.operations.tracing as tracing
assert tracing.open_tracing({}) is None
assert tracing.open_tracing({tracing.ENDPOINT: " "}) is None
print([name for name in sys.modules if name.startswith("opentelemetry.sdk") or "otlp" in name])
"""


@pytest.fixture
def spans() -> Iterator[tuple[Tracing, InMemorySpanExporter]]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    found = Tracing(provider)
    yield found, exporter
    found.stop()
    assert stopwatch.on_lap is None


def test_a_request_is_a_span_with_a_span_for_each_step(
    assistant: Assistant, spans: tuple[Tracing, InMemorySpanExporter]
) -> None:
    found, exporter = spans
    client = TestClient(RequestLog(found.layer(make_app(assistant))))
    response = client.post(f"/v1/ask?{MARK}", json={"question": f"怎么申请首贷 {MARK}"})
    told = {span.name: span for span in exporter.get_finished_spans()}
    request = told["POST /v1/ask"]
    assert {"understand", "retrieve", "judge", "compose"} <= set(told)
    for step in ("understand", "retrieve", "judge", "compose"):
        parent = told[step].parent
        assert parent is not None
        assert request.context is not None
        assert parent.span_id == request.context.span_id
        assert (told[step].start_time or 0) <= (told[step].end_time or 0)
    assert request.attributes == {
        "http.request.method": "POST",
        "http.route": "/v1/ask",
        "http.response.status_code": 200,
        "policyqa.request_id": response.headers["x-request-id"],
    }
    assert MARK not in "".join(span.to_json() for span in exporter.get_finished_spans())


def test_without_an_address_nothing_is_traced_or_imported() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_address_without_the_extra_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tracing, "find_spec", lambda _: None)
    assert open_tracing({ENDPOINT: "http://127.0.0.1:4318"}) is None
    assert 'pip install "policyqa[otel]"' in caplog.text


def test_with_an_address_spans_go_there() -> None:
    found = open_tracing({ENDPOINT: "http://127.0.0.1:4318"})
    assert found is not None
    found.stop()
