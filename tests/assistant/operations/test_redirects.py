import pytest

from assistant.operations.redirects import RelativeRedirects
from tests.assistant.operations.asgi import Recorder, exchange, request


@pytest.mark.parametrize(
    ("location", "sent"),
    [
        (b"http://example.com/agent?lang=en", b"/agent?lang=en"),
        (b"http://example.com//other.example/x", b"/other.example/x"),
        (b"/agent", b"/agent"),
    ],
)
def test_a_redirect_names_no_host(location: bytes, sent: bytes) -> None:
    start, _ = exchange(RelativeRedirects(Recorder([(b"location", location)])), request())
    assert dict(start["headers"]) == {b"location": sent}
