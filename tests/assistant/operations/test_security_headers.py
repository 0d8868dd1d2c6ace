"""Every response is closed to other sites' pages and to sensors; TLS is promised only where it is spoken."""

import pytest

from assistant.operations.security_headers import SecurityHeaders
from tests.assistant.operations.asgi import Recorder, exchange, request

HSTS = b"strict-transport-security"


def _headers(scheme: str, *said: tuple[bytes, bytes]) -> dict[bytes, bytes]:
    start = exchange(SecurityHeaders(Recorder(said)), {**request(), "scheme": scheme})[0]
    assert len(dict(start["headers"])) == len(start["headers"]), "a header stands twice"
    return dict(start["headers"])


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_response_keeps_others_out(scheme: str) -> None:
    headers = _headers(scheme)
    assert headers[b"cross-origin-opener-policy"] == headers[b"cross-origin-resource-policy"] == b"same-origin"
    assert headers[b"x-frame-options"] == b"DENY"
    assert b"camera=()" in headers[b"permissions-policy"]


def test_tls_is_promised_only_where_it_is_spoken() -> None:
    assert HSTS in _headers("https")
    assert HSTS not in _headers("http")


def test_what_a_response_says_itself_stays() -> None:
    own = (b"Cross-Origin-Resource-Policy", b"cross-origin")
    assert _headers("http", own)[own[0]] == own[1]
    assert own[0].lower() not in _headers("http", own)
