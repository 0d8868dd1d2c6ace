import json

import pytest

from assistant.operations.hosts import ADDRESSES, ANY, AllowedHosts, allowed_names
from tests.assistant.operations.asgi import Recorder, exchange, request


def _status(names: tuple[str, ...], host: str | None) -> int:
    scope = request(headers={"Host": host} if host is not None else {})
    status: int = exchange(AllowedHosts(Recorder(), names), scope)[0]["status"]
    return status


@pytest.mark.parametrize(
    ("names", "host", "status"),
    [
        (("localhost", "::1"), "localhost", 200),
        (("localhost", "::1"), "LOCALHOST:8000", 200),
        (("localhost", "::1"), "localhost.:8000", 200),
        (("localhost", "::1"), "[::1]:8000", 200),
        (("localhost", "[::1]"), "[::1]", 200),
        (("localhost", "::1"), "localhost.example.com", 421),
        (("localhost", "::1"), "example.com", 421),
        (("localhost", "::1"), "192.0.2.7:8000", 421),
        (("*.example.com",), "policy.example.com:443", 200),
        (("*.example.com",), "example.com", 421),
        (("*.example.com",), "policy.example.com.test", 421),
        (("Policy.Example.com",), "policy.example.com", 200),
        ((ADDRESSES,), "192.0.2.7:8000", 200),
        ((ADDRESSES,), "[2001:db8::7]:8000", 200),
        ((ADDRESSES,), "192.0.2.7.example.com", 421),
        ((ANY,), "example.com", 200),
        (("localhost",), "", 200),
        (("localhost",), None, 200),
    ],
)
def test_only_names_of_the_server_are_answered(names: tuple[str, ...], host: str | None, status: int) -> None:
    assert _status(names, host) == status


def test_another_name_is_refused_with_what_to_do() -> None:
    start, body = exchange(AllowedHosts(Recorder(), ("localhost",)), request(headers={"Host": "example.com"}))
    assert dict(start["headers"])[b"content-type"] == b"application/problem+json"
    assert "POLICYQA_ALLOWED_HOSTS" in json.loads(body["body"])["detail"]
    assert b"example.com" not in body["body"]


def test_a_server_answers_to_loopback_and_to_where_it_listens() -> None:
    loopback = ("localhost", "127.0.0.1", "::1")
    assert allowed_names("192.0.2.7", ()) == (*loopback, "192.0.2.7")
    assert allowed_names("192.0.2.7", ("policy.example.com",)) == (*loopback, "policy.example.com")
    for everywhere in ("0.0.0.0", "::"):
        assert ADDRESSES in allowed_names(everywhere, ())
        assert ADDRESSES not in allowed_names(everywhere, ("policy.example.com",))
